import LoggistModel
import Terminal

extension ReviewScreen {
  func render(_ state: State, _ areas: Areas, into frame: inout Frame) {
    if let row = areas.header {
      let end = state.putClock(row: row, into: &frame)
      let title = state.journal.incidents[id]?.title ?? ""
      let text = displaySafe("\(preview == nil ? "Review" : "Post-mortem") \(id)  \(title)")
      frame.put(truncate(text, to: max(end - 2, 0)), row: row, column: 0, style: .title)
    }
    if let preview {
      render(preview, state, areas.body, into: &frame)
      return
    }
    if !rows.contains(where: \.isSelectable), rows.isEmpty {
      frame.put("\(id) is not in this log", row: areas.body.lowerBound, column: 2, style: .muted)
    }
    for (offset, row) in areas.body.enumerated() where rows.indices.contains(top + offset) {
      render(top + offset, state, row, into: &frame)
    }
  }

  private func render(_ place: Int, _ state: State, _ row: Int, into frame: inout Frame) {
    let width = state.size.columns
    switch rows[place] {
    case .heading(let text):
      frame.put(truncate(" " + text, to: width), row: row, column: 0, style: .header)
    case .remark(let text, let role):
      frame.put(truncate("   " + text, to: width), row: row, column: 0, style: Style(role))
    case .hint(let hint):
      let refs = hint.refs.map(\.description).joined(separator: ", ")
      let text = refs.isEmpty ? "\(hint)" : "\(hint) (\(refs))"
      put(text, Remedy(hint)?.words ?? "", row, width, role(hint), into: &frame)
    case .signed(let entry):
      let clock = state.desk.clock
      let day = clock.shortDay(entry.at, seenFrom: state.now)
      let role = entry.entry.string(.role).map { " as \($0)" } ?? ""
      let hints = entry.entry[.openHints]?.integer ?? 0
      let open = hints == 0 ? "no hint open" : "\(hints) \(hints == 1 ? "hint" : "hints") open"
      put(
        "\(entry.author)\(role), \(day) \(clock.time(entry.at)), \(open)", "\(entry.ref)", row,
        width, .normal, into: &frame)
    }
    if place == selected, rows[place].isSelectable {
      frame.select(row: row)
      frame.put("▌", row: row, column: 0, style: Style(.prompt, isSelected: true))
      if state.composer == nil { frame.cursor = Position(row: row, column: 0) }
    }
  }

  private func role(_ hint: Hint) -> Role {
    switch hint.reason.group {
    case .odd: .late
    case .open: .warning
    case .missing: .normal
    }
  }

  /// The text, and at the right what Enter does about it where there is room for both.
  private func put(
    _ text: String, _ remedy: String, _ row: Int, _ width: Int, _ role: Role,
    into frame: inout Frame
  ) {
    let (text, remedy) = (displaySafe(text), displaySafe(remedy))
    let column = width - CellWidth.of(remedy) - 1
    let isRoom = column > CellWidth.of(text) + 5
    frame.put(
      truncate(text, to: max(width - 4, 0)), row: row, column: 3, style: Style(role))
    if isRoom, !remedy.isEmpty { frame.put(remedy, row: row, column: column, style: .muted) }
  }

  private func render(
    _ preview: Preview, _ state: State, _ body: Range<Int>, into frame: inout Frame
  ) {
    guard !body.isEmpty else { return }
    let width = state.size.columns
    let text = body.dropFirst()
    var words = "writing it…"
    if let paper = preview.paper {
      let isOld = preview.of != state.journal.incidents[id]
      let key = state.desk.keymap.bindings(in: .review).first { $0.action == .preview }?.keys.first
      let age = isOld ? "more was logged since: \(key?.name ?? "p") writes it anew" : "as it stands"
      let position = paper.position(height: max(text.count, 1))
      words = [age, position].filter { !$0.isEmpty }.joined(separator: " · ")
      paper.render(
        text.startIndex..<text.endIndex, columns: 0..<width, showsCursor: state.composer == nil,
        into: &frame)
    }
    frame.fill(row: body.lowerBound, columns: 0..<width, style: .banner)
    frame.put(
      truncate(" " + words, to: width), row: body.lowerBound, column: 0, style: .banner)
  }
}
