import LoggistModel
import LoggistStore

/// What travels: some bytes of one node's log, or the `node.json` that it begins with.
struct Letter: Sendable, Hashable {
  /// Whose log. Who delivers it says so; the lines have to say the same.
  var node: NodeCode
  /// `LogParcel.label`, or `node.json`.
  var label: String
  /// Of its last line, as text: nothing inside a line covers its own head.
  var id: String
  var bytes: [UInt8]

  static let identityLabel = "node.json"

  init(node: NodeCode, label: String, id: String, bytes: [UInt8]) {
    (self.node, self.label, self.id, self.bytes) = (node, label, id, bytes)
  }

  init(node: NodeCode, identity: [UInt8]) {
    let id = LetterID(node: node, sequence: 0, head: SHA256.base64URL(identity))
    self.init(node: node, label: Letter.identityLabel, id: id.description, bytes: identity)
  }

  /// Lines that follow each other; nil where there are none.
  init?(node: NodeCode, _ lines: [ForeignLine]) {
    guard let last = lines.last else { return nil }
    let parcel = LogParcel(lines)
    self.init(
      node: node, label: parcel.label, id: LetterID(last).description, bytes: parcel.bytes)
  }

  /// Its lines. It throws where something was altered on the way: each line's head is covered by the next line, and the
  /// last one's by the letter's name.
  func lines() throws(ForeignLineFlaw) -> [ForeignLine] {
    guard let parcel = LogParcel(label: label, bytes: bytes) else {
      throw .notALine(.notAnObject)
    }
    let lines = try parcel.lines(of: node)
    guard let last = lines.last, LetterID(last).description == id else {
      throw .notALine(.notAnObject)
    }
    for (line, next) in zip(lines, lines.dropFirst())
    where next.ref.sequence != line.ref.sequence + 1 || next.prev != line.head {
      throw .altered(next.ref)
    }
    return lines
  }

  /// The uuid that it introduces a node by; nil where it was altered.
  var uuid: String? {
    Letter(node: node, identity: bytes).id == id ? Store.uuid(in: bytes, of: node) : nil
  }

  var isIdentity: Bool { label == Letter.identityLabel }
}

/// Names a letter for the engine, which drops a second one of the same name within a day.
struct LetterID: Sendable, Hashable, CustomStringConvertible {
  var node: NodeCode
  /// Of the line; 0 of the identity.
  var sequence: Int
  /// The digest of the line's head: a redaction leaves it as it is, another history does not. Of an identity the digest
  /// of its bytes.
  var head: String

  init(node: NodeCode, sequence: Int, head: String) {
    (self.node, self.sequence, self.head) = (node, sequence, head)
  }

  init(_ line: ForeignLine) {
    self.init(node: line.ref.node, sequence: line.ref.sequence, head: line.head)
  }

  /// Whose line, and its number.
  static func place(in id: String) -> (node: NodeCode, sequence: Int)? {
    let words = id.split(separator: ".")
    guard words.count == 3, let node = NodeCode(words[0]), let sequence = Int(words[1]) else {
      return nil
    }
    return (node, sequence)
  }

  /// `INC.812.<the first 16 hex digits of the digest of its head's digest>`.
  var description: String {
    "\(node).\(sequence).\(SHA256.hex(head.utf8).prefix(16))"
  }
}
