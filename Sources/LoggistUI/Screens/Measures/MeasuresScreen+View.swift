import LoggistModel
import Terminal

extension MeasuresScreen {
  func render(_ state: State, _ areas: Areas, into frame: inout Frame) {
    if let row = areas.header { renderHeader(state, row, into: &frame) }
    if rows.isEmpty {
      guard !areas.body.isEmpty else { return }
      let words = isWorking ? "Collecting: \(backlog.progress)" : "No measure is open."
      frame.put(words, row: areas.body.lowerBound, column: 2, style: .muted)
      return
    }
    let layout = MeasuresLayout(state: state, screen: self)
    var line = areas.body.lowerBound
    if areas.body.count > 2 {
      layout.putHeadings(row: line, into: &frame)
      line += 1
    }
    var place = rows.firstIndex { $0.ref == top } ?? 0
    while place < rows.count, line < areas.body.upperBound {
      if layout.height(place) == 2 {
        let heading = displaySafe(" ─ \(layout.section(place)) ─")
        frame.put(
          truncate(heading, to: state.size.columns), row: line, column: 0, style: .muted)
        line += 1
        guard line < areas.body.upperBound else { return }
      }
      let isSelected = rows[place].ref == selected
      layout.put(rows[place], at: line, isSelected: isSelected, into: &frame)
      if isSelected, state.composer == nil { frame.cursor = Position(row: line, column: 0) }
      line += 1
      place += 1
    }
  }

  private func renderHeader(_ state: State, _ row: Int, into frame: inout Frame) {
    let end = state.putClock(row: row, into: &frame)
    let used = frame.put("Measures", row: row, column: 0, width: max(end - 1, 0), style: .title)
    let overdue = overdue(state.now)
    var column = used + 2
    func put(_ text: String, _ style: Style) {
      guard column + CellWidth.of(text) < end else { return }
      column += frame.put(text, row: row, column: column, style: style) + 1
    }
    // In the order of what must not be lost where there is little room.
    if overdue > 0 { put("\(Backlog.spelled(overdue)) overdue", .warning) }
    put("\(overdue > 0 ? "of " : "")\(Backlog.spelled(rows.count)) open", .header)
    put(order == .due ? "by due date" : "by owner", .muted)
  }
}

/// How measures become rows.
struct MeasuresLayout {
  let state: State
  let screen: MeasuresScreen

  private var width: Int { state.size.columns }
  private var rows: [MeasureRow] { screen.rows }

  private enum Column: String {
    case due = "Due"
    case state = "State"
    case owner = "Owner"
    case incident = "Incident"
    case text = "Measure"
  }

  private var columns: [(name: Column, start: Int, width: Int)] {
    var wanted: [(Column, Int)] = [(.due, width >= 60 ? 13 : 12)]
    if width >= 72 { wanted.append((.state, 6)) }
    if width >= 56 { wanted.append((.owner, 11)) }
    if width >= 36 { wanted.append((.incident, 8)) }
    var start = 2
    var columns: [(name: Column, start: Int, width: Int)] = []
    for (name, width) in wanted {
      columns.append((name, start, width))
      start += width + 1
    }
    return columns + [(.text, start, max(width - start, 0))]
  }

  /// What a measure stands under.
  func section(_ place: Int) -> String {
    switch screen.order {
    case .due: rows[place].term(state.now, state.desk.clock)
    case .owner: rows[place].owner ?? "Nobody's yet"
    }
  }

  /// Two where a heading stands above it.
  func height(_ place: Int) -> Int {
    place > 0 && section(place) == section(place - 1) ? 1 : 2
  }

  func putHeadings(row: Int, into frame: inout Frame) {
    for column in columns {
      frame.put(
        column.name.rawValue, row: row, column: column.start, width: column.width, style: .header)
    }
  }

  func put(_ row: MeasureRow, at line: Int, isSelected: Bool, into frame: inout Frame) {
    for column in columns {
      let (text, style) = cell(column.name, row)
      frame.put(
        truncate(displaySafe(text), to: column.width), row: line, column: column.start,
        width: column.width, style: style)
    }
    if isSelected {
      frame.put("▌", row: line, column: 0, style: .prompt)
      frame.select(row: line)
    }
  }

  private func cell(_ column: Column, _ row: MeasureRow) -> (String, Style) {
    switch column {
    case .due:
      let words = row.dueWords(state.now, state.desk.clock)
      return (words, row.isOverdue(state.now) ? .warning : row.due == nil ? .muted : .normal)
    case .state: return (row.isBegun ? "doing" : "open", row.isBegun ? .milestone : .normal)
    case .owner: return (row.owner ?? "–", row.owner == nil ? .muted : .normal)
    case .incident: return (row.incident.description, .emphasis)
    case .text:
      let title = state.journal.incidents[row.incident]?.title ?? ""
      let sort = row.isCorrective ? "" : " (preventive)"
      return ("\(row.text)\(sort) · \(title)", .normal)
    }
  }
}
