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
  package let values: Values
  /// How long the open ones have been running: censored, in none of the percentiles.
  package let open: Values
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
    /// The entries that it lies between; of `late.1` the one that was late.
    package let from, to: EntryRef?
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
    let sum = values.seconds.reduce(0, +)
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
    return members.filter { !$0.isBackfill }
  }

  private init(_ id: ClockID, _ members: [Population.Member], group: Group?) {
    var (ended, running): ([Values.Key], [Values.Key]) = ([], [])
    ended.reserveCapacity(members.count)
    var (missing, fallback, negative, outside) = (0, 0, 0, 0)
    var held = Held()
    var targets: Set<TimeSpan> = []
    for (number, member) in members.enumerated() {
      let clocks = member.clocks
      var place = member.firstPlace(of: id)
      if place == clocks.count, id.isServiceLevel { outside += 1 }
      while place < clocks.count, clocks[place].id == id {
        let (clock, own) = (clocks[place], place)
        // One a complaint; of all others the first is the incident's.
        place = id == .inform ? place + 1 : clocks.count
        guard let seconds = clock.seconds else {
          if clock.absence == .neverEscalated { outside += 1 } else { missing += 1 }
          continue
        }
        if clock.isHeld, !clock.isNegative, let target = member.target(of: clock) {
          targets.insert(target)
          switch clock.isWithinTarget {
          case true?: held.within += 1
          case false?: held.missed += 1
          case nil: held.undecided += 1
          }
        }
        let key = Values.Key(seconds: seconds, member: number, place: own)
        if clock.isNegative {
          negative += 1
        } else if clock.isOpen {
          running.append(key)
        } else {
          ended.append(key)
          if clock.isFallback { fallback += 1 }
        }
      }
    }
    values = Values(id, ended, of: members)
    open = Values(id, running, of: members)
    (self.id, self.group) = (id, group)
    (self.missing, self.fallback, self.negative) = (missing, fallback, negative)
    (self.outside, late) = (outside, nil)
    held.target = targets.count == 1 ? targets.first : nil
    self.held = targets.isEmpty ? nil : held
  }

  /// Every entry of every incident is a value: a share of entries is no mean of shares.
  private init(entriesOf members: [Population.Member], group: Group?) {
    var keys: [Values.Key] = []
    keys.reserveCapacity(members.reduce(0) { $0 + $1.entries })
    for (number, member) in members.enumerated() {
      for (place, late) in member.latenesses.enumerated() {
        keys.append(Values.Key(seconds: late.span.seconds, member: number, place: place))
      }
    }
    values = Values(.late, keys, of: members)
    (id, self.group, open, held) = (.late, group, Values([]), nil)
    missing = members.count { $0.entries == 0 }
    (fallback, negative, outside) = (0, 0, 0)
    late = members.reduce(0) { $0 + $1.late }
  }

  /// Times between incidents.
  init(between values: [Value], group: Group) {
    (id, self.group, self.values) = (.mtbf, group, Values(values))
    (open, late, held) = (Values([]), nil, nil)
    (missing, fallback, negative, outside) = (0, 0, 0, 0)
  }
}
