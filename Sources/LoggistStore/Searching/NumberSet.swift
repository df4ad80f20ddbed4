/// A set of numbers, a bit for each as far as they are of a usual size: it is asked for every mention in a log.
struct NumberSet {
  private var bits: [UInt64] = []
  private var outliers: Set<Int> = []
  private static let reach = 1 << 26

  init() {}

  init(_ numbers: some Sequence<Int>) {
    for number in numbers { insert(number) }
  }

  mutating func insert(_ number: Int) {
    guard (0..<NumberSet.reach).contains(number) else {
      outliers.insert(number)
      return
    }
    let place = number >> 6
    if place >= bits.count {
      bits.append(contentsOf: repeatElement(0, count: place + 1 - bits.count))
    }
    bits[place] |= 1 << UInt64(number & 63)
  }

  func contains(_ number: Int) -> Bool {
    let place = number >> 6
    if place < bits.count { return bits[place] & (1 << UInt64(number & 63)) != 0 }
    return !outliers.isEmpty && outliers.contains(number)
  }
}
