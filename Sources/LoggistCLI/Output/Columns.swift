import Terminal

/// Rows of cells in columns as wide as their widest cell; the last cell is free text.
struct Columns {
  private var rows: [[Cell]] = []
  /// What becomes of a last cell that the paper is too narrow for.
  private let overflow: Overflow

  enum Overflow {
    /// One row is one line, `…` where something is missing.
    case cut
    /// It goes on below itself. Line breaks of the text are kept, on any paper.
    case wrap
  }

  struct Cell {
    var text: String
    var role: Role
    var isRight = false

    init(_ text: String, _ role: Role = .normal, isRight: Bool = false) {
      (self.text, self.role, self.isRight) = (text, role, isRight)
    }
  }

  init(_ overflow: Overflow) {
    self.overflow = overflow
  }

  mutating func add(_ cells: [Cell]) { rows.append(cells) }

  var isEmpty: Bool { rows.isEmpty }

  /// The rows as lines, each with its end.
  func text(on paper: Paper, indent: Int = 0) -> String {
    let count = rows.map(\.count).max() ?? 0
    guard count > 0 else { return "" }
    var widths = [Int](repeating: 0, count: count - 1)
    for row in rows {
      for (place, cell) in row.dropLast().enumerated() {
        widths[place] = max(widths[place], CellWidth.of(displaySafe(cell.text)))
      }
    }
    // An empty column takes no room.
    let lead = indent + widths.reduce(0) { $0 + ($1 == 0 ? 0 : $1 + 2) }
    let room = paper.width.map { max(8, $0 - lead) }
    var text = ""
    for row in rows {
      var line = String(repeating: " ", count: indent)
      for (place, cell) in row.dropLast().enumerated() where widths[place] > 0 {
        let padding = String(
          repeating: " ", count: widths[place] - CellWidth.of(displaySafe(cell.text)))
        let painted = paper.paint(cell.text, cell.role)
        line += (cell.isRight ? padding + painted : painted + padding) + "  "
      }
      guard let last = row.last else { continue }
      let pieces = pieces(of: last.text, room: room)
      for (number, piece) in pieces.enumerated() {
        let front = number == 0 ? line : String(repeating: " ", count: lead)
        text += Columns.trimmed(front + paper.paint(piece, last.role)) + "\n"
      }
    }
    return text
  }

  private func pieces(of text: String, room: Int?) -> [String] {
    switch (overflow, room) {
    case (.cut, let room?): [truncate(text, to: room)]
    case (.cut, nil): [displaySafe(text)]
    case (.wrap, let room): wrap(text, width: room ?? Int.max / 4)
    }
  }

  private static func trimmed(_ line: String) -> String {
    guard line.utf8.last == UInt8(ascii: " ") else { return line }
    return String(line.reversed().drop { $0 == " " }.reversed())
  }
}
