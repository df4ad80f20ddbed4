package import LoggistModel

/// The distribution of one clock over some incidents.
///
/// Of `late.1` a value is an entry's, of `inform.1` a complaint's, of `tto.1` the first escalation's, of all others the
/// incident's.
package struct Summary: Sendable, Hashable {
  package let id: ClockID
  /// Nil for the whole population.
  package let group: Group?
  /// The shortest first, of one length the incident opened first.
  package let values: [Value]
  /// How long the open ones have been running: censored, in none of the percentiles.
  package let open: [Value]
  package let missing: Int
  /// Of `values`, those for which another milestone stood in.
  package let fallback: Int
  package let negative: Int
  /// Of `tte.1` and `tto.1`: never escalated, of `sla`: without a target; and so not expected to have a value.
  package let outside: Int
  /// Of `late.1`: entries logged more than five minutes after they happened.
  package let late: Int?
  /// Held against a target: those that have ended and those that are open and over it already.
  package let held: Held?

  package struct Held: Sendable, Hashable {
    /// The target, where all of them have the same one.
    package var target: TimeSpan?
    package var within = 0
    package var missed = 0
    /// Open, and not over their target yet.
    package var undecided = 0
  }

  package struct Group: Sendable, Hashable {
    package let by: Grouping
    /// Nil where it was not recorded.
    package let name: String?

    package init(by grouping: Grouping, name: String?) {
      (by, self.name) = (grouping, name)
    }
  }

  /// A figure and the incident whose figure it is.
  package struct Value: Sendable, Hashable {
    package let seconds: Int
    package let incident: IncidentID
    /// Number 0 for none, which no entry has: of a large log there are millions of these.
    private let (start, end): (EntryRef, EntryRef)

    package init(seconds: Int, incident: IncidentID, from: EntryRef?, to: EntryRef?) {
      let none = EntryRef(node: incident.node, sequence: 0)
      (self.seconds, self.incident) = (seconds, incident)
      (start, end) = (from ?? none, to ?? none)
    }

    /// The entries that it lies between; of `late.1` the one that was late.
    package var from: EntryRef? { start.sequence == 0 ? nil : start }
    package var to: EntryRef? { end.sequence == 0 ? nil : end }
  }
}

extension Summary {
  package var count: Int { values.count }
  package var p50: Value? { isTooFew ? nil : nearestRank(values, percent: 50) }
  /// Nil below ten values: a tenth of less is nobody's experience.
  package var p90: Value? { count >= 10 ? nearestRank(values, percent: 90) : nil }
  /// Nil below twenty values.
  package var p95: Value? { count >= 20 ? nearestRank(values, percent: 95) : nil }
  package var max: Value? { isTooFew ? nil : values.last }
  /// With the open ones; nil where there are none.
  package var kaplanMeier: Value? {
    open.isEmpty ? nil : kaplanMeierMedian(ended: values, open: open) { $0.seconds }
  }
  /// The mean, rounded to the second: only for those who ask for it.
  package var mean: Int? {
    guard count > 0, !isTooFew else { return nil }
    let sum = values.reduce(0) { $0 + $1.seconds }
    return (2 * sum + count) / (2 * count)
  }

  /// The times between fewer than six incidents say nothing; their dates do.
  private var isTooFew: Bool { id == .mtbf && count < 5 }
}

extension Summary {
  /// Cost: linear in the members, and the sorting of their values.
  init(
    _ id: ClockID, of members: [Population.Member], group: Group?, includeBackfill: Bool
  ) {
    let counted = Summary.counted(members, for: id, includeBackfill: includeBackfill)
    if id == .late {
      self.init(entriesOf: counted, group: group)
    } else {
      self.init(id, counted, group: group)
    }
  }

  /// Those of whom a clock can be known at all.
  package static func counted(
    _ members: [Population.Member], for id: ClockID, includeBackfill: Bool
  ) -> [Population.Member] {
    if includeBackfill || !id.leavesOutBackfill { return members }
    return members.filter { !$0.metrics.isBackfill }
  }

