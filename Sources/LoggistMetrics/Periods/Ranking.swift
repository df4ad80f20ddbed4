internal import Synchronization

/// Values in the order of their lengths, those of one length in the order of their incidents.
///
/// The few places that every figure asks for are found at once; the order of a million others only where somebody wants to
/// see them.
final class Ranking: Sendable {
  let count: Int
  private let selected: [Int: ValueKey]
  private let order: Mutex<Order>

  private struct Order: Sendable {
    /// One behind the other; a single one where they are sorted.
    var runs: [[ValueKey]]
    var isSorted = false

    mutating func sort() {
      if isSorted { return }
      var keys = runs.count == 1 ? runs.removeFirst() : Array(runs.joined())
      ValueKey.sort(&keys)
      (runs, isSorted) = ([keys], true)
    }
  }

  /// - Parameters:
  ///   - runs: one behind the other in the order of their members.
  ///   - isSorted: at once, because all of them are wanted.
  init(_ runs: consuming [[ValueKey]], isSorted: Bool) {
    count = runs.reduce(0) { $0 + $1.count }
    let places = isSorted ? [] : Ranking.usual(of: count)
    selected = Dictionary(uniqueKeysWithValues: zip(places, ValueKey.select(places, of: runs)))
    var order = Order(runs: runs)
    if isSorted { order.sort() }
    self.order = Mutex(order)
  }

  /// The places of the percentiles of a summary, and of its longest value.
  private static func usual(of count: Int) -> [Int] {
    Set([50, 90, 95, 100].compactMap { nearestRank(0..<count, percent: $0) }).sorted()
  }

  subscript(place: Int) -> ValueKey { selected[place] ?? sorted[place] }

  /// All of them.
  var sorted: [ValueKey] {
    order.withLock { order in
      order.sort()
      return order.runs.first ?? []
    }
  }
}

/// Where a value stands: a member and a place in it.
struct ValueKey: Sendable {
  var seconds = 0
  let member: UInt32
  let place: UInt32

  init(member: Int, place: Int) {
    (self.member, self.place) = (UInt32(member), UInt32(place))
  }
}

extension ValueKey {
  /// By seconds, those of equal ones as they stand: a radix sort, the lowest digit first (Knuth 5.2.5). A million latenesses
  /// of minutes and hours take two rounds of it, and twenty of comparisons.
  fileprivate static func sort(_ keys: inout [Self]) {
    // Pauses that overlap can take more from a service clock than it has.
    let (least, most) = reach(of: [keys])
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

  /// The fewest seconds, and how much more the most are.
  private static func reach(of runs: [[Self]]) -> (least: Int, span: Int) {
    var (least, most) = (Int.max, Int.min)
    for keys in runs {
      for key in keys { (least, most) = (min(least, key.seconds), max(most, key.seconds)) }
    }
    return least <= most ? (least, most &- least) : (0, 0)
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
    (seconds &- least) &>> shift & (1 &<< bits &- 1)
  }

  /// The keys at some places of the order that `sort` makes, without making it: digit by digit from the highest on, only
  /// those counted that share the digits found so far.
  fileprivate static func select(_ places: [Int], of runs: [[Self]]) -> [Self] {
    let (least, most) = reach(of: runs)
    // The digits found so far, and which among those that share them is looked for.
    var wanted = places.map { (high: 0, rank: $0) }
    var shift = (Int.bitWidth - most.leadingZeroBitCount + bits - 1) / bits * bits
    while shift > 0 {
      shift -= bits
      // A digit that is found now makes a number that another one may have had so far.
      let before = wanted.map(\.high)
      for high in Set(before) {
        let counts = counts(of: runs, below: high, by: shift, least)
        for number in wanted.indices where before[number] == high {
          var digit = 0
          while counts[digit] <= wanted[number].rank {
            wanted[number].rank -= counts[digit]
            digit += 1
          }
          wanted[number].high = high << bits | digit
        }
      }
    }
    return wanted.compactMap { key($0.rank, among: runs, of: $0.high &+ least) }
  }

  /// How many there are of each digit, of those with some digits above it.
  private static func counts(
    of runs: [[Self]], below high: Int, by shift: Int, _ least: Int
  ) -> [Int] {
    var counts = [Int](repeating: 0, count: 1 << bits)
    for keys in runs {
      for key in keys where ((key.seconds &- least) &>> shift) &>> bits == high {
        counts[key.digit(shift, bits, least)] += 1
      }
    }
    return counts
  }

  /// Among equal ones they stand in their order.
  private static func key(_ rank: Int, among runs: [[Self]], of seconds: Int) -> Self? {
    var rank = rank
    for keys in runs {
      for key in keys where key.seconds == seconds {
        if rank == 0 { return key }
        rank -= 1
      }
    }
    return nil
  }
}
