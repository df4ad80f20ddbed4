import LoggistModel

extension Summary {
  /// Figures with the incidents whose figures they are, the shortest first; made of numbers when they are asked for, since a
  /// large log has more than a million of them.
  package struct Values: Sendable {
    private let store: Store

    private enum Store: Sendable {
      case members(ClockID, [Population.Member], [Key])
      case listed([Value])
    }

    /// Where a value stands: a member and a place in it.
    struct Key: Sendable {
      var seconds = 0
      let member: UInt32
      let place: UInt32

      init(member: Int, place: Int) {
        (self.member, self.place) = (UInt32(member), UInt32(place))
      }
    }

    /// - Parameters:
    ///   - keys: of `members`, in their order.
    ///   - members: in the order of their numbers.
    init(_ id: ClockID, _ keys: consuming [Key], of members: [Population.Member]) {
      Key.sort(&keys)
      store = .members(id, keys.isEmpty ? [] : members, keys)
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
    case .members(_, _, let keys): keys.count
    case .listed(let values): values.count
    }
  }

  package subscript(place: Int) -> Summary.Value {
    switch store {
    case .members(let id, let members, let keys):
      let key = keys[place]
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
    case .members(_, _, let keys): keys.map(\.seconds)
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

extension Summary.Values.Key {
  /// By seconds, those of equal ones as they stand: a radix sort, the lowest digit first (Knuth 5.2.5). A million latenesses
  /// of minutes and hours take two rounds of it, and twenty of comparisons.
  static func sort(_ keys: inout [Self]) {
    // Pauses that overlap can take more from a service clock than it has.
    let least = keys.lazy.map(\.seconds).min() ?? 0
    let most = (keys.lazy.map(\.seconds).max() ?? 0) &- least
    var sorted: [Self] = []
    var shift = 0
    while shift < Int.bitWidth, most >> shift > 0 {
      if sorted.isEmpty {
        sorted = [Self](unsafeUninitializedCapacity: keys.count) { buffer, count in
          scatter(keys, into: buffer, by: shift, least)
          count = keys.count
        }
      } else {
        sorted.withUnsafeMutableBufferPointer { scatter(keys, into: $0, by: shift, least) }
      }
      swap(&keys, &sorted)
      shift += bits
    }
  }

  private static let bits = 11

  /// Each key goes to its place by one digit; keys of the same digit stay in their order.
  private static func scatter(
    _ keys: [Self], into sorted: UnsafeMutableBufferPointer<Self>, by shift: Int, _ least: Int
  ) {
    var places = [Int](repeating: 0, count: 1 << bits)
    for key in keys { places[key.digit(shift, bits, least)] += 1 }
    var sum = 0
    for digit in places.indices { (places[digit], sum) = (sum, sum + places[digit]) }
    for key in keys {
      let digit = key.digit(shift, bits, least)
      sorted.initializeElement(at: places[digit], to: key)
      places[digit] += 1
    }
  }

  private func digit(_ shift: Int, _ bits: Int, _ least: Int) -> Int {
    (seconds &- least) >> shift & (1 << bits - 1)
  }
}
