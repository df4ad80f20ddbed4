import LoggistModel
import LoggistStore

/// A part of a file of evidence on its way.
struct Piece: Sendable, Hashable {
  let name: EvidenceName
  let offset: Int
  let bytes: [UInt8]
  /// Of the whole file.
  let size: Int

  /// So many bytes at most: well below what an engine takes.
  static let limit = 256 << 10

  init(name: EvidenceName, offset: Int, _ part: (bytes: [UInt8], size: Int)) {
    (self.name, self.offset, bytes, size) = (name, offset, part.bytes, part.size)
  }

  /// Nil where a letter is none, or none that makes sense.
  init?(_ letter: Letter) {
    let words = letter.id.split(separator: ".")
    guard letter.label == Letter.evidenceLabel, words.count == 3,
      let name = EvidenceName(words[0]), let offset = Int(words[1]), let size = Int(words[2]),
      offset >= 0, size > 0, !letter.bytes.isEmpty, letter.bytes.count <= Piece.limit,
      offset <= size - letter.bytes.count
    else { return nil }
    self.init(name: name, offset: offset, (letter.bytes, size))
  }
}

extension Letter {
  static let evidenceLabel = "evidence"

  /// - Parameter node: whose log names the file.
  init(_ node: NodeCode, _ piece: Piece) {
    self.init(
      node: node, label: Letter.evidenceLabel, id: "\(piece.name).\(piece.offset).\(piece.size)",
      bytes: piece.bytes)
  }
}
