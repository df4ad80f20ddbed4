/// A terminal without a screen: it keeps what it was shown, for tests and scripts.
package final class HeadlessTerminal: Terminal {
  /// To resize, change it and present a frame of the new size.
  package var size: Size
  /// Every frame presented, oldest first.
  package private(set) var frames: [Frame] = []

  package init(size: Size) {
    self.size = size
  }

  package func present(_ frame: Frame) {
    frames.append(frame)
  }

  /// The last frame as text; "" before the first.
  package var screen: String { frames.last?.screen ?? "" }
}

extension Frame {
  /// The frame as golden files have it, rows and columns counted from 1:
  ///
  /// ```
  /// 01│P1 INC-12 │
  /// 01~cc········
  /// 02│          │
  /// cursor 1,4
  /// ```
  ///
  /// A `~` line, of ``Style/letter``s, follows each row that is not all normal.
  package var screen: String {
    let digits = max(2, String(size.rows).count)
    var lines: [String] = []
    for (index, (text, styles)) in zip(rows, styleRows).enumerated() {
      let number = String(index + 1)
      let label = String(repeating: "0", count: digits - number.count) + number
      lines.append("\(label)│\(text)│")
      if styles.contains(where: { $0 != "·" }) { lines.append("\(label)~\(styles)") }
    }
    lines.append(cursor.map { "cursor \($0.row + 1),\($0.column + 1)" } ?? "cursor hidden")
    return lines.joined(separator: "\n") + "\n"
  }
}
