import LoggistModel
import Terminal

extension CallbacksScreen {
  func render(_ state: State, _ areas: Areas, into frame: inout Frame) {
    if let row = areas.header {
      let end = state.putClock(row: row, into: &frame)
      let loose = calls.count - waiting
      let title =
        "Calls: \(waiting) to return" + (loose > 0 ? ", \(loose) without an incident" : "")
      frame.put(truncate(title, to: max(end - 1, 0)), row: row, column: 0, style: .title)
    }
    if calls.isEmpty, areas.body.count > 1 {
      frame.put(
        "Nobody waits to be called back.", row: areas.body.lowerBound + 1, column: 2, style: .muted)
    }
    var line = areas.body.lowerBound
    for place in min(top, calls.count)..<calls.count {
      if let heading = heading(at: place), line < areas.body.upperBound {
        frame.put(" ─ \(heading) ─", row: line, column: 0, style: .muted)
        line += 1
      }
      guard line < areas.body.upperBound else { return }
      if let call = state.journal.entry(calls[place]) {
        put(call, state, at: line, isSelected: calls[place] == selected, into: &frame)
      }
      line += 1
    }
  }

  /// How long the caller has been waiting, the incident and how it stands, who, where and what.
  private func put(
    _ call: EffectiveEntry, _ state: State, at row: Int, isSelected: Bool, into frame: inout Frame
  ) {
    let width = state.size.columns
    let incident = call.incident.flatMap { state.journal.incidents[$0] }
    var column = 2
    func put(_ text: String, _ room: Int, _ style: Style) {
      let fitted = truncate(displaySafe(text), to: max(min(room, width - column), 0))
      frame.put(fitted, row: row, column: column, style: style)
      column += room + 1
    }
    let waited = state.now - call.at
    put(waited.clock, 7, waited > CallbacksScreen.long ? .warning : .normal)
    put(call.incident?.description ?? "–", 9, .emphasis)
    if width >= 60 {
      let status = incident.map { $0.status.isOpen ? "open" : $0.status.rawValue } ?? ""
      put(status, 9, incident?.status.isOpen == false ? .good : .muted)
    }
    if width >= 80 { put(call.entry.string(.contact) ?? "", 14, .normal) }
    let who = [call.entry.string(.caller), call.entry.string(.place)].compactMap(\.self)
    let text = (who + [call.entry.text].compactMap(\.self)).joined(separator: ": ")
    put(text, max(width - column, 0), .normal)
    if isSelected {
      frame.select(row: row)
      frame.put("▌", row: row, column: 0, style: Style(.prompt, isSelected: true))
      if state.composer == nil { frame.cursor = Position(row: row, column: 0) }
    }
  }

  /// From here on the row says that it has been long.
  private static let long = TimeSpan.hours(1)
}
