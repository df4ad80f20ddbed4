import LoggistModel

extension Summary {
  /// Figures with the incidents whose figures they are, the shortest first; made of numbers when they are asked for, since a
  /// large log has more than a million of them.
  package struct Values: Sendable {
    private let store: Store

    private enum Store: Sendable {
      case members(ClockID, [Population.Member], Ranking)
      case listed([Value])
    }

    /// - Parameters:
    ///   - ranking: of values of `members`.
    ///   - members: in the order of their numbers.
    init(_ id: ClockID, _ ranking: Ranking, of members: [Population.Member]) {
      store = .members(id, ranking.count == 0 ? [] : members, ranking)
    }

    init(_ values: [Value]) {
      let sorted = values.sorted { left, right in
        left.seconds != right.seconds
          ? left.seconds < right.seconds : left.incident < right.incident
      }
      store = .listed(sorted)
    }
  }
}

extension Summary.Values: RandomAccessCollection {
  package var startIndex: Int { 0 }

  package var endIndex: Int {
    switch store {
    case .members(_, _, let ranking): ranking.count
    case .listed(let values): values.count
    }
  }

  package subscript(place: Int) -> Summary.Value {
    switch store {
    case .members(let id, let members, let ranking):
      let key = ranking[place]
      return members[Int(key.member)].value(id, at: Int(key.place), seconds: key.seconds)
    case .listed(let values): return values[place]
    }
  }

  /// The value at which no more than half would still be running, of these and of those that are open.
  func kaplanMeierMedian(open: Summary.Values) -> Summary.Value? {
    let (ended, running) = (seconds, open.seconds)
    return LoggistMetrics.kaplanMeierMedian(
      ended: ended.enumerated().map { $0 }, open: running.enumerated().map { $0 }
    ) { $0.element }.map { self[$0.offset] }
  }

  /// In the same order, without the values that they belong to.
  package var seconds: [Int] {
    switch store {
    case .members(_, _, let ranking): ranking.sorted.map(\.seconds)
    case .listed(let values): values.map(\.seconds)
    }
  }
}

extension Summary.Values: Hashable {
  package static func == (left: Summary.Values, right: Summary.Values) -> Bool {
    left.count == right.count && left.indices.allSatisfy { left[$0] == right[$0] }
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(count) }
}
