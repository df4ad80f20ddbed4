import LoggistModel
import LoggistStore

/// Lines that came before those that they follow: kept for a while, so many and no more.
struct HeldLines: Sendable {
  struct Held: Sendable {
    var line: ForeignLine
    /// Of the letter that brought it, if the stream did.
    var receipt: Receipt?
    /// When it came, in milliseconds.
    var since: Int
  }

  private var lines: [NodeCode: [Int: Held]] = [:]
  private(set) var count = 0
  private(set) var bytes = 0

  let mostLines: Int
  let mostBytes: Int

  init(mostLines: Int = 16_384, mostBytes: Int = 64 << 20) {
    (self.mostLines, self.mostBytes) = (mostLines, mostBytes)
  }

  /// Keeps a line, unless one of that number is kept.
  ///
  /// - Returns: receipts of what is not kept: it, or those farthest ahead that had to make room. They come again by a
  ///   fetch, when the hole before them is closed.
  mutating func hold(_ held: Held) -> [Receipt] {
    let ref = held.line.ref
    if let known = lines[ref.node]?[ref.sequence] {
      guard known.line.head == held.line.head, let receipt = held.receipt else {
        return held.receipt.map { [$0] } ?? []
      }
      // It came once more, and is on no disk yet: the last delivery is the one that is to be settled then.
      lines[ref.node]?[ref.sequence]?.receipt = receipt
      return known.receipt.map { $0.number == receipt.number ? [] : [$0] } ?? []
    }
    lines[ref.node, default: [:]][ref.sequence] = held
    count += 1
    bytes += held.line.bytes.count
    var dropped: [Receipt] = []
    while count > mostLines || bytes > mostBytes, let last = farthest(of: ref.node) {
      if let receipt = take(last)?.receipt { dropped.append(receipt) }
    }
    return dropped
  }

  mutating func take(_ ref: EntryRef) -> Held? {
    guard let held = lines[ref.node]?.removeValue(forKey: ref.sequence) else { return nil }
    count -= 1
    bytes -= held.line.bytes.count
    if lines[ref.node]?.isEmpty == true { lines[ref.node] = nil }
    return held
  }

  /// Gives up waiting for the receipts of what is kept for longer than that; the lines stay.
  mutating func releaseReceipts(before then: Int) -> [Receipt] {
    var receipts: [Receipt] = []
    for (node, held) in lines {
      for (sequence, one) in held where one.since < then {
        guard let receipt = one.receipt else { continue }
        receipts.append(receipt)
        lines[node]?[sequence]?.receipt = nil
      }
    }
    return receipts
  }

  /// Of that node, else of whoever has the most.
  private func farthest(of node: NodeCode) -> EntryRef? {
    let most =
      lines[node]?.isEmpty == false ? node : lines.max { $0.value.count < $1.value.count }?.key
    guard let most, let sequence = lines[most]?.keys.max() else { return nil }
    return EntryRef(node: most, sequence: sequence)
  }
}
