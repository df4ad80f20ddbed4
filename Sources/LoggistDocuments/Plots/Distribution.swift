import LoggistMetrics
package import LoggistModel

/// How long something took, case by case: a row a group, with its median, its 90th percentile and its target.
package struct Distribution: Plot {
  /// `Time to restore (ttr.1) by priority`.
  package var title: String
  package var rows: [Row]

  package struct Row: Sendable, Hashable {
    /// `P1`, `All incidents`.
    package var name: String
    /// Every case, the shortest first.
    package var seconds: [Int]
    package var target: TimeSpan?
    /// Cases that are still going on, and have no length yet.
    package var open: Int

    package init(_ name: String, seconds: [Int], target: TimeSpan? = nil, open: Int = 0) {
      (self.name, self.seconds, self.target, self.open) = (name, seconds.sorted(), target, open)
    }
  }

  package init(_ title: String, rows: [Row]) {
    (self.title, self.rows) = (title, rows)
  }
}

extension Distribution.Row {
  var p50: Int? { nearestRank(seconds, percent: 50) }

  /// From ten cases on: of fewer it would be the longest.
  var p90: Int? { seconds.count >= 10 ? nearestRank(seconds, percent: 90) : nil }

  /// Cases that took no longer than the target; nil where there is none.
  var within: Int? { target.map { limit in seconds.count { $0 <= limit.seconds } } }
}

extension Distribution {
  package var alternative: String {
    rows.map { row in
      guard let p50 = row.p50, let longest = row.seconds.last else {
        return "\(row.name): none\(row.openWords)."
      }
      var parts = [
        "\(row.name): \(row.seconds.count)\(row.openWords), median \(spoken(p50))"
      ]
      if let p90 = row.p90 { parts.append("90th percentile \(spoken(p90))") }
      parts.append("longest \(spoken(longest))")
      if let target = row.target, let within = row.within {
        parts.append("\(within) of \(row.seconds.count) within the target of \(target.spoken)")
      }
      return parts.joined(separator: ", ") + "."
    }.joined(separator: " ")
  }

  package var table: Table? {
    let hasTargets = rows.contains { $0.target != nil }
    let columns =
      [Table.Column("Group")]
      + ["n", "open", "p50", "p90", "max"].map { Table.Column($0, .number) }
      + (hasTargets ? ["target", "within"] : []).map { Table.Column($0, .number) }
    return Table(
      columns,
      rows.map { row in
        let values = [row.p50, row.p90, row.seconds.last].map { $0.map { spoken($0) } ?? "" }
        let target = [row.target?.spoken ?? "", row.within.map { "\($0)" } ?? ""]
        let texts =
          [row.name, "\(row.seconds.count)", "\(row.open)"] + values + (hasTargets ? target : [])
        return texts.map { Prose($0) }
      })
  }

  private func spoken(_ seconds: Int) -> String { TimeSpan.seconds(seconds).spoken }
}

extension Distribution.Row {
  fileprivate var openWords: String { open > 0 ? " and \(open) still open" : "" }
}
