import LoggistModel

/// The rows of the board: every incident in its order, or those that a filter lets through.
struct BoardList {
  let board: Board
  let found: FilteredBoard?

  var count: Int { found?.count ?? board.count }

  func id(at row: Int) -> IncidentID { found?.id(at: row) ?? board.id(at: row) }

  func row(of id: IncidentID) -> Int? {
    guard let found else { return board.row(of: id) }
    return found.row(of: id)
  }

  func section(at row: Int) -> Board.Section { board.section(of: id(at: row)) ?? .earlier }

  /// Whether the row is the first of a section that has a heading: all but the open ones.
  func hasHeading(_ row: Int) -> Bool {
    let section = section(at: row)
    return row == 0 ? section != .open : self.section(at: row - 1) != section
  }
}

extension Board.Section {
  var heading: String {
    switch self {
    case .open: "Open"
    case .resolvedToday: "Resolved today"
    case .earlier: "Earlier"
    }
  }
}

/// The incidents that a filter lets through. Those of today are all looked at when it changes, the ten years before
/// them in slices while nobody types.
struct FilteredBoard: Sendable, Hashable {
  private let filter: BoardFilter
  private var current: [IncidentID] = []
  private var earlier: [IncidentID] = []
  /// How many of the board's earlier incidents have been looked at, and how many there were.
  private var looked = 0
  private var total = 0

  /// Incidents of a slice: well below a millisecond.
  private static let slice = 500

  init(_ filter: BoardFilter, _ register: Register) {
    self.filter = filter
    lookAtToday(register)
    restart(register)
  }

  var isDone: Bool { looked >= total }

  /// Looks at the next slice.
  mutating func work(_ register: Register) {
    let ids = register.board.earlier
    let end = min(looked + FilteredBoard.slice, ids.count)
    if looked < end {
      for id in ids[looked..<end] where matches(id, register) { earlier.append(id) }
    }
    (looked, total) = (end, ids.count)
  }

  /// Looks again at what may have changed.
  mutating func follow(_ register: Register, _ touched: Set<IncidentID>) {
    lookAtToday(register)
    let ids = register.board.earlier
    let isSame =
      ids.count == total && !touched.contains { register.board.section(of: $0) == .earlier }
    if !isSame { restart(register) }
  }

  private mutating func lookAtToday(_ register: Register) {
    let board = register.board
    current = (board.open + board.resolvedToday).filter { filter.matches($0) }.map(\.id)
  }

  private mutating func restart(_ register: Register) {
    (earlier, looked, total) = ([], 0, register.board.earlier.count)
    work(register)
  }

  private func matches(_ id: IncidentID, _ register: Register) -> Bool {
    register.journal.incidents[id].map { filter.matches($0) } ?? false
  }

  var count: Int { current.count + earlier.count }

  func id(at row: Int) -> IncidentID {
    row < current.count ? current[row] : earlier[row - current.count]
  }

  func row(of id: IncidentID) -> Int? {
    current.firstIndex(of: id) ?? earlier.firstIndex(of: id).map { $0 + current.count }
  }
}
