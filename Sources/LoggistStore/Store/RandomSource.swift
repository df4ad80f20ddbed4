internal import LoggistModel

/// Random bits, or in a rehearsal with a seed bits that follow from it: SHA-256 of the seed and of what they are for.
struct RandomSource {
  let seed: String?
  let random: @Sendable (Int) -> [UInt8]

  private func bits(_ purpose: String) -> [UInt8] {
    guard let seed else { return random(16) }
    return Array(SHA256.digest(Array("\(seed)\n\(purpose)".utf8)).prefix(16))
  }

  /// 128 bits in hex for an entry's salt.
  func salt(_ ref: EntryRef) -> String { hex(bits("salt \(ref)")) }

  /// Those of many entries one behind the other, `saltLength` digits each; true random bits are asked for once.
  func salts(from first: EntryRef, count: Int) -> [UInt8] {
    guard seed != nil else { return hexDigits(random(count * 16)) }
    return (0..<count).flatMap {
      salt(EntryRef(node: first.node, sequence: first.sequence + $0)).utf8
    }
  }

  static let saltLength = 32

  /// A UUID of version 4 (RFC 9562).
  func uuid(_ purpose: String) -> String {
    var bits = bits(purpose)
    bits[6] = bits[6] & 0x0F | 0x40
    bits[8] = bits[8] & 0x3F | 0x80
    let digits = Array(hex(bits))
    let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
    return parts.joined(separator: "-")
  }
}
