import LoggistModel
package import Terminal

/// Paints a state. Pure, and its cost is that of the rows on the screen.
package func render(_ state: State) -> Frame {
  var frame = Frame(size: state.size)
  let areas = state.areas
  switch state.screen {
  case .board(let board): board.render(state, areas, into: &frame)
  case .incident(let incident): incident.render(state, areas, into: &frame)
  case .search(let search): search.render(state, areas, into: &frame)
  case .help(let help): help.render(state, areas, into: &frame)
  case .metrics(let metrics): metrics.render(state, areas, into: &frame)
  case .measures(let measures): measures.render(state, areas, into: &frame)
  case .review(let review): review.render(state, areas, into: &frame)
  case .handover(let handover): handover.render(state, areas, into: &frame)
  case .past(let past): past.render(state, areas, into: &frame)
  case .callbacks(let callbacks): callbacks.render(state, areas, into: &frame)
  case .pasted(let pasted): pasted.render(state, areas, into: &frame)
  case .output(let output): output.render(state, areas, into: &frame)
  case .firstRun(let firstRun): firstRun.render(state, areas, into: &frame)
  }
  if let row = areas.banner { state.renderBanner(row, into: &frame) }
  if let composer = state.composer { composer.render(state, areas.composer, into: &frame) }
  if let row = areas.footer { state.renderFooter(row, into: &frame) }
  frame.cursor = frame.cursor.flatMap { clamped($0, to: state.size) }
  return frame
}

/// The cursor on the screen: in the last column where the text fills the row, nowhere on a screen without cells.
private func clamped(_ cursor: Position, to size: Size) -> Position? {
  guard size.rows > 0, size.columns > 0 else { return nil }
  return Position(
    row: min(cursor.row, size.rows - 1), column: min(max(cursor.column, 0), size.columns - 1))
}

extension State {
  /// The last row: what has just happened, else what can be done; to the right how things stand.
  func renderFooter(_ row: Int, into frame: inout Frame) {
    let width = size.columns
    // What has just happened goes before what has been so for a while.
    let taken = notice.map { CellWidth.of(displaySafe($0.text)) + 3 } ?? 0
    let standing = composer == nil ? standingText : ""
    let right = taken + CellWidth.of(standing) < width ? standing : ""
    let rightWidth = right.isEmpty ? 0 : CellWidth.of(right) + 1
    if rightWidth < width {
      frame.put(right, row: row, column: width - rightWidth, style: .hint)
    }
    let room = max(0, width - rightWidth - 1)
    if let notice {
      let style: Style =
        switch notice.tone {
        case .good: .good
        case .plain: .hint
        case .problem: .error
        }
      let used = frame.put(
        truncate(displaySafe(" " + notice.text), to: room), row: row, column: 0, style: style)
      // What can be done goes on standing where there is room: the first key is not always known yet.
      if composer == nil, !notice.text.isEmpty {
        putHints(footerHints, row: row, column: used + 2, room: room, into: &frame)
      }
      return
    }
    let hints = composer == nil ? footerHints : composerHints
    putHints(hints, row: row, column: 1, room: room, into: &frame)
  }

  /// Keys and their words; one that does not fit whole is left out, and with it what follows.
  private func putHints(
    _ hints: [(key: String, word: String)], row: Int, column: Int, room: Int,
    into frame: inout Frame
  ) {
    var column = column
    for hint in hints {
      let width = CellWidth.of(hint.key) + 1 + CellWidth.of(hint.word)
      if column + width > room { break }
      column += frame.put(hint.key, row: row, column: column, style: .key) + 1
      column += frame.put(hint.word, row: row, column: column, style: .hint) + 2
    }
  }

  var footerHints: [(key: String, word: String)] {
    let bindings = desk.keymap.bindings(in: screen.place)
      .filter { $0.rank != nil && reasonAgainst($0.action) == nil }
      .sorted { ($0.rank ?? 0) < ($1.rank ?? 0) }
    // Help and the way back are always worth their room; the rest comes by rank.
    let hints = bindings.compactMap { binding in
      binding.keys.first.map { (key: $0.name, word: binding.short) }
    }
    guard let help = hints.first(where: { $0.word == "help" }) else { return hints }
    return [help] + hints.filter { $0.word != "help" }
  }

  private var standingText: String {
    var parts: [String] = []
    if isLoading { parts.append("reading the log…" + (progress.map { " \($0) %" } ?? "")) }
    if let standing { parts.append(standing) }
    if !drafts.isEmpty { parts.append(drafts.count == 1 ? "1 draft" : "\(drafts.count) drafts") }
    if case .board = screen, handovers.waiting != nil {
      parts.append("handover waits to be accepted")
    }
    if case .incident(let screen) = screen, screen.follows { parts.append("following") }
    return displaySafe(parts.joined(separator: " · "))
  }

  /// The account's or the person's name and the time, at the right of every header.
  func putClock(row: Int, into frame: inout Frame) -> Int {
    let day = size.columns >= 100 ? desk.clock.shortDay(now, seenFrom: now) + " " : ""
    let name = size.columns >= 60 ? desk.me + "  " : ""
    let text = displaySafe("\(name)\(day)\(desk.clock.timeAndZone(now))")
    let column = size.columns - CellWidth.of(text) - 1
    // Where there is hardly room for a title, every terminal's owner has another clock.
    if column < 24 { return size.columns }
    frame.put(text, row: row, column: column, style: .header)
    return column
  }
}

/// The style that a priority has, besides its text.
func style(of priority: Priority?) -> Style {
  switch priority {
  case .p1: .critical
  case .p2: .high
  case .p3: .medium
  case .p4: .low
  case nil: .muted
  }
}
