import LoggistMetrics
import LoggistModel

/// A row of the metrics screen: a figure with everything that stands beside it.
struct FigureRow: Sendable, Hashable {
  let figure: Figure
  let n: Int
  /// In seconds, by nearest rank; nil where there are too few values.
  var median: Int?
  var p90: Int?
  var max: Int?
  var open = 0
  /// Without a value because nobody recorded it.
  var missing = 0
  /// In place of the percentiles, where a count has none.
  var remark = ""

  /// What stands above the first row of its kind.
  var section: String {
    switch figure {
    case .count: ""
    case .clock(_, let group): group.map { displayed($0) } ?? "All incidents"
    }
  }

  private func displayed(_ group: Summary.Group) -> String {
    "\(group.by.rawValue): \(group.title)"
  }
}

extension FigureRow {
  /// Every figure of a period in the order of the screen.
  static func all(_ metrics: PeriodMetrics, _ counts: [Figure.Count: Int]) -> [FigureRow] {
    rows(of: counts, metrics) + metrics.summaries.compactMap { FigureRow($0) }
  }

  private static func rows(
    of counts: [Figure.Count: Int], _ metrics: PeriodMetrics
  ) -> [FigureRow] {
    Figure.Count.allCases.compactMap { count in
      let n = counts[count] ?? 0
      switch count {
      case .reported:
        return FigureRow(figure: .count(count), n: n, remark: metrics.leftOut)
      case .firstAttempt:
        return FigureRow(figure: .count(count), n: n, remark: "of \(metrics.ended)")
      // Nothing to look at is no row.
      case .unanswered, .negative: return n == 0 ? nil : FigureRow(figure: .count(count), n: n)
      default: return FigureRow(figure: .count(count), n: n)
      }
    }
  }

  /// Nil for a clock that none of a group has: the whole population shows what is missing.
  private init?(_ summary: Summary) {
    if summary.group != nil, summary.count == 0, summary.open.isEmpty { return nil }
    figure = .clock(summary.id, summary.group)
    n = summary.count
    (median, p90) = (summary.p50?.seconds, summary.p90?.seconds)
    max = summary.max?.seconds
    (open, missing) = (summary.open.count, summary.missing)
  }

  private init(figure: Figure, n: Int, remark: String = "") {
    (self.figure, self.n, self.remark) = (figure, n, remark)
  }
}

extension PeriodMetrics {
  /// `left out: 2 drill, 1 merged`; empty where nothing was.
  fileprivate var leftOut: String {
    let excluded = population.excluded
    let counts = [
      (excluded.drill, "drill"), (excluded.falseAlarm, "false alarm"),
      (excluded.planned, "planned"), (excluded.merged, "merged"),
      (excluded.cancelled, "cancelled"), (excluded.undated, "undated"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return counts.isEmpty ? "" : "left out: " + counts.joined(separator: ", ")
  }
}
