// What takes longer than a key may wait is done in slices, between the keys.

extension State {
  /// Whether something is left to do while nobody types.
  package var hasWork: Bool {
    switch screen {
    case .board(let board): board.found.map { !$0.isDone } ?? false
    case .search(let search): !search.isDone
    case .metrics(let metrics): metrics.figures == nil
    case .measures(let measures): measures.isWorking
    default: false
    }
  }

  /// Does the next slice of it: about a millisecond.
  package mutating func work() {
    switch screen {
    case .board(var board):
      board.found?.work(register)
      screen = .board(board)
    case .search(var search):
      search.work(register)
      screen = .search(search)
    case .metrics: workOnMetrics()
    case .measures: workOnMeasures()
    default: return
    }
    settleScreen()
  }
}
