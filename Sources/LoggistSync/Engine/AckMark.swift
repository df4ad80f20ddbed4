/// Which deliveries can be acknowledged at once: an acknowledgement covers everything that the stream has before it.
struct AckMark: Sendable {
  private var open: Set<Int> = []
  /// Settled, and not covered by an acknowledgement yet.
  private var settled: [Int: String] = [:]

  mutating func delivered(_ number: Int) { open.insert(number) }

  /// The answer address of the highest delivery that nothing open stands before; nil where there is none new.
  mutating func settle(_ receipt: Receipt) {
    open.remove(receipt.number)
    settled[receipt.number] = receipt.reply
  }

  mutating func take() -> String? {
    let lowest = open.min() ?? Int.max
    guard let highest = settled.keys.filter({ $0 < lowest }).max() else { return nil }
    let reply = settled[highest]
    settled = settled.filter { $0.key > highest }
    return reply
  }

  mutating func reset() { (open, settled) = ([], [:]) }
}
