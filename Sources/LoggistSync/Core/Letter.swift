import LoggistModel
import LoggistStore

/// What travels: some bytes of one node's log, or the `node.json` that it begins with.
struct Letter: Sendable, Hashable {
  /// Whose log. Who delivers it says so; the lines have to say the same.
  var node: NodeCode
  /// `LogParcel.label`, or `node.json`.
  var label: String
  var bytes: [UInt8]

  static let identityLabel = "node.json"

  init(node: NodeCode, label: String, bytes: [UInt8]) {
    (self.node, self.label, self.bytes) = (node, label, bytes)
  }

  init(node: NodeCode, identity: [UInt8]) {
    self.init(node: node, label: Letter.identityLabel, bytes: identity)
  }

  init(node: NodeCode, _ parcel: LogParcel) {
    self.init(node: node, label: parcel.label, bytes: parcel.bytes)
  }

  /// Lines that follow each other as one letter.
  init?(node: NodeCode, joining parcels: [LogParcel]) {
    var pieces: [LogParcel.Piece] = []
    for piece in parcels.flatMap(\.pieces) {
      if pieces.last?.segment == piece.segment {
        pieces[pieces.count - 1].bytes += piece.bytes
      } else {
        pieces.append(piece)
      }
    }
    if pieces.isEmpty { return nil }
    self.init(node: node, LogParcel(pieces))
  }

  var isIdentity: Bool { label == Letter.identityLabel }
}

/// Names a letter for the engine, which drops a second one of the same name within a day.
struct LetterID: Sendable, Hashable, CustomStringConvertible {
  var node: NodeCode
  /// Of the line; 0 of the identity.
  var sequence: Int
  /// The digest of the line's head: a redaction leaves it as it is, another history does not.
  var head: String

  /// `INC.812.<the first 16 hex digits of the digest of its head's digest>`.
  var description: String {
    "\(node).\(sequence).\(SHA256.hex(head.utf8).prefix(16))"
  }
}
