import LoggistMetrics
import LoggistModel
import Terminal

extension BoardScreen {
  func render(_ state: State, _ areas: Areas, into frame: inout Frame) {
    if let row = areas.header { renderHeader(state, row, into: &frame) }
    let list = state.boardList(self)
    if list.count == 0 {
      renderEmpty(state, areas.body, into: &frame)
      return
    }
    var line = areas.body.lowerBound
    let columns = BoardColumns(width: state.size.columns)
    if areas.body.count > 2 {
      columns.putHeadings(row: line, into: &frame)
      line += 1
    }
    let start = top.flatMap { list.row(of: $0) } ?? 0
    let selected = selected ?? list.id(at: 0)
    for place in start..<list.count {
      let section = list.section(at: place)
      if list.hasHeading(place) {
        guard line < areas.body.upperBound else { break }
        frame.put(" ─ \(section.heading) ─", row: line, column: 0, style: .muted)
        line += 1
      }
      guard line < areas.body.upperBound else { break }
      guard let incident = state.journal.incidents[list.id(at: place)] else { continue }
      let row = BoardRow(incident: incident, section: section)
      let isSelected = incident.id == selected
      columns.put(row, state, at: line, isSelected: isSelected, into: &frame)
      if isSelected, state.composer == nil { frame.cursor = Position(row: line, column: 0) }
      line += 1
    }
  }

  private func renderHeader(_ state: State, _ row: Int, into frame: inout Frame) {
    let end = state.putClock(row: row, into: &frame)
    let counts = countsText(state)
    let room = end - CellWidth.of(counts) - 5
    let mark = state.desk.isRehearsal ? "Loggist REHEARSAL" : "Loggist"
    let whole = displaySafe("\(mark)  \(state.desk.name)")
    let name = CellWidth.of(whole) <= room ? whole : mark
    let used = frame.put(name, row: row, column: 0, width: max(end - 1, 0), style: .title)
    let middle = max(used + 3, (state.size.columns - CellWidth.of(counts)) / 2)
    let start = min(middle, max(used + 3, end - 2 - CellWidth.of(counts)))
    if start < end - 2 {
      frame.put(truncate(counts, to: end - 2 - start), row: row, column: start, style: .header)
    }
  }

  private func countsText(_ state: State) -> String {
    let board = state.board
    var counts = ["\(board.open.count) open"]
    if board.unacknowledged > 0 { counts.append("\(board.unacknowledged) unacknowledged") }
    if board.callbacks > 0 {
      counts.append("\(board.callbacks) \(board.callbacks == 1 ? "call" : "calls") to return")
    }
    if !board.unattached.isEmpty { counts.append("\(board.unattached.count) not attached") }
    // What hides incidents goes before what counts them.
    if !filter.isEmpty { counts.insert("filter: \(displaySafe(filter))", at: 0) }
    return counts.joined(separator: " · ")
  }

  private func renderEmpty(_ state: State, _ body: Range<Int>, into frame: inout Frame) {
    if state.isLoading, filter.isEmpty { return }
    if found?.isDone == false { return }
    let sentences =
      filter.isEmpty
      ? ["Nothing is open.", "The phone rings? Press n, type what the caller says, press Enter."]
      : ["No incident matches the filter.", "Press f and Esc to show all."]
    for (offset, sentence) in sentences.enumerated() where offset + 1 < body.count {
      frame.put(sentence, row: body.lowerBound + 1 + offset, column: 2, style: .muted)
    }
  }
}

/// One incident on the board.
struct BoardRow {
  let incident: Incident
  let section: Board.Section
}

/// Which columns the board has at a width, and where.
struct BoardColumns {
  private let columns: [(name: Name, start: Int, width: Int)]

  enum Name: String {
    case priority = "P"
    case incident = "Incident"
    case open = "Open"
    case clock = "Clock"
    case service = "Service"
    case calls = "Calls"
    case owner = "Owner"
    case last = "Last entry"
  }

