import Terminal

/// Values along a time axis, one cell a stretch of it: `•` is one value, a digit as many, `#` ten or more.
///
/// The number says it, not the colour. Cost: logarithmic in the number of values for each column.
struct DotStrip: Sendable {
  let axis: TimeAxis

  /// `values` in seconds, the shortest first; the cells in which the `marked` ones stand are emphasised.
  func row(_ values: some RandomAccessCollection<Int>, marked: [Int] = []) -> PlotRow {
    let marks = Set(marked.map { axis.column($0) })
    var row = PlotRow()
    var before = 0
    for column in 0..<axis.columns {
      let upTo =
        column == axis.columns - 1 ? values.count : countBelow(column + 1, values)
      let style: Style = marks.contains(column) ? .emphasis : .normal
      row.append(DotStrip.sign(upTo - before), style)
      before = upTo
    }
    return row
  }

  /// How many stand in the columns below one, by the rounding of `column`.
  private func countBelow(_ column: Int, _ values: some RandomAccessCollection<Int>) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      let value = values[values.index(values.startIndex, offsetBy: middle)]
      if axis.column(value) < column { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func sign(_ count: Int) -> String {
    switch count {
    case ...0: " "
    case 1: "•"
    case 2...9: String(count)
    default: "#"
    }
  }
}
