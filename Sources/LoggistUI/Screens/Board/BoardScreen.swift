package import LoggistModel
import Terminal

/// The open incidents, and below them what is over.
package struct BoardScreen: Sendable, Hashable {
  package internal(set) var selected: IncidentID?
  /// The first incident on the screen.
  var top: IncidentID?
  package internal(set) var filter = ""

  package init() {}
}

extension State {
  /// The board's incidents in the order of its rows, after the filter.
  func boardRows(_ screen: BoardScreen) -> [BoardRow] {
    let filter = Search(screen.filter)
    func shown(_ incidents: [Incident]) -> [Incident] {
      guard let filter else { return incidents }
      return incidents.filter { incident in
        filter.matches(
          [
            incident.id.description, incident.title, incident.service ?? "", incident.place ?? "",
            incident.owner ?? "", incident.priority?.description ?? "",
            incident.status.rawValue, incident.lastEntry?.entry.text ?? "",
          ].joined(separator: " "))
      }
    }
    return shown(board.open).map { BoardRow(incident: $0, section: .open) }
      + shown(board.resolvedToday).map { BoardRow(incident: $0, section: .resolvedToday) }
      + shown(board.earlier).map { BoardRow(incident: $0, section: .earlier) }
  }

  mutating func performOnBoard(_ action: Action) -> [Effect] {
    guard case .board(var board) = screen else { return [] }
    let rows = boardRows(board)
    let place = rows.firstIndex { $0.incident.id == board.selected } ?? 0
    func select(_ place: Int) {
      if !rows.isEmpty { board.selected = rows[min(max(place, 0), rows.count - 1)].incident.id }
    }
    switch action {
    case .newCall: openComposer(.call)
    case .filter: openComposer(.filter, text: board.filter)
    case .open:
      if let id = board.selected ?? rows.first?.incident.id {
        screens.append(.incident(IncidentScreen(id)))
        settleScreen()
        return []
      }
    case .up: select(place - 1)
    case .down: select(place + 1)
    case .pageUp: select(place - max(areas.body.count - 2, 1))
    case .pageDown: select(place + max(areas.body.count - 2, 1))
    case .first: select(0)
    case .last: select(rows.count - 1)
    default: break
    }
    screen = .board(board)
    settleScreen()
    return []
  }
}

/// One incident on the board.
struct BoardRow: Sendable {
  let incident: Incident
  let section: Section

  enum Section: Sendable {
    case open, resolvedToday, earlier

    var heading: String {
      switch self {
      case .open: "Open"
      case .resolvedToday: "Resolved today"
      case .earlier: "Earlier"
      }
    }
  }
}