  init(width: Int) {
    var wanted: [(Name, Int)] = [(.priority, 2), (.incident, 8)]
    if width >= 40 { wanted.append((.open, 6)) }
    if width >= 50 { wanted.append((.clock, 10)) }
    if width >= 66 { wanted.append((.service, 10)) }
    if width >= 76 { wanted.append((.calls, 5)) }
    if width >= 96 { wanted.append((.owner, 11)) }
    var start = 2
    var columns: [(name: Name, start: Int, width: Int)] = []
    for (name, width) in wanted {
      columns.append((name, start, width))
      start += width + 1
    }
    columns.append((.last, start, max(0, width - start)))
    self.columns = columns
  }

  func putHeadings(row: Int, into frame: inout Frame) {
    for column in columns {
      frame.put(
        column.name.rawValue, row: row, column: column.start, width: column.width, style: .header)
    }
  }

  func put(
    _ row: BoardRow, _ state: State, at line: Int, isSelected: Bool, into frame: inout Frame
  ) {
    if isSelected { frame.put("▌", row: line, column: 0, style: .prompt) }
    for column in columns {
      let (text, style) = cell(column.name, row, state)
      let safe = truncate(displaySafe(text), to: column.width)
      let padded = column.name == .calls ? alignRight(safe, to: column.width) : safe
      frame.put(padded, row: line, column: column.start, width: column.width, style: style)
    }
    if isSelected { frame.select(row: line) }
  }

  private func cell(_ name: Name, _ row: BoardRow, _ state: State) -> (String, Style) {
    let incident = row.incident
    switch name {
    case .priority:
      let mark = incident.isMajor ? "M" : incident.priority?.description ?? "–"
      return (mark, LoggistUI.style(of: incident.isMajor ? .p1 : incident.priority))
    case .incident: return (incident.id.description, .emphasis)
    case .open:
      return (row.section == .open ? state.openFor(incident).clock : "", .normal)
    case .clock: return state.clockText(incident)
    // Where neither was recorded, the beginning of its title is what it is recognised by.
    case .service: return (incident.service ?? incident.place ?? incident.title, .normal)
    case .calls: return (String(incident.complaints.count), .normal)
    case .owner: return (incident.owner ?? "–", .normal)
    case .last:
      if let (what, draft) = state.draft(on: incident.id) {
        return ("draft, \(what): \(draft.text)", .warning)
      }
      guard let last = incident.lastEntry else { return (incident.title, .normal) }
      let time = state.desk.clock.time(last.at)
      // An entry without words says nothing about what it belongs to: the title does.
      let phrase = last.kind == .opened ? "" : last.entry.phrase
      let what = phrase.isEmpty ? incident.title : phrase
      return ("\(time) \(last.kind.name)  \(what)", .normal)
    }
  }
}

extension State {
  /// Since the first report, else since it was opened.
  func openFor(_ incident: Incident) -> TimeSpan {
    now - (incident.firstReport?.at ?? incident.begin ?? now)
  }

  /// The clock that runs: to acknowledge, then to fix, against the priority's target where there is one.
  func clockText(_ incident: Incident) -> (String, Style) {
    let start = incident.firstReport?.at ?? incident.begin ?? now
    switch incident.status {
    case .resolved, .closed, .restored:
      let end = (incident.entries(of: .restored) + incident.entries(of: .resolved)).map(\.at).max()
      return ("✓ \(((end ?? start) - start).spoken)", .good)
    case .cancelled, .merged: return (incident.status.rawValue, .muted)
    case .open: break
    }
    let target = incident.priority.flatMap { desk.targets[$0] }
    let clock: Deadline.Clock = incident.isAcknowledged ? .fix : .acknowledge
    guard let target, target.limit(clock) != nil else {
      return incident.isAcknowledged ? ("", .normal) : ("no ack", .warning)
    }
    guard let due = incident.due(clock, target) else { return ("\(clock.rawValue) paused", .muted) }
    let left = due - now
    let style: Style = incident.isAcknowledged ? .normal : .warning
    return ("\(clock.rawValue) \(left.clock)", left < .zero ? .critical : style)
  }
}
