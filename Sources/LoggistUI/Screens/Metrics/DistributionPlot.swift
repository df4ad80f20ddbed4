import LoggistMetrics
import LoggistModel
import Terminal

/// A clock's distribution in cells: what it comes to in words, the share up to each length, and a dot for each value.
struct DistributionPlot: Sendable {
  let summary: Summary

  init(_ summary: Summary) {
    self.summary = summary
  }

  /// Below this the steps of a curve say more than the values do.
  static let leastForCurve = 10

  func rows(width: Int, height: Int) -> [PlotRow] {
    var rows = captions(width).prefix(max(height - 2, 1)).map { PlotRow(" " + $0, .muted) }
    guard let shortest = summary.values.first, let longest = summary.values.last else {
      return rows
    }
    let axis = TimeAxis(
      from: shortest.seconds, to: longest.seconds,
      columns: max(width - ECDFPlot.margin - 1, 1))
    let values = summary.values.lazy.map(\.seconds)
    let left = height - rows.count - 2
    if summary.count >= DistributionPlot.leastForCurve, left >= 3 {
      // A higher one says no more; an odd one has a row for a half.
      rows += ECDFPlot(axis: axis).rows(values, height: min(left - (left + 1) % 2, 13))
    }
    let marked = [summary.p50, summary.p90].compactMap { $0?.seconds }
    for row in [DotStrip(axis: axis).row(values, marked: marked), axis.labels] {
      var whole = PlotRow(String(repeating: " ", count: ECDFPlot.margin))
      for run in row.runs { whole.append(run.text, run.style) }
      rows.append(whole)
    }
    return rows
  }

  /// What the row of the figure has no room for.
  private func captions(_ width: Int) -> [String] {
    var parts = ["n \(Backlog.spelled(summary.count))"]
    if let p95 = summary.p95 { parts.append("p95 \(TimeSpan.seconds(p95.seconds).spoken)") }
    if !summary.open.isEmpty { parts.append("\(summary.open.count) still running") }
    if summary.missing > 0 { parts.append("\(summary.missing) not recorded") }
    if summary.fallback > 0 { parts.append("\(summary.fallback) by fallback") }
    if summary.negative > 0 { parts.append("\(summary.negative) negative, left out") }
    if let late = summary.late { parts.append("\(late) late") }
    if summary.id == .tte {
      let escalated = summary.count + summary.negative
      parts.append("\(escalated) of \(escalated + summary.outside) escalated")
    }
    return wrap(parts.joined(separator: " · "), width: max(width - 2, 1))
  }
}
