import Terminal

/// A document's text on the screen, scrolled by lines.
struct Paper: Sendable, Hashable {
  let lines: [String]
  /// The first line that shows.
  var top = 0

  mutating func scroll(_ action: Action, height: Int) {
    let page = max(height - 1, 1)
    switch action {
    case .up: top -= 1
    case .down: top += 1
    case .pageUp: top -= page
    case .pageDown: top += page
    case .first: top = 0
    case .last: top = lines.count
    default: break
    }
    settle(height: height)
  }

  mutating func settle(height: Int) {
    top = min(max(top, 0), max(lines.count - max(height, 1), 0))
  }

  /// - Parameter showsCursor: the hardware cursor stands on the first line that shows.
  func render(_ area: Range<Int>, columns: Range<Int>, showsCursor: Bool, into frame: inout Frame) {
    for (offset, row) in area.enumerated() where lines.indices.contains(top + offset) {
      let text = displaySafe(lines[top + offset])
      frame.put(
        truncate(text, to: max(columns.count - 1, 0)), row: row, column: columns.lowerBound + 1,
        style: style(top + offset))
    }
    if showsCursor, !area.isEmpty {
      frame.cursor = Position(row: area.lowerBound, column: columns.lowerBound)
    }
  }

  /// `23–44 of 120`; empty where everything shows.
  func position(height: Int) -> String {
    if lines.count <= height { return "" }
    return "\(top + 1)–\(min(top + height, lines.count)) of \(lines.count)"
  }

  /// Headings are underlined in text; here they stand out as such.
  private func style(_ place: Int) -> Style {
    if isRule(lines[place]) { return .border }
    return lines.indices.contains(place + 1) && isRule(lines[place + 1]) ? .title : .normal
  }

  private func isRule(_ line: String) -> Bool {
    line.utf8.count > 2
      && line.utf8.allSatisfy { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "-") }
  }
}
