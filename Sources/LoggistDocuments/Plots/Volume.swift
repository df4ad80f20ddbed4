/// How many there were in each day, week or month, by series: the priorities.
package struct Volume: Plot {
  /// `Incidents by week and priority`.
  package var title: String
  /// `P1`, `P2`, `not recorded`: in the order in which they are drawn, the most urgent first.
  package var series: [String]
  package var buckets: [Bucket]

  package struct Bucket: Sendable, Hashable {
    /// `2026-W47`, `Nov 2026`.
    package var label: String
    /// One for each series.
    package var counts: [Int]

    package init(_ label: String, _ counts: [Int]) {
      (self.label, self.counts) = (label, counts)
    }

    var total: Int { counts.reduce(0, +) }
  }

  package init(_ title: String, series: [String], buckets: [Bucket]) {
    precondition(buckets.allSatisfy { $0.counts.count == series.count }, "a count a series")
    (self.title, self.series, self.buckets) = (title, series, buckets)
  }
}

extension Volume {
  var total: Int { buckets.reduce(0) { $0 + $1.total } }

  func total(ofSeries place: Int) -> Int { buckets.reduce(0) { $0 + $1.counts[place] } }

  package var alternative: String {
    guard let most = buckets.max(by: { $0.total < $1.total }), most.total > 0 else {
      return "None."
    }
    let first = buckets.first { $0.total == most.total } ?? most
    var words = "\(total) in all; most in \(first.label): \(first.total)."
    if series.count > 1 {
      let parts = series.indices.map { "\(series[$0]) \(total(ofSeries: $0))" }
      words += " By series: \(parts.joined(separator: ", "))."
    }
    return words
  }

  package var table: Table? {
    let hasTotal = series.count > 1
    let columns =
      [Table.Column("Period")]
      + (series + (hasTotal ? ["total"] : [])).map { Table.Column($0, .number) }
    return Table(
      columns,
      buckets.map { bucket in
        let counts = bucket.counts + (hasTotal ? [bucket.total] : [])
        return [Prose(bucket.label)] + counts.map { Prose("\($0)") }
      })
  }
}
