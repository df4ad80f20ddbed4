/// The name of a file that is kept as evidence: the SHA-256 of its bytes in hex, and nothing that anybody typed.
package struct EvidenceName: Sendable, Hashable, CustomStringConvertible {
  package let description: String

  /// Nil for anything but 64 digits of lower-case hex: what stands in a log never becomes another path.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 64,
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    description = String(text)
  }

  init(digest: [UInt8]) { description = hex(digest) }

  /// Relative to the store: `evidence/ab`.
  var folder: String { "evidence/\(description.prefix(2))" }

  /// Relative to the store: `evidence/ab/abcdef…`.
  package var path: String { "\(folder)/\(description)" }
}
