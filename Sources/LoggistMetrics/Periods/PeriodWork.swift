package import LoggistModel

/// The metrics of a period in the making: incident by incident, then distribution by distribution, so that whoever has
/// other things to do can stop in between.
///
/// First ``take(_:)`` every incident, then ``summarize()`` until it returns false; the metrics are those that
/// ``PeriodMetrics`` gives in one go.
package struct PeriodWork: Sendable, Hashable {
  package let period: Period
  package let asOf: Instant
  package let includesBackfill: Bool
  /// The clocks whose distributions are wanted; nil for all.
  private let wanted: Set<ClockID>?
  package let targets: [Priority: Deadline.Target]
  package private(set) var grouping: Grouping?
  package private(set) var population = Population()
  /// The whole population first, then its groups; nil until all incidents were taken.
  private var parts: [Part]?
  private var summaries: [Summary] = []
  private var services: [ServiceIntervals]?
  private var tally = PeriodMetrics.Tally()

  private struct Part: Sendable, Hashable {
    let group: Summary.Group?
    let members: [Population.Member]
  }

  package init(
    period: Period, asOf: Instant, by grouping: Grouping? = nil,
    targets: [Priority: Deadline.Target] = [:], includeBackfill: Bool = false,
    of wanted: Set<ClockID>? = nil
  ) {
    (self.period, self.asOf, self.grouping) = (period, asOf, grouping)
    (self.targets, includesBackfill, self.wanted) = (targets, includeBackfill, wanted)
  }
}

extension PeriodWork {
  /// Looks at one incident; returns it with its clocks where it is in the population. Cost: linear in its entries.
  @discardableResult
  package mutating func take(_ incident: Incident) -> Population.Member? {
    take(IncidentOutline(incident))
  }

  @discardableResult
  package mutating func take(_ incident: IncidentOutline) -> Population.Member? {
    precondition(parts == nil, "the population is complete")
    guard
      let (member, metrics) = population.take(
        incident, in: period, asOf: asOf, targets: targets, includeBackfill: includesBackfill,
        of: wanted)
    else { return nil }
    tally.count(member, metrics)
    return member
  }

  /// Takes what another work of the same period has taken, and leaves it nothing: two threads share the incidents between
  /// them.
  package mutating func absorb(_ other: inout PeriodWork) {
    precondition(parts == nil && other.parts == nil, "the population is complete")
    population.absorb(&other.population)
    tally.absorb(other.tally)
  }

  /// Works out the next distribution of one clock over one group; false where none is left. Cost: linear in the group.
  package mutating func summarize() -> Bool {
    guard parts != nil else {
      complete()
      return true
    }
    if services == nil {
      take(serviceIntervals())
      return true
    }
    guard let summary = pending.first.flatMap({ summary($0) }) else { return false }
    take([summary])
    return true
  }

  /// Takes the distributions that were worked out elsewhere: those of `pending`, in its order.
  package mutating func take(_ summaries: [Summary]) { self.summaries += summaries }

  /// After the last incident.
  package mutating func complete() {
    precondition(parts == nil, "the population is complete")
    population.complete()
    tally.complete()
    parts = dividedUp()
  }

  /// The incidents of each service, once the population is complete. Changes nothing.
  package func serviceIntervals() -> [ServiceIntervals] {
    precondition(parts != nil, "there are incidents to come")
    return ServiceIntervals.intervals(of: population.members)
  }

  package mutating func take(_ services: [ServiceIntervals]) { self.services = services }

  /// The numbers of the distributions that are still to be worked out; none before `complete`.
  package var pending: Range<Int> {
    summaries.count..<max(summaries.count, (parts?.count ?? 0) * clocks.count)
  }

  /// The distributions that are still to be worked out, in their order, over the first or the second half of their
  /// members. Changes nothing, so that two threads can do it.
  package func drafts(ofHalf half: Int) -> [Summary.Draft] {
    guard let parts, !pending.isEmpty else { return [] }
    return parts[(pending.lowerBound / clocks.count)...].flatMap { part in
      let middle = part.members.count / 2
      return drafts(
        of: part, clocks, in: half == 0 ? 0..<middle : middle..<part.members.count)
    }
  }

  private func drafts(of part: Part, _ clocks: [ClockID], in range: Range<Int>) -> [Summary.Draft] {
    Summary.Draft.drafts(
      clocks, of: part.members, in: range, group: part.group, includeBackfill: includesBackfill)
  }

  private func summary(_ number: Int) -> Summary? {
    guard let part = parts?[number / clocks.count] else { return nil }
    let clocks = [clocks[number % clocks.count]]
    return Summary.Draft.summary(of: drafts(of: part, clocks, in: part.members.indices))
  }

  /// Other groups of the same population: what was worked out for all of it stays.
  package mutating func regroup(by grouping: Grouping?) {
    guard grouping != self.grouping else { return }
    self.grouping = grouping
    if parts != nil { parts = dividedUp() }
    summaries = Array(summaries.prefix(clocks.count))
  }

  /// Without targets there is nothing to hold a service clock against.
  private var clocks: [ClockID] {
    ClockID.ofIncidents.filter { id in
      (!targets.isEmpty || !id.isServiceLevel) && wanted?.contains(id) ?? true
    }
  }

  /// Those without the property come last: they are told apart from a group of that name.
  private func dividedUp() -> [Part] {
    let members = population.members
    guard let grouping else { return [Part(group: nil, members: members)] }
    let groups = Dictionary(grouping: members) {
      grouping.group(of: $0.incident, firstReport: $0.firstReport, zone: period.zone)
    }
    let names = groups.keys.compactMap(\.self).sorted() + (groups[nil] == nil ? [] : [nil])
    return [Part(group: nil, members: members)]
      + names.map {
        Part(group: Summary.Group(by: grouping, name: $0), members: groups[$0] ?? [])
      }
  }

  /// Whose figures a summary's are.
  package func members(of group: Summary.Group?) -> [Population.Member] {
    parts?.first { $0.group == group }?.members ?? []
  }

  /// What has been worked out so far.
  package var metrics: PeriodMetrics {
    PeriodMetrics(
      period: period, asOf: asOf, grouping: grouping, targets: targets,
      includesBackfill: includesBackfill, population: population, summaries: summaries,
      services: services ?? [], tally: tally)
  }
}
