package import LoggistModel
import Terminal

/// The open incidents, and below them what is over.
package struct BoardScreen: Sendable, Hashable {
  package internal(set) var selected: IncidentID?
  /// The first incident on the screen.
  var top: IncidentID?
  package internal(set) var filter = ""
  /// What the filter lets through; nil without one.
  var found: FilteredBoard?

  package init() {}
}

extension State {
  func boardList(_ screen: BoardScreen) -> BoardList {
    BoardList(board: board, found: screen.found)
  }

  mutating func performOnBoard(_ action: Action) -> [Effect] {
    guard case .board(var board) = screen else { return [] }
    let list = boardList(board)
    let place = board.selected.flatMap { list.row(of: $0) } ?? 0
    func select(_ place: Int) {
      if list.count > 0 { board.selected = list.id(at: min(max(place, 0), list.count - 1)) }
    }
    switch action {
    case .newCall: openComposer(.call)
    case .filter: openComposer(.filter, text: board.filter)
    case .open:
      if let id = board.selected ?? (list.count > 0 ? list.id(at: 0) : nil) {
        screens.append(.incident(IncidentScreen(id)))
        settleScreen()
        return []
      }
    case .up: select(place - 1)
    case .down: select(place + 1)
    case .pageUp: select(place - max(areas.body.count - 2, 1))
    case .pageDown: select(place + max(areas.body.count - 2, 1))
    case .first: select(0)
    case .last: select(list.count - 1)
    default: break
    }
    screen = .board(board)
    settleScreen()
    return []
  }

  mutating func settleBoard(_ board: BoardScreen) {
    var board = board
    let list = boardList(board)
    if let selected = board.selected, list.row(of: selected) == nil { board.selected = nil }
    board.selected = board.selected ?? (list.count > 0 ? list.id(at: 0) : nil)
    let selected = board.selected.flatMap { list.row(of: $0) } ?? 0
    let top = board.top.flatMap { list.row(of: $0) } ?? 0
    // A heading may stand above every row; the list has one of its own.
    let height = areas.body.count - (areas.body.count > 2 ? 1 : 0)
    let first = scrolled(top: top, selected: selected, count: list.count, height: height) { place in
      list.hasHeading(place) ? 2 : 1
    }
    board.top = first < list.count ? list.id(at: first) : nil
    screen = .board(board)
  }
}

// MARK: - The filter

extension State {
  /// Takes hold while it is typed; one that cannot be read shows everything and its reason.
  mutating func filterBoard(_ text: String) {
    guard case .board(var screen) = screen else { return }
    screen.filter = text
    screen.found = (try? BoardFilter(text)).flatMap { filter in
      filter.isEmpty ? nil : FilteredBoard(filter, register)
    }
    self.screen = .board(screen)
    settleScreen()
  }

  /// Brings what was computed from the board to what it is now.
  mutating func boardHasChanged(_ touched: Set<IncidentID>) {
    for place in screens.indices {
      if case .board(var board) = screens[place], board.found != nil {
        board.found?.follow(register, touched)
        screens[place] = .board(board)
      }
      if case .search(var search) = screens[place] {
        search.follow(register)
        screens[place] = .search(search)
      }
      if case .callbacks(var calls) = screens[place], calls.concerns(touched, register) {
        calls.look(at: register)
        screens[place] = .callbacks(calls)
      }
    }
    composerFollows()
  }
}
