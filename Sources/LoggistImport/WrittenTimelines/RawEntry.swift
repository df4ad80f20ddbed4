internal import LoggistModel

/// An entry as it stands in the document: when it says it was, and all that belongs to it.
struct RawEntry {
  enum Part: Hashable {
    case prose([UInt8])
    /// A line of code: nothing in it is markup.
    case code([UInt8])
  }

  enum Form: Hashable { case bullet, plain, row, heading }

  let line: Int
  let form: Form
  var lead: WrittenLead?
  /// The time as it was written.
  var written: [UInt8] = []
  /// Zone of the table's header.
  var zone: DocumentZone?
  /// What it says, in pieces; the lead still stands in front of the first where `hasLead`.
  var parts: [Part] = []
  var hasLead = false
  /// The time stands behind the text instead: so many bytes at its end.
  var isTrailing = false
  /// A list's item among others that have times.
  var indent = 0
  var section = 0
}

extension RawEntry {
  mutating func add(_ text: [UInt8], after separator: UInt8) {
    guard !text.isEmpty else { return }
    if case .prose(var grown)? = parts.last {
      // Held once only, so that a long entry is not copied with each of its lines.
      parts[parts.count - 1] = .prose([])
      if !grown.isEmpty { grown.append(separator) }
      grown += text
      parts[parts.count - 1] = .prose(grown)
    } else {
      parts.append(.prose(text))
    }
  }

  /// What it says as plain text, without its time.
  func text(_ definitions: InlineText.Definitions, _ zones: ZoneBook) -> [UInt8] {
    var text: [UInt8] = []
    for (index, part) in parts.enumerated() {
      if index > 0 { text.append(0x0A) }
      switch part {
      case .code(let line): text += line
      case .prose(let bytes):
        var plain = InlineText.plain(bytes, definitions)
        if index == 0, hasLead, let lead, lead.separator != .other, InlineText.isPlain(bytes) {
          plain = Array(plain[min(lead.end, plain.count)...])
        } else if index == 0, hasLead, let read = LeadReader.read(plain, zones) {
          plain = Array(plain[read.end...])
        } else if index == 0, isTrailing, let read = TrailingTime.read(plain, zones) {
          plain = read.text
        }
        text += plain
      }
    }
    return text.trimmed.withoutBrackets
  }
}

extension [UInt8] {
  /// `[oncall was paged]`, set in brackets as a whole, as other texts are set in emphasis.
  fileprivate var withoutBrackets: [UInt8] {
    guard count > 2, first == UInt8(ascii: "["),
      firstIndex(of: UInt8(ascii: "]")) == count - 1
    else { return self }
    return Array(dropFirst().dropLast())
  }
}
