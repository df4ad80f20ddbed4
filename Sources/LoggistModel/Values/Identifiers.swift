/// One machine's name in a store: 1 to 8 capital letters and digits, a letter first (`INC`, `WARD2`).
package struct NodeCode: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let description: String

  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard (1...8).contains(bytes.count), (0x41...0x5A).contains(bytes[0]),
      bytes.allSatisfy({ (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) })
    else { return nil }
    description = String(text)
  }

  package static func < (left: NodeCode, right: NodeCode) -> Bool {
    left.description < right.description
  }
}

/// Names an entry for ever: its node and its number in that node's log (`INC.812`).
package struct EntryRef: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let node: NodeCode
  package let sequence: Int

  package init(node: NodeCode, sequence: Int) {
    (self.node, self.sequence) = (node, sequence)
  }

  package init?(_ text: some StringProtocol) {
    guard let (node, number) = numbered(text, separator: ".") else { return nil }
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
    guard let (node, number) = numbered(text, separator: "-") else { return nil }
    self.init(node: node, number: number)
  }

  package var description: String { "\(node)-\(number)" }

  package static func < (left: IncidentID, right: IncidentID) -> Bool {
    (left.node, left.number) < (right.node, right.number)
  }
}

/// `CODE<separator>NUMBER`, the number from 1 without leading zeros: one spelling for one thing.
private func numbered(
  _ text: some StringProtocol, separator: Character
) -> (NodeCode, Int)? {
  guard let split = text.lastIndex(of: separator), let node = NodeCode(text[..<split]) else {
    return nil
  }
  let digits = text[text.index(after: split)...]
  guard (1...15).contains(digits.utf8.count), digits.utf8.first != UInt8(ascii: "0"),
    digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits)
  else { return nil }
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
