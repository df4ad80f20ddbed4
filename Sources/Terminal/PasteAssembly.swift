/// A bracketed paste under way: text of any size that ends at `ESC [ 2 0 1 ~` and nowhere else.
///
/// Controls go, but for tabs and line ends, which become line feeds: a paste cannot press a key.
struct PasteAssembly: Sendable {
  private static let terminator = Array("\u{1B}[201~".utf8)

  private var bytes: [UInt8] = []
  /// How much of the terminator the last bytes were.
  private var matched = 0
  private var endsWithReturn = false

  /// Takes a byte; the whole text once it is the last one.
  mutating func append(_ byte: UInt8) -> String? {
    if byte == PasteAssembly.terminator[matched] {
      matched += 1
      return matched == PasteAssembly.terminator.count ? text : nil
    }
    // What looked like a terminator is text, without its escape.
    for byte in PasteAssembly.terminator[..<matched].dropFirst() { keep(byte) }
    matched = byte == 0x1B ? 1 : 0
    if matched == 0 { keep(byte) }
    return nil
  }

  private mutating func keep(_ byte: UInt8) {
    switch byte {
    case 0x0D: bytes.append(0x0A)
    case 0x0A where endsWithReturn: break
    case 0x09, 0x0A, 0x20..<0x7F, 0x80...: bytes.append(byte)
    default: break
    }
    endsWithReturn = byte == 0x0D
  }

  private var text: String {
    var text = String(decoding: bytes, as: UTF8.self)
    text.unicodeScalars.removeAll { (0x80..<0xA0).contains($0.value) }
    return text
  }

  /// What a key would have been in a paste; nil for one that is no text.
  static func character(_ event: InputEvent) -> Character? {
    guard case .key(let key) = event, key.modifiers.isEmpty else { return nil }
    return switch key.code {
    case .character(let character): character
    case .enter: "\n"
    case .tab: "\t"
    default: nil
    }
  }
}
