/// How much a median changed from one sample to another, and how sure that is.
///
/// The interval is the middle 95 % of the differences between the medians of resamples (percentile bootstrap, Efron
/// 1979): 10,000 of each sample, drawn with replacement from a seed, so that the same samples give the same interval.
package struct MedianDifference: Sendable, Hashable {
  /// Of the medians by nearest rank, later less earlier, in seconds.
  package let seconds: Int
  package let low: Int
  package let high: Int

  package static let resamples = 10_000
  /// Below so many values in either sample nothing is compared.
  package static let minimum = 10

  /// Zero lies in the interval: so much of a difference comes about by chance.
  package var isDistinguishable: Bool { low > 0 || high < 0 }

  /// Nil where a sample is too small. Both in ascending order. Cost: 10,000 times their length.
  init?(from earlier: [Int], to later: [Int], seed: UInt64) {
    guard earlier.count >= MedianDifference.minimum, later.count >= MedianDifference.minimum,
      let before = nearestRank(earlier, percent: 50), let after = nearestRank(later, percent: 50)
    else { return nil }
    var dice = Dice(seed: seed)
    let befores = MedianDifference.medians(of: earlier, &dice)
    let afters = MedianDifference.medians(of: later, &dice)
    let differences = zip(befores, afters).map { $1 - $0 }.sorted()
    seconds = after - before
    // Nearest rank: 2.5 % of 10,000 is the 250th, 97.5 % the 9,750th.
    low = differences[differences.count * 25 / 1000 - 1]
    high = differences[differences.count * 975 / 1000 - 1]
  }

  private static func medians(of ascending: [Int], _ dice: inout Dice) -> [Int] {
    let rank = (ascending.count * 50 + 99) / 100
    var counts = [Int](repeating: 0, count: ascending.count)
    return (0..<resamples).map { _ in
      for place in counts.indices { counts[place] = 0 }
      for _ in 0..<ascending.count { counts[dice.place(below: ascending.count)] += 1 }
      // The value at that rank of the resample, found without sorting it.
      var (place, seen) = (0, counts[0])
      while seen < rank {
        place += 1
        seen += counts[place]
      }
      return ascending[place]
    }
  }
}

/// Numbers by chance that come again with their seed (SplitMix64: Steele, Lea and Flood 2014).
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A place from 0 up to but without `count`; of the numbers that `next` gives the high bits decide.
  mutating func place(below count: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(count)).high)
  }
}
