import LoggistModel
import Terminal

extension State {
  /// Mends what a screen remembers after the log or the size has changed: the selected entry exists and shows.
  mutating func settleScreen() {
    switch screen {
    case .board(let board): settleBoard(board)
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
    case .output: settleOutput()
    case .help, .firstRun: break
    }
  }

  private mutating func settle(_ screen: inout IncidentScreen) {
    guard let incident = journal.incidents[screen.id] else { return }
    let rows = screen.rows(journal)
    if screen.follows || !rows.contains(where: { $0.ref == screen.selected }) {
      screen.selected = rows.last?.ref
    }
    let selected = rows.firstIndex { $0.ref == screen.selected } ?? 0
    let top = rows.firstIndex { $0.ref == screen.top } ?? max(selected - areas.body.count, 0)
    let layout = TimelineLayout(state: self, incident: incident, screen: screen, rows: rows)
    let height = areas.body.count - (areas.body.count > 4 ? 1 : 0)
    let first = scrolled(top: top, selected: selected, count: rows.count, height: height) {
      layout.height($0)
    }
    screen.top = rows.indices.contains(first) ? rows[first].ref : nil
    self.screen = .incident(screen)
  }
}
