internal import LoggistModel

extension LeadReader {
  mutating func qualify() {
    while let byte = cursor.byte, byte.isLetter || byte == UInt8(ascii: "~") || byte >= 0x80 {
      if cursor.take(anyOf: "~", "≈", "±") {
        lead.isApproximate = true
        cursor.skipSpaces()
        continue
      }
      let word = cursor.attempt { cursor -> String? in
        guard let word = cursor.word(), LeadReader.qualifiers.contains(word) else { return nil }
        _ = cursor.take(".")
        return cursor.skipSpaces() ? word : nil
      }
      switch word {
      case nil: return
      case "ca", "circa", "approx", "approximately": lead.isApproximate = true
      case "at", "on", "from", "between": lead.isNarrative = true
      default: (lead.isApproximate, lead.isNarrative) = (true, true)
      }
    }
  }

  /// Words before a time; all but the first four open a sentence.
  private static let qualifiers: Set<String> = [
    "ca", "circa", "approx", "approximately", "at", "on", "from", "between", "around", "about",
    "roughly", "before", "after", "by", "early", "late", "since", "until",
  ]

  /// `10:45~`, `14:05?`, `14:05ish`, `14:05 (approx.)`.
  mutating func qualifyBehind() {
    guard let byte = cursor.byte, " ~?i-".utf8.contains(byte) else { return }
    let isMarked = cursor.attempt { cursor -> Bool? in
      if cursor.take(anyOf: "~", "?", "ish", "-ish") { return true }
      guard cursor.skipSpaces() else { return nil }
      if cursor.take("~"), cursor.isAtBoundary { return true }
      guard cursor.take("("), let word = cursor.word(),
        ["approx", "approximately", "approximate", "estimated", "ca", "circa"].contains(word)
      else { return nil }
      _ = cursor.take(".")
      return cursor.take(")") ? true : nil
    }
    if isMarked == true { lead.isApproximate = true }
  }

  /// One mark of punctuation, one dash or arrow.
  mutating func separate() {
    cursor.skipBlanks()
    if let byte = cursor.byte, byte.isLetter || byte.isDigit { return }
    if cursor.take(anyOf: ":", ",", ".", ";") {
      if lead.separator == .none { lead.separator = .colon }
      cursor.skipBlanks()
      while cursor.take(anyOf: "**", "__") { cursor.skipBlanks() }
    }
    let isParted = cursor.attempt { cursor -> Bool? in
      guard cursor.take(anyOf: "=>", "->", "→", "–", "—", "|", "--", "-", ">", "=") else {
        return nil
      }
      return cursor.isAtBoundary || cursor.byte.map { $0.isLetter } == true ? true : nil
    }
    if isParted == true, lead.separator == .none { lead.separator = .dash }
    cursor.skipBlanks()
    if cursor.isAtEnd, lead.separator == .none { lead.separator = .other }
  }
}