  private init(_ id: ClockID, _ members: [Population.Member], group: Group?) {
    var (values, open): ([Value], [Value]) = ([], [])
    var (missing, fallback, negative, outside) = (0, 0, 0, 0)
    var held = Held()
    var targets: Set<TimeSpan> = []
    for member in members {
      let clocks = member.metrics.clocks
      var place = member.firstPlace(of: id)
      if place == clocks.count, id.isServiceLevel { outside += 1 }
      while place < clocks.count, clocks[place].id == id {
        let clock = clocks[place]
        // One a complaint; of all others the first is the incident's.
        place = id == .inform ? place + 1 : clocks.count
        guard let seconds = clock.seconds else {
          if clock.absence == .neverEscalated { outside += 1 } else { missing += 1 }
          continue
        }
        let value = Value(
          seconds: seconds, incident: member.incident.id, from: clock.from?.ref, to: clock.to?.ref)
        if let target = clock.target, !clock.isNegative {
          targets.insert(target)
          switch clock.isWithinTarget {
          case true?: held.within += 1
          case false?: held.missed += 1
          case nil: held.undecided += 1
          }
        }
        if clock.isNegative {
          negative += 1
        } else if clock.isOpen {
          open.append(value)
        } else {
          values.append(value)
          if clock.isFallback { fallback += 1 }
        }
      }
    }
    Summary.sort(&values)
    Summary.sort(&open)
    (self.id, self.group, self.values, self.open) = (id, group, values, open)
    (self.missing, self.fallback, self.negative) = (missing, fallback, negative)
    (self.outside, late) = (outside, nil)
    held.target = targets.count == 1 ? targets.first : nil
    self.held = targets.isEmpty ? nil : held
  }

  /// Every entry of every incident is a value: a share of entries is no mean of shares.
  private init(entriesOf members: [Population.Member], group: Group?) {
    var values: [Value] = []
    values.reserveCapacity(members.reduce(0) { $0 + $1.metrics.lateness.entries })
    for member in members {
      let id = member.incident.id
      for late in member.metrics.lateness.spans {
        values.append(
          Value(seconds: late.span.seconds, incident: id, from: late.ref, to: late.ref))
      }
    }
    Summary.sort(&values)
    self.values = values
    (id, self.group, open, held) = (.late, group, [], nil)
    missing = members.count { $0.metrics.lateness.entries == 0 }
    (fallback, negative, outside) = (0, 0, 0)
    late = members.reduce(0) { $0 + $1.metrics.lateness.late }
  }

  /// Times between incidents.
  init(between values: [Value], group: Group) {
    var values = values
    Summary.sort(&values)
    (id, self.group, self.values) = (.mtbf, group, values)
    (open, late, held) = ([], nil, nil)
    (missing, fallback, negative, outside) = (0, 0, 0, 0)
  }

  /// By keys of two numbers, because moving values about costs five times as much.
  private static func sort(_ values: inout [Value]) {
    if !zip(values, values.dropFirst()).allSatisfy({ $0.incident <= $1.incident }) {
      values.sort { $0.incident < $1.incident }
    }
    // Pauses that overlap can take more from a service clock than it has.
    let least = min(0, values.lazy.map(\.seconds).min() ?? 0)
    var keys = values.indices.map { Key(seconds: values[$0].seconds - least, place: $0) }
    Key.sort(&keys)
    // In place, circle by circle: a million values are not held twice.
    for start in keys.indices where keys[start].place != start {
      let first = values[start]
      var place = start
      while keys[place].place != start {
        let next = keys[place].place
        values[place] = values[next]
        keys[place].place = place
        place = next
      }
      values[place] = first
      keys[place].place = place
    }
  }
}

/// Where a value stands, and by what it is sorted.
private struct Key {
  let seconds: Int
  var place: Int

  /// By seconds, none below zero, those of equal ones as they stand: a radix sort, the lowest digit first (Knuth 5.2.5).
  /// A million latenesses of minutes and hours take two rounds of it, and twenty of comparisons.
  static func sort(_ keys: inout [Key]) {
    let (bits, most) = (11, keys.lazy.map(\.seconds).max() ?? 0)
    var sorted = keys
    var shift = 0
    while most >> shift > 0 {
      var places = [Int](repeating: 0, count: 1 << bits)
      for key in keys { places[key.seconds >> shift & (1 << bits - 1)] += 1 }
      var sum = 0
      for digit in places.indices { (places[digit], sum) = (sum, sum + places[digit]) }
      for key in keys {
        let digit = key.seconds >> shift & (1 << bits - 1)
        sorted[places[digit]] = key
        places[digit] += 1
      }
      swap(&keys, &sorted)
      shift += bits
    }
  }
}
