/// Bytes one after the other, each of which may be either of two.
struct BytePattern: Sendable, Hashable {
  private(set) var choices: [Choice]

  struct Choice: Sendable, Hashable {
    var one: UInt8
    var other: UInt8
  }

  init(_ bytes: some Sequence<UInt8>) {
    choices = bytes.map { Choice(one: $0, other: $0) }
  }

  var count: Int { choices.count }

  /// Takes other bytes in, too, where they are as many and no place has more than two then. What is matched afterwards
  /// may be more than the two.
  mutating func merge(_ bytes: some Collection<UInt8>) -> Bool {
    guard bytes.count == count else { return false }
    var merged = choices
    for (place, byte) in bytes.enumerated() where !merged[place].has(byte) {
      guard merged[place].one == merged[place].other else { return false }
      merged[place].other = byte
    }
    choices = merged
    return true
  }

  static func + (left: BytePattern, right: BytePattern) -> BytePattern {
    var sum = left
    sum.choices += right.choices
    return sum
  }

  func matches(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.count == count && zip(choices, bytes).allSatisfy { $0.has($1) }
  }
}

extension BytePattern.Choice {
  func has(_ byte: UInt8) -> Bool { byte == one || byte == other }
}
