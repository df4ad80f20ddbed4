/// What one shift leaves to the next at a moment: what is open, what waits for whom, what it brought to an end.
package struct Shift: Sendable, Hashable {
  package let since: Instant
  package let now: Instant
  /// The most urgent first, then the oldest.
  package let open: [Incident]
  /// Resolved, closed or cancelled in the shift, the earliest first.
  package let ended: [Incident]
  /// Complaints whose caller waits to be called back, on whatever incident or on none, the earliest first.
  package let callbacks: [EffectiveEntry]
  /// Escalations of open incidents that nobody answered, the earliest first.
  package let escalations: [EffectiveEntry]
  /// The latest word to each audience of an open incident that promised another one, the next due first.
  package let updates: [EffectiveEntry]
  /// Open measures that are due by the end of the day after `now`, or overdue; the next due first.
  package let measures: [DueMeasure]
  /// Calls that no incident has yet.
  package let unattached: [EffectiveEntry]

  package struct DueMeasure: Sendable, Hashable {
    package let incident: IncidentID
    package let measure: Incident.Measure
    package let isOverdue: Bool
  }

  /// Cost: linear in the number of incidents and desk-wide entries.
  package init(_ journal: Journal, since: Instant, now: Instant, zone: Zone) {
    (self.since, self.now) = (since, now)
    let today = zone.civil(now).date
    var (open, ended): ([Incident], [Incident]) = ([], [])
    var callbacks: [EffectiveEntry] = []
    var measures: [DueMeasure] = []
    for incident in journal.incidents.values where incident.status != .merged {
      if incident.status.isOpen {
        open.append(incident)
      } else if let end = incident.ended, end >= since, end <= now {
        ended.append(incident)
      }
      callbacks += incident.callbacks
      for measure in incident.measures where measure.isDue(by: today.adding(days: 1), zone) {
        measures.append(
          DueMeasure(
            incident: incident.id, measure: measure,
            isOverdue: measure.isOverdue(on: today, at: now)))
      }
    }
    self.open = open.sorted(by: Shift.moreUrgent)
    self.ended = ended.sorted { ($0.ended ?? now, $0.id) < ($1.ended ?? now, $1.id) }
    unattached = journal.deskWide.filter { $0.kind == .complaint && !$0.isStruck }
    callbacks += unattached.filter { $0.informed == nil && $0.entry.flag(.callback) }
    self.callbacks = callbacks.sorted(by: EffectiveEntry.inTimelineOrder)
    escalations = open.flatMap(\.openEscalations).sorted(by: EffectiveEntry.inTimelineOrder)
    updates = open.flatMap(Shift.promises).sorted {
      ($0.entry.string(.nextDue).flatMap { Timestamp($0) }?.instant ?? now, $0.ref)
        < ($1.entry.string(.nextDue).flatMap { Timestamp($0) }?.instant ?? now, $1.ref)
    }
    self.measures = measures.sorted {
      ($0.measure.due ?? "", $0.incident, $0.measure.ref)
        < ($1.measure.due ?? "", $1.incident, $1.measure.ref)
    }
  }

  /// Major incidents first, then by priority, then the oldest; without a priority behind those that have one.
  private static func moreUrgent(_ left: Incident, _ right: Incident) -> Bool {
    func rank(_ incident: Incident) -> Int {
      incident.isMajor ? 0 : incident.priority?.rawValue ?? 9
    }
    return (rank(left), left.begin ?? Instant(milliseconds: 0), left.id)
      < (rank(right), right.begin ?? Instant(milliseconds: 0), right.id)
  }

  /// What was told to an audience last counts: a later word without a date takes the promise back.
  private static func promises(of incident: Incident) -> [EffectiveEntry] {
    var latest: [String: EffectiveEntry] = [:]
    for told in incident.entries where told.kind == .comms {
      latest[told.entry.string(.audience) ?? ""] = told
    }
    return latest.values.filter { $0.entry.string(.nextDue).flatMap { Timestamp($0) } != nil }
  }
}

extension Incident.Measure {
  fileprivate func isDue(by day: CivilDate, _ zone: Zone) -> Bool {
    guard isOpen, let due else { return false }
    if let date = CivilDate(due) { return date <= day }
    return Timestamp(due).map { zone.civil($0.instant).date <= day } ?? false
  }
}
