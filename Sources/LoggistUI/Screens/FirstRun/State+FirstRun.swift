import LoggistModel
import Terminal

extension State {
  mutating func pressInFirstRun(_ key: Key) -> [Effect] {
    guard case .firstRun(var screen) = screen, !screen.isWaiting else { return [] }
    defer { if case .firstRun = self.screen { self.screen = .firstRun(screen) } }
    let isInterrupt = key.code == .character("c") && key.modifiers == .control
    switch isInterrupt ? .quit : desk.keymap.action(for: key, in: .firstRun) {
    case .quit, .back: return [.quit]
    case .open: return goOn(&screen)
    case .complete: return complete(&screen)
    case .up: move(-1, &screen)
    case .down: move(1, &screen)
    default:
      if screen.fields[screen.focus]?.edit(key) == true { screen.completion = nil }
    }
    return []
  }

  private func move(_ steps: Int, _ screen: inout FirstRunScreen) {
    let fields = FirstRunScreen.Field.allCases
    let place = (fields.firstIndex(of: screen.focus) ?? 0) + steps
    screen.focus = fields[min(max(place, 0), fields.count - 1)]
    screen.completion = nil
  }

  /// Enter: to the next field; behind the last one the store is made.
  private mutating func goOn(_ screen: inout FirstRunScreen) -> [Effect] {
    let problem = screen.store.problem(zones: screen.zones)
    if screen.focus == .zone, !screen.zones.contains(screen.store.zone), let problem {
      notice = Notice(problem, .problem)
      return [.bell]
    }
    guard screen.focus == .name else {
      move(1, &screen)
      return []
    }
    if let problem {
      notice = Notice(problem, .problem)
      return [.bell]
    }
    screen.isWaiting = true
    return [.makeStore(screen.store)]
  }

  private mutating func complete(_ screen: inout FirstRunScreen) -> [Effect] {
    guard screen.focus == .zone else {
      move(1, &screen)
      return []
    }
    let prefix = screen.completion?.prefix ?? screen.store.zone
    let candidates = NewStore.candidates(for: prefix, among: screen.zones)
    guard !candidates.isEmpty else {
      notice = Notice("No zone is called so · they are called like Africa/Lagos", .problem)
      return [.bell]
    }
    let place = screen.completion.map { ($0.place + 1) % candidates.count } ?? 0
    screen.completion = (prefix, place)
    screen.fields[.zone] = LineEditor(candidates[place])
    return []
  }

  mutating func pasteInFirstRun(_ text: String) {
    guard case .firstRun(var screen) = screen, !screen.isWaiting else { return }
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    screen.fields[screen.focus]?.insert(line)
    screen.completion = nil
    self.screen = .firstRun(screen)
  }

  mutating func refuseStore(_ sentence: String) -> [Effect] {
    if case .firstRun(var screen) = screen {
      screen.isWaiting = false
      self.screen = .firstRun(screen)
    }
    notice = Notice(sentence, .problem)
    return [.bell]
  }
}
