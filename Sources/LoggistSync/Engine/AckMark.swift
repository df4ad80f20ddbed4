/// Which deliveries can be acknowledged at once: an acknowledgement covers everything that the stream has before it.
///
/// What is open stays open when a connection ends: the engine delivers it again, and until it is on the disk nothing behind
/// it is to be acknowledged.
struct AckMark: Sendable {
  private var open: Set<Int> = []
  /// Settled, and not covered by an acknowledgement yet.
  private var settled: [Int: String] = [:]

  mutating func delivered(_ number: Int) { open.insert(number) }

  mutating func settle(_ receipt: Receipt) {
    open.remove(receipt.number)
    settled[receipt.number] = receipt.reply
  }

  /// The answer address of the highest delivery that nothing open stands before; nil where there is none new.
  mutating func take() -> String? {
    let lowest = open.min() ?? Int.max
    guard let highest = settled.keys.filter({ $0 < lowest }).max() else { return nil }
    let reply = settled[highest]
    settled = settled.filter { $0.key > highest }
    return reply
  }

  /// Another stream or consumer counts anew.
  mutating func reset() { (open, settled) = ([], [:]) }
}
