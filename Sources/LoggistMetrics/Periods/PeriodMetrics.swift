package import LoggistModel

/// The metrics of a period: for each clock its distribution over the population, overall and by group.
package struct PeriodMetrics: Sendable, Hashable {
  package let period: Period
  package let asOf: Instant
  package let grouping: Grouping?
  package let targets: [Priority: Deadline.Target]
  package let includesBackfill: Bool
  package let population: Population
  /// Overall first, then by group, each in the order of `ClockID`.
  package let summaries: [Summary]
  /// `mtbf.1`, by service, whatever else it is grouped by.
  package let services: [ServiceIntervals]
  /// Incidents that were restored or resolved, and those of them that never had to be reopened.
  package let ended: Int
  package let endedAtFirstAttempt: Int
  /// Clocks that end before they start: out of the aggregates, listed under data quality.
  package let negatives: [Finding]
  /// Escalations that nobody has answered yet, or ever.
  package let unanswered: [Finding]

  /// A clock of an incident that somebody should look at.
  package struct Finding: Sendable, Hashable {
    package let incident: IncidentID
    package let clock: Clock
  }

  package init(
    _ incidents: some Sequence<Incident>, period: Period, asOf: Instant,
    by grouping: Grouping? = nil, targets: [Priority: Deadline.Target] = [:],
    includeBackfill: Bool = false
  ) {
    var work = PeriodWork(
      period: period, asOf: asOf, by: grouping, targets: targets, includeBackfill: includeBackfill)
    for incident in incidents { work.take(incident) }
    while work.summarize() {}
    self = work.metrics
  }

  init(
    period: Period, asOf: Instant, grouping: Grouping?, targets: [Priority: Deadline.Target],
    includesBackfill: Bool, population: Population, summaries: [Summary],
    services: [ServiceIntervals], tally: Tally
  ) {
    (self.period, self.asOf, self.grouping) = (period, asOf, grouping)
    (self.targets, self.includesBackfill) = (targets, includesBackfill)
    (self.population, self.services) = (population, services)
    self.summaries = summaries
    (ended, endedAtFirstAttempt) = (tally.ended, tally.endedAtFirstAttempt)
    (negatives, unanswered) = (tally.negatives, tally.unanswered)
  }

  /// The distribution of one clock, overall or in a group.
  package func summary(_ id: ClockID, in group: Summary.Group? = nil) -> Summary? {
    summaries.first { $0.id == id && $0.group == group }
  }
}

extension PeriodMetrics {
  /// What is counted as the incidents of the population go by.
  struct Tally: Sendable, Hashable {
    private(set) var ended = 0
    private(set) var endedAtFirstAttempt = 0
    private(set) var negatives: [Finding] = []
    private(set) var unanswered: [Finding] = []

    mutating func count(_ member: Population.Member, _ metrics: IncidentMetrics) {
      if member.incident.status != .open {
        ended += 1
        if member.reopenings == 0 { endedAtFirstAttempt += 1 }
      }
      // Where they stand: most are asked and no more, and an array would hand out a copy to be asked.
      metrics.clocks.withUnsafeBufferPointer { clocks in
        for place in clocks.indices where clocks[place].isNegative || clocks[place].isUnanswered {
          let finding = Finding(incident: member.incident.id, clock: clocks[place])
          if finding.clock.isNegative { negatives.append(finding) }
          if finding.clock.isUnanswered { unanswered.append(finding) }
        }
      }
    }

    mutating func absorb(_ other: Tally) {
      ended += other.ended
      endedAtFirstAttempt += other.endedAtFirstAttempt
      negatives += other.negatives
      unanswered += other.unanswered
    }

    /// After the last incident: they stand in the order of their numbers, those of one in the order of its clocks.
    mutating func complete() {
      negatives = Tally.inOrder(negatives)
      unanswered = Tally.inOrder(unanswered)
    }

    private static func inOrder(_ findings: [Finding]) -> [Finding] {
      findings.enumerated()
        .sorted { ($0.element.incident, $0.offset) < ($1.element.incident, $1.offset) }
        .map(\.element)
    }
  }
}
