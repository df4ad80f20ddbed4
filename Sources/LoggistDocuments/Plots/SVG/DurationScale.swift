/// Where durations lie on a horizontal scale: evenly, or where a few are far longer than most, by powers, so that the
/// short ones can still be told apart.
struct DurationScale {
  let left: Double
  let right: Double
  let ticks: [Int]
  let isLogarithmic: Bool
  private let first: Int
  private let last: Int

  init(longest: Int, typical: Int, left: Double, right: Double) {
    (self.left, self.right) = (left, right)
    isLogarithmic = longest > 20 * max(typical, 60)
    if isLogarithmic {
      let steps = DurationScale.powers
      let end = steps.firstIndex { $0 >= longest } ?? steps.count - 1
      let start = steps.lastIndex { $0 <= max(typical / 8, 60) } ?? 0
      (first, last) = (steps[start], max(steps[end], longest))
      ticks = Array(steps[start...end])
    } else {
      let step = DurationScale.rounds.first { longest <= $0 * 7 } ?? (longest / 7 + 1)
      let count = max(1, (longest + step - 1) / step)
      (first, last) = (0, count * step)
      ticks = (0...count).map { $0 * step }
    }
  }

  func x(_ seconds: Int) -> Double {
    let share: Double
    if isLogarithmic {
      share =
        logTwo(Double(max(seconds, first)) / Double(first))
        / logTwo(Double(last) / Double(first))
    } else {
      share = Double(max(seconds, 0)) / Double(max(last, 1))
    }
    return left + min(max(share, 0), 1) * (right - left)
  }

  private static let minute = 60
  private static let hour = 3600
  private static let day = 86_400
  private static let powers = [
    minute, 5 * minute, 15 * minute, hour, 4 * hour, 12 * hour, day, 3 * day, 10 * day, 30 * day,
    90 * day, 365 * day, 3650 * day,
  ]
  private static let rounds =
    [1, 2, 5, 10, 15, 30].map { $0 * minute } + [1, 2, 3, 6, 12].map { $0 * hour }
    + [1, 2, 7, 14, 30, 60, 180, 365, 3650].map { $0 * day }
}

/// The binary logarithm, exact enough for a place on paper: the exponent, and of the rest ten bits by squaring. The
/// standard library has none, and a C library's may differ in its last digit from machine to machine.
func logTwo(_ value: Double) -> Double {
  guard value.isFinite, value >= 1 else { return 0 }
  var result = Double(value.exponent)
  var (rest, bit) = (value.significand, 0.5)
  for _ in 0..<16 {
    rest *= rest
    if rest >= 2 {
      rest /= 2
      result += bit
    }
    bit /= 2
  }
  return result
}
