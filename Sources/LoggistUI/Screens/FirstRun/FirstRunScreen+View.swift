import LoggistModel
import Terminal

extension FirstRunScreen {
  func render(_ state: State, _ areas: Areas, into frame: inout Frame) {
    let width = state.size.columns
    if let row = areas.header {
      let end = state.putClock(row: row, into: &frame)
      frame.put(
        truncate("Loggist: a new log", to: max(end - 1, 0)), row: row, column: 0, style: .title)
    }
    guard !areas.body.isEmpty else { return }
    var line = areas.body.lowerBound
    if areas.body.count >= 8 {
      let words = "Nothing is logged here yet. Enter, Enter, Enter makes a log in \(path)"
      for text in wrap(displaySafe(words), width: max(width - 4, 1)).prefix(2) {
        frame.put(text, row: line + 1, column: 2, style: .normal)
        line += 1
      }
      line += 2
    }
    // Where not all fields fit, the one that is being filled in does.
    let room = areas.body.upperBound - line
    let fields = room >= Field.allCases.count ? Field.allCases : [focus]
    for field in fields {
      render(field, row: line, width: width, into: &frame)
      line += 1
    }
    if line + 1 < areas.body.upperBound {
      let words = isWaiting ? "making it…" : focus.hint
      for (offset, text) in wrap(words, width: max(width - 4, 1)).enumerated()
      where line + 1 + offset < areas.body.upperBound {
        frame.put(text, row: line + 1 + offset, column: 2, style: .muted)
      }
    }
  }

  private func render(_ field: Field, row: Int, width: Int, into frame: inout Frame) {
    let isFocused = field == focus
    frame.put(isFocused ? "▌" : " ", row: row, column: 0, style: .prompt)
    let column = 2 + frame.put(field.title, row: row, column: 2, style: .header) + 2
    let view = EditorView(fields[field] ?? LineEditor(), width: max(width - column - 1, 1))
    frame.put(view.text, row: row, column: column, style: isFocused ? .input : .normal)
    if isFocused { frame.cursor = Position(row: row, column: column + view.cursor) }
  }
}
