internal import LoggistModel

/// Reads the lead of a line, a heading or a cell.
struct LeadReader {
  enum Place { case line, cell }

  var cursor: LineCursor
  let words: [UInt8]
  let zones: ZoneBook
  let place: Place
  var lead = WrittenLead()

  /// No lead is longer.
  private static let limit = 160

  static func read(_ text: [UInt8], _ zones: ZoneBook, _ place: Place = .line) -> WrittenLead? {
    guard mayOpen(text) else { return nil }
    var reader = LeadReader(text, zones, place)
    return reader.read()
  }

  private init(_ text: [UInt8], _ zones: ZoneBook, _ place: Place) {
    let bytes = text.count > LeadReader.limit ? Array(text.prefix(LeadReader.limit)) : text
    cursor = LineCursor(bytes)
    words = bytes.indices.map { index in
      // `Europe/Lagos` is one word, `UTC/16:05` is two.
      let isInside = index + 1 < bytes.count && bytes[index + 1].isLetter
      if bytes[index] == UInt8(ascii: "/") { return isInside ? bytes[index] : 0x20 }
      switch bytes[index] {
      case 0x28, 0x29, 0x5B, 0x5D, 0x3B, 0x7C: return 0x20
      default: return bytes[index]
      }
    }
    (self.zones, self.place) = (zones, place)
  }

  /// A digit stands near the front of every lead, or a mark for one.
  private static func mayOpen(_ text: [UInt8]) -> Bool {
    text.prefix(40).contains { $0.isDigit || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "-") }
      || text.prefix(20).contains { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ",") }
      || text.count <= 20
  }

  mutating func read() -> WrittenLead? {
    cursor.skipSpaces()
    while cursor.take(anyOf: "*", "_") {}
    let close = cursor.take("[") ? "]" : cursor.take("(") ? ")" : nil
    qualify()
    guard elapsed() || absolute() || unreadable() else { return nil }
    qualifyBehind()
    lead.written = cursor.place
    if let close {
      cursor.skipSpaces()
      guard cursor.take(close) else { return nil }
      lead.separator = .bracket
    }
    while cursor.take(anyOf: "*", "_") {}
    guard isAtEnd else { return nil }
    separate()
    guard isEnough else { return nil }
    lead.end = cursor.place
    return lead
  }

  /// A word of a sentence does not go on here.
  var isAtEnd: Bool {
    guard let byte = cursor.byte else { return true }
    return byte.isBlank || ":;,.|)-=>".utf8.contains(byte) || byte == 0xE2
  }

  /// A day without a time opens an entry only where something parts it from the text, or digits alone make it.
  private var isEnough: Bool {
    if place == .cell || lead.hasTime || lead.isUnreadable || lead.endDay != nil { return true }
    return lead.separator != .none
      || lead.day?.isDigits == true
        && lead.day?.isFull == true && !lead.isNarrative
  }
}
