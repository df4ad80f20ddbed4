import LoggistModel

/// The values of properties in the words of other systems.
enum PropertyValue {
  static func read(_ text: String, as field: Field) -> JSONValue? {
    switch field {
    case .priority: return priority(text).map { .string($0.description) }
    case .major:
      switch text.lowercased() {
      case "true", "yes", "1", "y": return .bool(true)
      case "false", "no", "0", "n": return .bool(false)
      default: return nil
      }
    default:
      guard case .choice(let allowed)? = Kind.set.rule.rule(for: field)?.type else {
        return .string(text)
      }
      let word = words(text).lowercased()
      let plain = word == "moderate" ? "medium" : word
      return allowed.contains(plain) ? .string(plain) : nil
    }
  }

  /// `P1`, `1`, `1 - Critical`, `P2 (high)`: the number, where something else than a letter stands behind it.
  private static func priority(_ text: String) -> Priority? {
    if let exact = Priority(text) { return exact }
    let bytes = Array(text.utf8)
    let start = bytes.first.map { $0 | 0x20 == UInt8(ascii: "p") } == true ? 1 : 0
    guard bytes.count > start + 1, !isWord(bytes[start + 1]) else { return nil }
    return Priority(String(decoding: bytes[start...start], as: UTF8.self))
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte >= 0x80
      || byte == UInt8(ascii: ".")
  }

  /// `2 - Medium` → `Medium`.
  private static func words(_ text: String) -> String {
    let letters = text.drop { $0.isNumber || $0 == " " || $0 == "-" || $0 == ":" }
    return String(letters)
  }
}
