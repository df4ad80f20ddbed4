package import LoggistModel

/// The metrics of a period: for each clock its distribution over the population, overall and by group.
package struct PeriodMetrics: Sendable, Hashable {
  package let period: Period
  package let asOf: Instant
  package let grouping: Grouping?
  package let includesBackfill: Bool
  package let population: Population
  /// Overall first, then by group, each in the order of `ClockID`.
  package let summaries: [Summary]
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
    by grouping: Grouping? = nil,
    includeBackfill: Bool = false
  ) {
    let population = Population(
      incidents, in: period, asOf: asOf, includeBackfill: includeBackfill)
    let members = population.members
    (self.period, self.asOf, self.grouping) = (period, asOf, grouping)
    (self.population, includesBackfill) = (population, includeBackfill)
    var summaries = Summary.all(members, group: nil, includeBackfill: includeBackfill)
    if let grouping {
      let groups = Dictionary(grouping: members) {
        grouping.group(of: $0.incident, firstReport: $0.firstReport, zone: period.zone)
      }
      // Those without the property last: they are told apart from a group of that name.
      for name in groups.keys.compactMap(\.self).sorted() + (groups[nil] == nil ? [] : [nil]) {
        summaries += Summary.all(
          groups[name] ?? [], group: Summary.Group(by: grouping, name: name),
          includeBackfill: includeBackfill)
      }
    }
    self.summaries = summaries
    let over = members.filter { $0.incident.status != .open }
    ended = over.count
    endedAtFirstAttempt = over.count { $0.metrics.reopenings == 0 }
    func findings(_ isFound: (Clock) -> Bool) -> [Finding] {
      members.flatMap { member in
        member.metrics.clocks.filter(isFound).map {
          Finding(incident: member.incident.id, clock: $0)
        }
      }
    }
    negatives = findings(\.isNegative)
    unanswered = findings { $0.id == .tto && $0.from != nil && $0.to == nil }
  }

  /// The distribution of one clock, overall or in a group.
  package func summary(_ id: ClockID, in group: Summary.Group? = nil) -> Summary? {
    summaries.first { $0.id == id && $0.group == group }
  }
}
