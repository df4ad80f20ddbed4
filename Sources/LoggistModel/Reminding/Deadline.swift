/// By when something has to have been done for an open incident, and its clock.
package struct Deadline: Sendable, Hashable {
  package let incident: IncidentID
  package let clock: Clock
  package let due: Instant
  /// The entry that set it, where one did.
  package let ref: EntryRef?

  package enum Clock: String, Sendable, Hashable, CaseIterable {
    case acknowledge = "ack"
    case fix
    case nextUpdate = "next_update"
  }

  package init(incident: IncidentID, clock: Clock, due: Instant, ref: EntryRef? = nil) {
    (self.incident, self.clock, self.due, self.ref) = (incident, clock, due, ref)
  }

  /// How long an incident of a priority may take.
  package struct Target: Sendable, Hashable {
    package var acknowledge: TimeSpan?
    package var fix: TimeSpan?
    /// When the time counts; nil: around the clock.
    package var hours: WorkingHours?

    package init(acknowledge: TimeSpan?, fix: TimeSpan?, hours: WorkingHours? = nil) {
      (self.acknowledge, self.fix, self.hours) = (acknowledge, fix, hours)
    }

    /// How long a clock may run; nil where it has no limit.
    package func limit(_ clock: Clock) -> TimeSpan? {
      switch clock {
      case .acknowledge: acknowledge
      case .fix: fix
      case .nextUpdate: nil
      }
    }

    /// The time between two moments that counts.
    package func time(from start: Instant, to end: Instant) -> TimeSpan {
      hours?.time(from: start, to: end) ?? max(end - start, .zero)
    }

    /// When so much of it will have passed.
    package func moment(after span: TimeSpan, from start: Instant) -> Instant? {
      hours.map { $0.moment(after: span, from: start) } ?? start + span
    }
  }
}

extension Incident {
  /// The deadlines that still run: none of a clock that stands still, and none once the incident is over.
  ///
  /// Cost: linear in its entries, and in the days of a target's calendar.
  package func deadlines(targets: [Priority: Deadline.Target]) -> [Deadline] {
    guard status.isOpen, `class` == .real || `class` == .drill else { return [] }
    var deadlines: [Deadline] = []
    if status == .open, let target = priority.flatMap({ targets[$0] }) {
      if !isAcknowledged, let due = due(.acknowledge, target) {
        deadlines.append(Deadline(incident: id, clock: .acknowledge, due: due))
      }
      if let due = due(.fix, target) {
        deadlines.append(Deadline(incident: id, clock: .fix, due: due))
      }
    }
    // What was told last says when they hear again; without a time nothing was promised.
    if let told = entries.last(where: { $0.kind == .comms }),
      let due = told.entry.string(.nextDue).flatMap({ Timestamp($0) })
    {
      deadlines.append(
        Deadline(incident: id, clock: .nextUpdate, due: due.instant, ref: told.ref))
    }
    return deadlines
  }

  /// From when on a clock counts: the first report, and the start of the impact for the fix where it is known, as
  /// `tta.1` and `ttr.1` have it.
  package func start(of clock: Deadline.Clock) -> Instant? {
    let report = firstReport?.at ?? begin
    guard clock == .fix else { return report }
    let impacts = [entries, mergedReports].joined()
      .filter { $0.kind == .impact && $0.entry.string(.change) == "started" }
    return impacts.map(\.at).min() ?? report
  }

  /// When a clock will have run for as long as it may; nil while it stands still, or has no limit.
  package func due(_ clock: Deadline.Clock, _ target: Deadline.Target) -> Instant? {
    guard let limit = target.limit(clock), let start = start(of: clock),
      var due = target.moment(after: limit, from: start)
    else { return nil }
    for pause in pauses(of: clock) {
      // What stops after the time was up stops nothing.
      guard pause.from < due else { break }
      guard let end = pause.to else { return nil }
      let held = target.time(from: max(pause.from, start), to: end)
      guard held > .zero else { continue }
      guard let later = target.moment(after: held, from: due) else { return nil }
      due = later
    }
    return due
  }

  private func pauses(of clock: Deadline.Clock) -> [(from: Instant, to: Instant?)] {
    guard entries.contains(where: { $0.kind == .paused }) else { return [] }
    return IncidentOutline(self).pauses(of: clock)
  }
}

extension IncidentOutline {
  /// When a clock stood still, in timeline order and none over another; without an end it still does.
  package func pauses(of clock: Deadline.Clock) -> [(from: Instant, to: Instant?)] {
    var pauses: [(from: Instant, to: Instant?)] = []
    var stopped: Instant?
    for entry in own {
      guard entry.kind == .paused || entry.kind == .resumed,
        words.string(.clock, at: Int(entry.place)) == clock.rawValue
      else { continue }
      if entry.kind == .resumed {
        if let from = stopped { pauses.append((from, max(entry.at, from))) }
        stopped = nil
      } else if let until = words.until(at: Int(entry.place))?.instant, stopped == nil {
        pauses.append((entry.at, max(until, entry.at)))
      } else {
        stopped = stopped ?? entry.at
      }
    }
    if let stopped { pauses.append((stopped, nil)) }
    return IncidentOutline.joined(pauses)
  }

  private static func joined(
    _ pauses: [(from: Instant, to: Instant?)]
  ) -> [(from: Instant, to: Instant?)] {
    var joined: [(from: Instant, to: Instant?)] = []
    for pause in pauses.sorted(by: { $0.from < $1.from }) {
      guard let last = joined.last else {
        joined.append(pause)
        continue
      }
      guard let end = last.to else { break }
      if pause.from <= end {
        joined[joined.count - 1].to = pause.to.map { max($0, end) }
      } else {
        joined.append(pause)
      }
    }
    return joined
  }
}
