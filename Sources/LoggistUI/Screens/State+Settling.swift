import LoggistModel
import Terminal

extension State {
  /// Mends what a screen remembers after the log or the size has changed: the selected entry exists and shows.
  mutating func settleScreen() {
    switch screen {
    case .board(var board):
      let rows = boardRows(board)
      if let selected = board.selected, !rows.contains(where: { $0.incident.id == selected }) {
        board.selected = nil
      }
      board.selected = board.selected ?? rows.first?.incident.id
      let selected = rows.firstIndex { $0.incident.id == board.selected } ?? 0
      let top = rows.firstIndex { $0.incident.id == board.top } ?? 0
      // A heading may stand above every row; the list has one of its own.
      let height = areas.body.count - (areas.body.count > 2 ? 1 : 0)
      let first = scrolled(top: top, selected: selected, count: rows.count, height: height) {
        place in
        place > 0 && rows[place - 1].section != rows[place].section
          || place == 0 && rows[0].section != .open
          ? 2 : 1
      }
      board.top = rows.indices.contains(first) ? rows[first].incident.id : nil
      screen = .board(board)
    case .incident(var incident): settle(&incident)
    case .search(var search):
      search.settle(height: areas.body.count - 1)
      screen = .search(search)
    case .metrics: settleMetrics()
    case .measures: settleMeasures()
    case .review: settleReview()
    case .handover: settleHandover()
    case .past: settlePast()
    case .callbacks: settleCallbacks()
    case .pasted: settlePasted()
    case .help, .firstRun: break
    }
  }
}
