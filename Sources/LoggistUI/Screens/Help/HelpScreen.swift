import LoggistModel
import Terminal

/// Every key that works where one came from: typed words filter it, Enter does what is selected.
package struct HelpScreen: Sendable, Hashable {
  package let place: Binding.Place
  package internal(set) var query = LineEditor()
  package internal(set) var selected = 0

  init(about place: Binding.Place) {
    self.place = place
  }
}

extension State {
  func helpRows(_ help: HelpScreen) -> [Binding] {
    let search = Search(help.query.text)
    return desk.keymap.bindings(in: help.place).filter { binding in
      search?.matches("\(binding.short) \(binding.long) \(binding.action.rawValue)") ?? true
    }
  }

  mutating func pressInHelp(_ key: Key) -> [Effect] {
    guard case .help(var help) = screen else { return [] }
    if key.code == .enter {
      let rows = helpRows(help)
      guard rows.indices.contains(help.selected) else { return [] }
      screens.removeLast()
      return perform(rows[help.selected].action)
    }
    if let action = desk.keymap.action(for: key, in: .help), !key.isTyping {
      return perform(action)
    }
    if help.query.edit(key) { help.selected = 0 }
    screen = .help(help)
    return []
  }

  mutating func performInHelp(_ action: Action) -> [Effect] {
    guard case .help(var help) = screen else { return [] }
    let last = max(helpRows(help).count - 1, 0)
    switch action {
    case .up: help.selected = max(help.selected - 1, 0)
    case .down: help.selected = min(help.selected + 1, last)
    case .pageUp: help.selected = max(help.selected - max(areas.body.count - 2, 1), 0)
    case .pageDown: help.selected = min(help.selected + max(areas.body.count - 2, 1), last)
    default: break
    }
    screen = .help(help)
    return []
  }
}

extension HelpScreen {
  func render(_ state: State, _ areas: Areas, into frame: inout Frame) {
    if let row = areas.header {
      let end = state.putClock(row: row, into: &frame)
      frame.put(
        truncate("Keys that work \(place.spoken)", to: max(end - 1, 0)), row: row, column: 0,
        width: end, style: .title)
    }
    guard !areas.body.isEmpty else { return }
    let row = areas.body.lowerBound
    let used = frame.put("? ", row: row, column: 0, style: .prompt)
    let view = EditorView(query, width: state.size.columns - used - 1)
    frame.put(view.text, row: row, column: used, style: .input)
    if query.isEmpty {
      frame.put(
        "type to filter · Enter does it · Esc back", row: row, column: used + 2, style: .muted)
    }
    frame.cursor = Position(row: row, column: used + view.cursor)
    let rows = state.helpRows(self)
    let height = areas.body.count - 1
    let top = scrolled(top: 0, selected: selected, count: rows.count, height: height) { _ in 1 }
    for (offset, binding) in rows[min(top, rows.count)...].prefix(max(height, 0)).enumerated() {
      render(binding, state, row + 1 + offset, isSelected: top + offset == selected, into: &frame)
    }
  }

  private func render(
    _ binding: Binding, _ state: State, _ row: Int, isSelected: Bool, into frame: inout Frame
  ) {
    let keys = binding.keys.map(\.name).joined(separator: ", ")
    frame.put(truncate(keys, to: 17), row: row, column: 2, style: .key)
    let room = max(state.size.columns - 20, 0)
    let reason = state.reason(against: binding.action, from: place)
    let text = truncate(binding.long, to: room)
    // What cannot be done now is set back, so that it shows where there is no room for the reason; Enter tells it.
    let used = frame.put(text, row: row, column: 20, style: reason == nil ? .normal : .muted)
    if let reason, used + 3 < room {
      frame.put(
        truncate(displaySafe("  (\(reason))"), to: room - used), row: row, column: 20 + used,
        style: .muted)
    }
    if isSelected {
      frame.select(row: row)
      frame.put("▌", row: row, column: 0, style: Style(.prompt, isSelected: true))
    }
  }
}

extension State {
  /// Why an action could not be done on the screen below the help.
  fileprivate func reason(against action: Action, from place: Binding.Place) -> String? {
    var below = self
    if below.screens.count > 1 { below.screens.removeLast() }
    return below.reasonAgainst(action)
  }
}
