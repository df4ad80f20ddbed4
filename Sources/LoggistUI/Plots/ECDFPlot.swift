import Terminal

/// The share of values up to each length of time (the empirical distribution function), as a line of braille dots.
///
/// Cost: logarithmic in the number of values for each column.
struct ECDFPlot: Sendable {
  let axis: TimeAxis

  /// The width of `100% ` in front of each row.
  static let margin = 5

  /// `values` in seconds, the shortest first.
  func rows(_ values: some RandomAccessCollection<Int>, height: Int) -> [PlotRow] {
    guard height > 0, !values.isEmpty else { return [] }
    let (columns, dots) = (axis.columns * 2, height * 4)
    var cells = [UInt32](repeating: 0, count: axis.columns * height)
    func set(_ x: Int, _ y: Int) {
      cells[y / 4 * axis.columns + x / 2] |= ECDFPlot.dot(x % 2, y % 4)
    }
    var former = dots - 1
    for x in 0..<columns {
      let count = axis.count(values, upTo: Double(x + 1) / Double(columns))
      let y = (values.count - count) * (dots - 1) / values.count
      // A step is a line from where the one before it ended.
      for step in min(former, y)...max(former, y) { set(x, step) }
      former = y
    }
    return (0..<height).map { row in
      var line = PlotRow(label(row, of: height), .muted)
      let scalars = cells[(row * axis.columns)..<((row + 1) * axis.columns)].map { dots in
        Character(Unicode.Scalar(0x2800 + dots) ?? " ")
      }
      line.append(String(scalars.map { $0 == "\u{2800}" ? " " : $0 }), .milestone)
      return line
    }
  }

  /// The share that a row stands for, on the first, the middle and the last.
  private func label(_ row: Int, of height: Int) -> String {
    if row == 0 { return "100% " }
    if row == height - 1 { return "  0% " }
    return row * 2 == height - 1 ? " 50% " : "     "
  }

  /// A dot's bit by column and row (Unicode 16, section 21.1).
  private static func dot(_ x: Int, _ y: Int) -> UInt32 {
    if y == 3 { return x == 0 ? 0x40 : 0x80 }
    return 1 << UInt32(y + x * 3)
  }
}
