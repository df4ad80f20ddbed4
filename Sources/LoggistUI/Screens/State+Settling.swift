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
}
