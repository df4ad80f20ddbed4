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
  package private(set) var stretches: [Stretch]
  package let phases: [Phase]
  /// First report by `noticed` or `complaint`, else `opened`; nil where none of them was recorded.
  package let firstReport: Clock.Mark?
  /// The first report was imported: nobody was writing while it happened.
  package let isBackfill: Bool

  /// - Parameter targets: without one for the incident's priority its clocks have no target, and it has no `sla` ones.
  package init(_ incident: Incident, asOf: Instant, targets: [Priority: Deadline.Target] = [:]) {
    let milestones = Milestones(incident)
    let maker = ClockMaker(milestones: milestones, asOf: asOf)
    self.incident = incident.id
    self.asOf = asOf
    impact = ImpactInterval.intervals(of: milestones)
    active = ActiveInterval.intervals(of: milestones)
    stretches = Stretch.stretches(between: milestones.entries, in: active, asOf: asOf)
    lateness = Lateness(of: milestones)
    reopenings = milestones.all(.reopened).count
    phases = Phase.phases(of: milestones)
    firstReport = milestones.firstReport.map { Clock.Mark($0) }
    isBackfill = milestones.firstReport?.isBackfill ?? false
    let clocks =
      maker.milestoneClocks + [maker.activeTime(active)] + maker.downtimes(impact)
      + maker.callersWaits + [maker.longestSilence(stretches), maker.lateness(lateness)]
    let target = incident.priority.flatMap { targets[$0] }
    self.clocks = target.map { incident.held(clocks, against: $0, asOf: asOf) } ?? clocks
  }

  /// The incident's clock of that name; of several the first: `tto.1` is that of the first escalation.
  package func clock(_ id: ClockID) -> Clock? { place(of: id).map { clocks[$0] } }

  package func clocks(_ id: ClockID) -> [Clock] { places(of: id).map { clocks[$0] } }

  /// By place: a `first(where:)` copies every clock that it passes, and a period asks of each incident for each clock.
  private func place(of id: ClockID) -> Int? { clocks.indices.first { clocks[$0].id == id } }

  private func places(of id: ClockID) -> [Int] { clocks.indices.filter { clocks[$0].id == id } }

  /// For a period, of which the longest silences alone are asked: a tenth of the memory of a large log.
  var withoutStretches: IncidentMetrics {
    var metrics = self
    metrics.stretches = []
    return metrics
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

  init(of milestones: Milestones) {
    let entries = milestones.own.filter { !$0.isBackfill }
    late = entries.count { $0.effective.isLate }
    spans = entries.map { Span(span: max($0.effective.lateness, .zero), ref: $0.ref) }
      .sorted { ($0.span, $0.ref) < ($1.span, $1.ref) }
  }

  package var entries: Int { spans.count }
}
