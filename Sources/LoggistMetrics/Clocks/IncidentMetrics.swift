package import LoggistModel

/// Every clock of one incident at one moment.
///
/// The incident comes from a journal folded as of that moment; `asOf` is what open clocks run up to. Cost: linear in
/// the incident's entries, but for escalations and complaints, which look for their answers.
package struct IncidentMetrics: Sendable, Hashable {
  package let incident: IncidentID
  package let asOf: Instant
  /// In the order of `ClockID`; several `tto`, one an escalation, and several `inform`, one a complaint. `downtime`
  /// has a second clock where the impact was ever degraded.
  package let clocks: [Clock]
  /// The impact as it was recorded, in timeline order.
  package let impact: [ImpactInterval]
  /// When it was being worked on, first report to resolved, a stretch for each time it was reopened.
  package let active: [ActiveInterval]
  package let lateness: Lateness
  /// Times that it was thought to be over and was not.
  package let reopenings: Int
  /// Entries next to each other while the incident was open; `gap.1` is the longest.
  package let stretches: [Stretch]
  package let phases: [Phase]
  /// First report by `noticed` or `complaint`, else `opened`; nil where none of them was recorded.
  package let firstReport: Clock.Mark?
  /// The first report was imported: nobody was writing while it happened.
  package let isBackfill: Bool

  /// - Parameter targets: without one for the incident's priority its clocks have no target, and it has no `sla` ones.
  package init(_ incident: Incident, asOf: Instant, targets: [Priority: Deadline.Target] = [:]) {
    self.init(IncidentOutline(incident), asOf: asOf, targets: targets, isOfPeriod: false)
  }

  /// - Parameter isOfPeriod: keeps the clocks and what a report says of the targets that were missed, and not the
  ///   intervals that they were made of: a period has those of every incident.
  init(
    _ incident: IncidentOutline, asOf: Instant, targets: [Priority: Deadline.Target],
    isOfPeriod: Bool
  ) {
    let milestones = Milestones(incident)
    let maker = ClockMaker(milestones: milestones, asOf: asOf)
    self.incident = incident.id
    self.asOf = asOf
    let impact = ImpactInterval.intervals(of: milestones)
    let active = ActiveInterval.intervals(of: milestones)
    self.impact = isOfPeriod ? [] : impact
    self.active = isOfPeriod ? [] : active
    let silences = Silences(between: milestones.entries, in: active, asOf: asOf)
    stretches = isOfPeriod ? [] : silences.stretches
    lateness = Lateness(of: milestones.own)
    reopenings = milestones.reopenings
    firstReport = milestones.firstReport
    isBackfill = milestones.isBackfill
    var clocks: [Clock] = []
    clocks.reserveCapacity(16 + milestones.escalations.count + milestones.complaints)
    maker.addMilestoneClocks(to: &clocks)
    clocks.append(maker.activeTime(active))
    clocks += maker.downtimes(impact)
    maker.addCallersWaits(to: &clocks)
    clocks.append(maker.longestSilence(silences.longest))
    clocks.append(maker.lateness(lateness))
    if let target = incident.state.priority.flatMap({ targets[$0] }) {
      incident.hold(&clocks, against: target, asOf: asOf)
    }
    self.clocks = clocks
    let isMissed = clocks.indices.contains {
      clocks[$0].id.isServiceLevel && clocks[$0].isWithinTarget == false
    }
    phases = isOfPeriod && !isMissed ? [] : Phase.phases(of: milestones)
  }

  /// The incident's clock of that name; of several the first: `tto.1` is that of the first escalation.
  package func clock(_ id: ClockID) -> Clock? { place(of: id).map { clocks[$0] } }

  package func clocks(_ id: ClockID) -> [Clock] { places(of: id).map { clocks[$0] } }

  /// By place: a `first(where:)` copies every clock that it passes, and a period asks of each incident for each clock.
  private func place(of id: ClockID) -> Int? { clocks.indices.first { clocks[$0].id == id } }

  private func places(of id: ClockID) -> [Int] { clocks.indices.filter { clocks[$0].id == id } }

  /// The service levels that were missed.
  var missed: [Clock] {
    clocks.indices.filter { clocks[$0].id.isServiceLevel && clocks[$0].isWithinTarget == false }
      .map { clocks[$0] }
  }

  /// Stretches without an entry while the incident was open, in timeline order.
  package func silences(longerThan span: TimeSpan) -> [Stretch] {
    stretches.filter { ($0.to?.at.instant ?? asOf) - $0.from.at.instant > span }
  }
}

/// How soon the entries of an incident were written. Imported ones say nothing about it and are left out.
package struct Lateness: Sendable, Hashable {
  /// Entries logged more than five minutes after they happened.
  package let late: Int
  /// From happening to recording, the shortest first; an entry that was logged ahead of its time is not late: zero.
  package let spans: [Span]

  package struct Span: Sendable, Hashable {
    package let span: TimeSpan
    package let ref: EntryRef
  }

  init(of entries: [Moment]) {
    var spans: [Span] = []
    spans.reserveCapacity(entries.count)
    for place in entries.indices where !entries[place].isBackfill {
      spans.append(Span(span: max(entries[place].lateness, .zero), ref: entries[place].ref))
    }
    late = spans.count { $0.span > EffectiveEntry.lateAfter }
    spans.sort { left, right in
      let (first, second) = (left.span.milliseconds, right.span.milliseconds)
      return first != second ? first < second : left.ref < right.ref
    }
    self.spans = spans
  }

  package var entries: Int { spans.count }
}
