/// How long to wait after one failure more: 200 ms, doubled up to 10 s, and by chance up to a quarter less, so that many
/// machines that failed together do not come back together.
struct BackOff: Sendable {
  private(set) var failures = 0
  /// In milliseconds.
  static let first = 200
  static let longest = 10_000

  mutating func next(_ random: inout some RandomNumberGenerator) -> Int {
    let full = min(BackOff.longest, BackOff.first << min(failures, 10))
    failures += 1
    return full - Int.random(in: 0...full / 4, using: &random)
  }

  mutating func reset() { failures = 0 }
}
