package import LoggistModel
import Terminal

/// The calls that somebody still has to deal with: callers who wait to be called back, those who wait longest first,
/// and calls that belong to no incident yet.
package struct CallbacksScreen: Sendable, Hashable {
  package internal(set) var calls: [EntryRef] = []
  package internal(set) var selected: EntryRef?
  var top = 0
  /// How many of the calls, from the first on, wait to be called back; the others have no incident.
  var waiting = 0

  package init() {}

  /// Cost: linear in the calls that wait.
  mutating func look(at register: Register) {
    let board = register.board
    let callbacks = board.waiting.keys.flatMap { register.journal.incidents[$0]?.callbacks ?? [] }
    let waiting = callbacks.sorted(by: EffectiveEntry.inTimelineOrder)
    self.waiting = waiting.count
    calls = (waiting + board.unattached).map(\.ref)
    if let selected, !calls.contains(selected) { self.selected = nil }
    selected = selected ?? calls.first
  }

  /// Whether a batch of records can have changed which calls there are or where they count.
  func concerns(_ touched: Set<IncidentID>, _ register: Register) -> Bool {
    let board = register.board
    return board.unattached.count != calls.count - waiting
      || touched.contains { board.waiting[$0] != nil }
      || board.waiting.values.reduce(0, +) != waiting
  }
}

extension State {
  mutating func openCallbacks() {
    var screen = CallbacksScreen()
    screen.look(at: register)
    screens.append(.callbacks(screen))
    settleScreen()
  }

  mutating func performInCallbacks(_ action: Action) -> [Effect] {
    guard case .callbacks(var screen) = screen else { return [] }
    let place = screen.selected.flatMap { screen.calls.firstIndex(of: $0) } ?? 0
    func select(_ place: Int) {
      if screen.calls.isEmpty { return }
      screen.selected = screen.calls[min(max(place, 0), screen.calls.count - 1)]
    }
    switch action {
    case .up: select(place - 1)
    case .down: select(place + 1)
    case .pageUp: select(place - max(areas.body.count - 2, 1))
    case .pageDown: select(place + max(areas.body.count - 2, 1))
    case .first: select(0)
    case .last: select(screen.calls.count - 1)
    case .informed:
      guard let ref = screen.selected, let id = journal.entry(ref)?.incident else { return [] }
      openComposer(.entry(.informed, id), ref: ref)
      return []
    case .attach:
      if let ref = screen.selected { openComposer(.attach(ref)) }
      return []
    case .open:
      guard let ref = screen.selected else { return [] }
      guard let id = journal.entry(ref)?.incident else {
        openComposer(.attach(ref))
        return []
      }
      screens.append(.incident(IncidentScreen(id, selecting: ref)))
      settleScreen()
      return []
    default: break
    }
    self.screen = .callbacks(screen)
    settleScreen()
    return []
  }

  /// Why an action cannot be done with the selected call; nil where it can.
  func reasonAgainst(_ action: Action, _ screen: CallbacksScreen) -> String? {
    switch action {
    case .informed, .attach, .open:
      guard let call = screen.selected.flatMap({ journal.entry($0) }) else {
        return "No call waits"
      }
      let isLoose = action == .informed && call.incident == nil
      return isLoose ? "It belongs to no incident yet: A attaches it to one" : nil
    default: return nil
    }
  }

  mutating func settleCallbacks() {
    guard case .callbacks(var screen) = screen else { return }
    let selected = screen.selected.flatMap { screen.calls.firstIndex(of: $0) } ?? 0
    screen.top = scrolled(
      top: screen.top, selected: selected, count: screen.calls.count, height: areas.body.count
    ) { screen.heading(at: $0) == nil ? 1 : 2 }
    self.screen = .callbacks(screen)
  }
}

extension CallbacksScreen {
  func heading(at place: Int) -> String? {
    if place == 0, waiting > 0 { return "Wait to be called back" }
    return place == waiting ? "Belong to no incident yet" : nil
  }
}
