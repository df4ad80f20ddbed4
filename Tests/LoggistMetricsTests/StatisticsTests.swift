import LoggistModel
import TestSupport
import Testing

@testable import LoggistMetrics

@Suite struct StatisticsTests {
  /// The product-limit estimate over every second, with fractions in whole numbers.
  private func slowMedian(_ ended: [Int], _ open: [Int]) -> Int? {
    var (above, below) = (1, 1)
    for time in Set(ended).sorted() {
      let atRisk = (ended + open).count { $0 >= time }
      above *= atRisk - ended.count { $0 == time }
      below *= atRisk
      if 2 * above <= below { return time }
    }
    return nil
  }

  @Test func `The Kaplan-Meier median is that of a textbook`() {
    // Six ended and four censored; survival falls to 0.9, 0.8, 0.686, 0.571, 0.381, and the median is 16.
    let (ended, open) = ([6, 7, 10, 12, 16, 22], [9, 11, 13, 19])
    #expect(kaplanMeierMedian(ended: ended, open: open) { $0 } == slowMedian(ended, open))
    #expect(kaplanMeierMedian(ended: [1, 2], open: [3, 4, 5, 6]) { $0 } == nil)
    #expect(kaplanMeierMedian(ended: [] as [Int], open: [3]) { $0 } == nil)
    // What is open at the very second at which another one ended was at risk.
    #expect(kaplanMeierMedian(ended: [5], open: [5]) { $0 } == 5)
  }

  @Test func `A thousand random samples have the median that fractions have`() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<1000 {
      let ended = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        Int.random(in: 0...9, using: &random)
      }.sorted()
      let open = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        Int.random(in: 0...9, using: &random)
      }.sorted()
      #expect(
        kaplanMeierMedian(ended: ended, open: open) { $0 } == slowMedian(ended, open),
        "\(ended) \(open)")
    }
  }

  @Test func `Without open ones it is the nearest rank`() {
    for count in 1...60 {
      let values = Array(1...count)
      #expect(kaplanMeierMedian(ended: values, open: []) { $0 } == nearestRank(values, percent: 50))
    }
  }

  @Test func `A place is found without sorting as it is found by sorting`() {
    var random = SeededGenerator(seed: 5)
    let reaches = [0...0, 0...3, 0...4095, -40...5000, 0...3_000_000, -(1 << 40)...(1 << 40)]
    for reach in reaches {
      for count in [0, 1, 2, 9] + Array(repeating: 300, count: 20) {
        let keys = (0..<count).map { member in
          var key = ValueKey(member: member / 3, place: member % 3)
          key.seconds = Int.random(in: reach, using: &random)
          // Many are a second long: the digit found for a median of 1 is that among which another place is looked for.
          if member % 8 > 0, reach.upperBound == 4095 { key.seconds = member % 8 == 1 ? 0 : 1 }
          return key
        }
        let middle = Int.random(in: 0...count, using: &random)
        let runs = [Array(keys[..<middle]), Array(keys[middle...])]
        let expected = keys.sorted {
          ($0.seconds, $0.member, $0.place) < ($1.seconds, $1.member, $1.place)
        }
        for isSorted in [false, true] {
          let ranking = Ranking(runs, isSorted: isSorted)
          #expect(ranking.count == count)
          for percent in [50, 90, 95, 100] where count > 0 {
            let place = (count * percent + 99) / 100 - 1
            #expect(told(ranking[place]) == told(expected[place]), "\(reach) \(count) \(percent)")
          }
          #expect(ranking.sorted.map(told) == expected.map(told))
        }
      }
    }
  }

  private func told(_ key: ValueKey) -> [Int] { [key.seconds, Int(key.member), Int(key.place)] }

  @Test func `A difference is compared with what comes by chance`() throws {
    let (short, long) = (
      Array(stride(from: 10, to: 50, by: 1)), Array(stride(from: 100, to: 140, by: 1))
    )
    let clear = try #require(MedianDifference(from: short, to: long, seed: 1))
    #expect(clear.seconds == 90 && clear.isDistinguishable)
    #expect(clear.low > 0 && clear.low <= 90 && clear.high >= 90)
    let same = try #require(MedianDifference(from: short, to: short.map { $0 + 1 }, seed: 1))
    #expect(!same.isDistinguishable && same.low < 0 && same.high > 0)
    #expect(MedianDifference(from: Array(short.prefix(9)), to: long, seed: 1) == nil)
  }

  @Test func `The same samples and seed give the same interval`() {
    let (a, b) = (Array(1...30), Array(5...40))
    #expect(MedianDifference(from: a, to: b, seed: 9) == MedianDifference(from: a, to: b, seed: 9))
  }

  /// The median of a resample is at most the j-th value where at least `rank` of n draws are: a binomial tail.
  @Test func `The interval is that of the exact distribution of a resample's median`() throws {
    let values = Array(1...21)
    // Against a constant the difference is the resample's own median.
    let fixed = Array(repeating: 0, count: 21)
    let difference = try #require(MedianDifference(from: fixed, to: values, seed: 5))
    func tail(_ place: Int) -> Double {
      let share = Double(place) / 21
      var sum = 0.0
      for hits in 11...21 {
        var ways = 1.0
        for step in 0..<hits { ways *= Double(21 - step) / Double(step + 1) }
        var chance = ways
        for _ in 0..<hits { chance *= share }
        for _ in 0..<(21 - hits) { chance *= 1 - share }
        sum += chance
      }
      return sum
    }
    let low = try #require(values.first { tail($0) >= 0.025 })
    let high = try #require(values.first { tail($0) >= 0.975 })
    #expect(abs(difference.low - low) <= 1 && abs(difference.high - high) <= 1)
  }
}
