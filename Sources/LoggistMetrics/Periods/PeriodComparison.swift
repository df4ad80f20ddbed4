/// The medians of a period beside those of an earlier one.
package struct PeriodComparison: Sendable, Hashable {
  package let earlier: Period
  package let later: Period
  /// In the order of the later period's summaries; those that neither period has a value for are left out.
  package let rows: [Row]

  package struct Row: Sendable, Hashable {
    package let id: ClockID
    package let group: Summary.Group?
    /// How many values each has, and the median.
    package let earlier: Sample
    package let later: Sample
    /// Nil where either has too few values.
    package let difference: MedianDifference?
  }

  package struct Sample: Sendable, Hashable {
    package let count: Int
    package let p50: Summary.Value?
  }

  /// Cost: `MedianDifference.resamples` times the values of both.
  package init(of later: PeriodMetrics, with earlier: PeriodMetrics) {
    (self.earlier, self.later) = (earlier.period, later.period)
    rows = later.summaries.compactMap { summary in
      let before = earlier.summary(summary.id, in: summary.group)
      guard summary.count > 0 || before?.count ?? 0 > 0 else { return nil }
      return Row(
        id: summary.id, group: summary.group,
        earlier: Sample(count: before?.count ?? 0, p50: before?.p50),
        later: Sample(count: summary.count, p50: summary.p50),
        difference: MedianDifference(
          from: before?.values.seconds ?? [], to: summary.values.seconds,
          seed: summary.seed))
    }
  }
}

extension Summary {
  /// From the name and the group, so that no other row changes what is drawn for this one (FNV-1a).
  fileprivate var seed: UInt64 {
    let name = "\(id.rawValue) \(group?.by.rawValue ?? "") \(group?.name ?? "")"
    return name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
