import LoggistModel

/// The incidents that the figures of a period are about, and how many were left out and why.
///
/// An incident is in the period where its first report lies in it. Left out are those merged away, cancelled, and of
/// any class but real; each is counted once, under the first of these that holds.
package struct Population: Sendable, Hashable {
  package private(set) var members: [Member] = []
  package private(set) var excluded = Excluded()

  package struct Excluded: Sendable, Hashable {
    package var drill = 0
    package var falseAlarm = 0
    package var planned = 0
    package var merged = 0
    package var cancelled = 0
    /// In the population, but left out of `tta`, `tte` and `late`: their first report was imported.
    package var backfill = 0
    /// Neither a report nor an `opened` counts in them; their first entry lies in the period.
    package var undated = 0
  }
}

extension Population {
  /// Counts an incident in or out; returns it with its clocks where it is in. Cost: linear in its entries.
  ///
  /// - Parameter wanted: the clocks that are kept; nil for all.
  mutating func take(
    _ incident: IncidentOutline, in period: Period, asOf: Instant,
    targets: [Priority: Deadline.Target], includeBackfill: Bool, of wanted: Set<ClockID>?
  ) -> (Member, IncidentMetrics)? {
    let report = Milestones.firstReport(of: incident)
    guard let moment = report ?? incident.begin, period.contains(moment) else { return nil }
    if incident.state.status == .merged {
      excluded.merged += 1
    } else if incident.state.status == .cancelled {
      excluded.cancelled += 1
    } else if incident.state.class != .real {
      switch incident.state.class {
      case .drill: excluded.drill += 1
      case .falseAlarm: excluded.falseAlarm += 1
      case .planned, .real: excluded.planned += 1
      }
    } else if report == nil {
      excluded.undated += 1
    } else {
      let metrics = IncidentMetrics(
        incident, asOf: asOf, targets: targets, isOfPeriod: true)
      if metrics.isBackfill, !includeBackfill { excluded.backfill += 1 }
      let member = Member(
        incident, metrics, firstReport: moment,
        target: incident.state.priority.flatMap { targets[$0] }, of: wanted)
      members.append(member)
      return (member, metrics)
    }
    return nil
  }

  /// Takes what was counted of other incidents of the same period; the other one keeps none of them.
  mutating func absorb(_ other: inout Population) {
    members.reserveCapacity(members.count + other.members.count)
    // They change hands one by one: a copy would count each of them up, and soon down again.
    while let member = other.members.popLast() { members.append(member) }
    excluded.drill += other.excluded.drill
    excluded.falseAlarm += other.excluded.falseAlarm
    excluded.planned += other.excluded.planned
    excluded.merged += other.excluded.merged
    excluded.cancelled += other.excluded.cancelled
    excluded.backfill += other.excluded.backfill
    excluded.undated += other.excluded.undated
  }

  /// After the last incident: they stand in the order of their numbers.
  mutating func complete() {
    // By keys: an incident's number is a long way from its reference.
    var order = members.indices.map { (id: members[$0].incident.id, place: $0) }
    order.sort { $0.id < $1.id }
    // Each goes to its place by exchanges, along the cycles of the order (Knuth 5.2, exercise 10): none is counted.
    for start in order.indices {
      var place = start
      while order[place].place != start {
        let from = order[place].place
        members.swapAt(place, from)
        order[place].place = place
        place = from
      }
      order[place].place = place
    }
  }
}
