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
    open.isEmpty ? nil : values.kaplanMeierMedian(open: open)
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
  /// Whether a clock of an incident can be known at all.
  static func counts(
    _ member: Population.Member, for id: ClockID, includeBackfill: Bool
  ) -> Bool {
    includeBackfill || !id.leavesOutBackfill || !member.isBackfill
  }

  /// Those of whom a clock can be known at all.
  package static func counted(
    _ members: [Population.Member], for id: ClockID, includeBackfill: Bool
  ) -> [Population.Member] {
    members.filter { counts($0, for: id, includeBackfill: includeBackfill) }
  }

  /// Times between incidents.
  init(between values: [Value], group: Group) {
    self.init(
      id: .mtbf, group: group, values: Values(values), open: Values([]), missing: 0, fallback: 0,
      negative: 0, outside: 0, late: nil, held: nil)
  }
}
