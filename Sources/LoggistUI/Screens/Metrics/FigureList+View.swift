import LoggistModel
import Terminal

extension FigureList {
  /// How many there are, and how they are sorted.
  var order: String {
    if case .count = figure { return "\(Backlog.spelled(rows.count)), the latest first" }
    return "\(Backlog.spelled(rows.count)), the longest first"
  }

  func render(_ state: State, _ body: Range<Int>, into frame: inout Frame) {
    if rows.isEmpty {
      if !body.isEmpty {
        frame.put(
          "No incident of this period is among them.", row: body.lowerBound, column: 2,
          style: .muted)
      }
      return
    }
    for (line, place) in zip(body, top..<max(rows.count, top)) {
      put(rows[place], state, at: line, isSelected: place == selected, into: &frame)
    }
  }

  private func put(
    _ row: Row, _ state: State, at line: Int, isSelected: Bool, into frame: inout Frame
  ) {
    let width = state.size.columns
    let incident = state.journal.incidents[row.incident]
    var column = 2
    func put(_ text: String, _ style: Style, _ room: Int, right: Bool = false) {
      let safe = truncate(displaySafe(text), to: room)
      // The style is the number's, not that of the blanks before it: it may have a background.
      let start = right ? column + room - CellWidth.of(safe) : column
      frame.put(safe, row: line, column: start, width: room, style: style)
      column += room + 1
    }
    let (value, style) = value(row, state)
    put(value, style, min(valueWidth(state), max(width - 2, 0)), right: true)
    put(row.incident.description, .emphasis, min(9, max(width - column, 0)))
    if width >= 40 {
      put(incident?.priority?.description ?? "–", LoggistUI.style(of: incident?.priority), 2)
    }
    let left = max(width - column, 0)
    let remark = truncate(displaySafe(row.remark), to: max(left / 2, left - 7))
    let room = max(left - (remark.isEmpty ? 0 : CellWidth.of(remark) + 2), 0)
    let title = truncate(displaySafe(incident?.title ?? ""), to: room)
    let used = frame.put(title, row: line, column: column, style: .normal)
    frame.put(remark, row: line, column: column + used + (used == 0 ? 0 : 2), style: .muted)
    if isSelected {
      frame.put("▌", row: line, column: 0, style: .prompt)
      frame.select(row: line)
      if state.composer == nil { frame.cursor = Position(row: line, column: 0) }
    }
  }

  private func valueWidth(_ state: State) -> Int {
    if case .count = figure { return state.desk.hours == .twelve ? 19 : 16 }
    return 11
  }

  /// How long it took, or when it was reported.
  private func value(_ row: Row, _ state: State) -> (String, Style) {
    if let seconds = row.seconds {
      return (TimeSpan.seconds(seconds).spoken, row.isOpen ? .warning : .normal)
    }
    guard let reported = row.reported else { return ("–", .muted) }
    let clock = state.desk.clock
    return ("\(clock.date(reported)) \(clock.time(reported))", .normal)
  }
}
