/// One machine's name in a store: 1 to 8 capital letters and digits, a letter first (`INC`, `WARD2`).
///
/// Kept as a number, its letters from the highest byte on: references are hashed and compared by the million.
package struct NodeCode: Sendable, Hashable, Comparable, CustomStringConvertible {
  private let letters: UInt64

  package init?(_ text: some StringProtocol) {
    var (letters, count): (UInt64, UInt64) = (0, 0)
    for byte in text.utf8 {
      let isLetter = (0x41...0x5A).contains(byte)
      guard isLetter || count > 0 && (0x30...0x39).contains(byte), count < 8 else { return nil }
      letters |= UInt64(byte) << (56 - 8 * count)
      count += 1
    }
    if count == 0 { return nil }
    self.letters = letters
  }

  package var description: String {
    withLetters { String(decoding: $0, as: UTF8.self) }
  }

  /// Its letters and digits, for the time of the closure.
  func withLetters<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
    withUnsafeBytes(of: letters.bigEndian) { bytes in
      body(UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.firstIndex(of: 0) ?? bytes.count)]))
    }
  }

  /// In the order of their letters.
  package static func < (left: NodeCode, right: NodeCode) -> Bool { left.letters < right.letters }
}

/// Names an entry for ever: its node and its number in that node's log (`INC.812`).
package struct EntryRef: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let node: NodeCode
  package let sequence: Int

  package init(node: NodeCode, sequence: Int) {
    (self.node, self.sequence) = (node, sequence)
  }

  package init?(_ text: some StringProtocol) {
    guard let (node, number) = numbered(String(text), separator: UInt8(ascii: ".")) else {
      return nil
    }
    self.init(node: node, sequence: number)
  }

  package var description: String { "\(node).\(sequence)" }

  package static func < (left: EntryRef, right: EntryRef) -> Bool {
    (left.node, left.sequence) < (right.node, right.sequence)
  }
}

/// Names an incident for ever: the node that opened it and a number counted up there (`INC-12`).
package struct IncidentID: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let node: NodeCode
  package let number: Int

  package init(node: NodeCode, number: Int) {
    (self.node, self.number) = (node, number)
  }

  package init?(_ text: some StringProtocol) {
    guard let (node, number) = numbered(String(text), separator: UInt8(ascii: "-")) else {
      return nil
    }
    self.init(node: node, number: number)
  }

  package var description: String { "\(node)-\(number)" }

  package static func < (left: IncidentID, right: IncidentID) -> Bool {
    (left.node, left.number) < (right.node, right.number)
  }
}

/// `CODE<separator>NUMBER`, the number from 1 without leading zeros: one spelling for one thing.
private func numbered(
  _ text: String, separator: UInt8
) -> (NodeCode, Int)? {
  // By bytes: a search by characters asks for each where it ends, and references are read by the million.
  guard let split = text.utf8.lastIndex(of: separator), let node = NodeCode(text[..<split]) else {
    return nil
  }
  let digits = text.utf8[text.utf8.index(after: split)...]
  guard (1...15).contains(digits.count), digits.first != UInt8(ascii: "0") else { return nil }
  var number = 0
  for digit in digits {
    guard (0x30...0x39).contains(digit) else { return nil }
    number = number * 10 + Int(digit - 0x30)
  }
  return (node, number)
}

/// P1, the most urgent, to P4. Major incidents stand outside the scale and have a flag of their own.
package enum Priority: Int, Sendable, Hashable, Comparable, CaseIterable, CustomStringConvertible {
  case p1 = 1
  case p2, p3, p4

  /// Reads `P1` and `1`.
  package init?(_ text: some StringProtocol) {
    let digits = text.first.map { $0 == "P" || $0 == "p" } == true ? text.dropFirst() : text[...]
    guard digits.utf8.count == 1, let number = Int(digits) else { return nil }
    self.init(rawValue: number)
  }

  package var description: String { "P\(rawValue)" }

  package static func < (left: Priority, right: Priority) -> Bool {
    left.rawValue < right.rawValue
  }
}
