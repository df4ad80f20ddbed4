import LoggistModel
import Terminal

/// Where the eye is in an incident's details.
struct DetailsPane: Sendable, Hashable {
  /// The keys of movement are the pane's, else the timeline's.
  var isFocused = true
  /// A place in `IncidentFigures.details`; never that of a heading.
  var selected = 1
  var top = 0

  /// From how many columns on it stands beside the timeline instead of in its place.
  static let besideFrom = 110

  static func isBeside(_ size: Size) -> Bool { size.columns >= besideFrom }

  /// Columns that it takes of a screen.
  static func width(_ size: Size) -> Int {
    isBeside(size) ? min(max(size.columns * 2 / 5, 44), 80) : size.columns
  }

  mutating func move(by steps: Int, in rows: [DetailsRow]) {
    let direction = steps < 0 ? -1 : 1
    var place = min(max(selected + steps, 0), rows.count - 1)
    while rows.indices.contains(place), rows[place].isHeading { place += direction }
    if !rows.indices.contains(place) {
      place = direction < 0 ? 0 : rows.count - 1
      while rows.indices.contains(place), rows[place].isHeading { place -= direction }
    }
    if rows.indices.contains(place) { selected = place }
  }

  mutating func settle(_ rows: [DetailsRow], width: Int, height: Int) {
    selected = min(max(selected, 0), max(rows.count - 1, 0))
    if rows.indices.contains(selected), rows[selected].isHeading { move(by: 1, in: rows) }
    top = scrolled(top: top, selected: selected, count: rows.count, height: height) { place in
      lines(rows[place], isSelected: place == selected, width: width).count
    }
    // The heading above the first row belongs to it.
    if selected == 1, height > 1 { top = 0 }
  }

  /// One line, and all of it where it is selected.
  private func lines(_ row: DetailsRow, isSelected: Bool, width: Int) -> [String] {
    let room = max(width - (row.isHeading ? 2 : DetailsPane.textColumn + 1), 1)
    let safe = displaySafe(row.text)
    return isSelected && isFocused ? wrap(safe, width: room) : [truncate(safe, to: room)]
  }

  private static let textColumn = 14

  func render(
    _ rows: [DetailsRow], _ area: Range<Int>, columns: Range<Int>, showsCursor: Bool,
    into frame: inout Frame
  ) {
    let left = columns.lowerBound
    let isBeside = left > 0
    if isBeside {
      for row in area { frame.put("│", row: row, column: left, style: .border) }
    }
    let start = isBeside ? left + 1 : left
    let width = columns.upperBound - start
    var line = area.lowerBound
    for place in rows.indices.dropFirst(min(top, rows.count)) {
      let row = rows[place]
      let isSelected = place == selected
      for (offset, text) in lines(row, isSelected: isSelected, width: width).enumerated() {
        guard line < area.upperBound else { return }
        if row.isHeading {
          frame.put(text, row: line, column: start + 1, style: .header)
        } else {
          if offset == 0 {
            frame.put(
              truncate(displaySafe(row.label), to: DetailsPane.textColumn - 2), row: line,
              column: start + 1, style: .muted)
          }
          frame.put(text, row: line, column: start + DetailsPane.textColumn, style: Style(row.role))
        }
        if isSelected, isFocused {
          frame.select(row: line, columns: start..<columns.upperBound)
          if offset == 0 {
            frame.put("▌", row: line, column: start, style: Style(.prompt, isSelected: true))
            if showsCursor { frame.cursor = Position(row: line, column: start) }
          }
        }
        line += 1
      }
    }
  }
}
