/// Words to look for in entries. Every word must occur, in any order, in any case.
package struct Search: Sendable, Hashable {
  /// In small letters.
  package let words: [String]
  private let isPlain: Bool

  /// Nil where there is no word to look for.
  package init?(_ text: String) {
    words = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    if words.isEmpty { return nil }
    isPlain = words.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }
  }

  package func matches(_ effective: EffectiveEntry, title: String = "") -> Bool {
    words.allSatisfy { word in
      let entry = effective.entry
      // The cheapest and likeliest first: a search looks at many entries.
      if let text = entry.text, contains(word, in: text) { return true }
      if contains(word, in: title) || contains(word, in: entry.kind.name) { return true }
      return Search.details(of: effective).contains { contains(word, in: $0) }
    }
  }

  /// Whether every word occurs in one text.
  package func matches(_ text: String) -> Bool {
    words.allSatisfy { contains($0, in: text) }
  }

  /// Where in a text the first of the words to occur there begins, in characters; nil where none does.
  ///
  /// For showing it: letters that change their number in lower case may shift it.
  package func firstPlace(in text: String) -> Int? {
    let lowered = text.lowercased()
    return words.compactMap { word in
      lowered.ranges(of: word).first.map {
        lowered.distance(from: lowered.startIndex, to: $0.lowerBound)
      }
    }.min()
  }

  /// Everything that a person may remember of an entry: text, people, places, tags, numbers.
  static func texts(of effective: EffectiveEntry) -> [String] {
    let entry = effective.entry
    return [entry.text ?? "", entry.kind.name] + details(of: effective)
  }

  private static func details(of effective: EffectiveEntry) -> [String] {
    let entry = effective.entry
    var texts = [effective.author, effective.ref.description]
    if let incident = effective.incident { texts.append(incident.description) }
    texts += entry.tags
    for field in entry.fields {
      if let text = field.value.string { texts.append(text) }
    }
    if let foreign = entry.foreignIncident { texts.append(foreign) }
    return texts
  }

  /// Bytes where both are ASCII; else by character, so that a composed and a combining ù are the same letter.
  func contains(_ word: String, in text: String) -> Bool {
    if text.isEmpty { return false }
    if isPlain, text.utf8.allSatisfy({ $0 < 0x80 }) {
      return Search.containsASCII(word.utf8, in: text.utf8)
    }
    return text.lowercased().contains(word)
  }

  private static func containsASCII(_ word: String.UTF8View, in text: String.UTF8View) -> Bool {
    let (word, text) = (word.span, text.span)
    guard text.count >= word.count else { return false }
    for start in 0...(text.count - word.count) {
      var place = 0
      while place < word.count, lowercase(text[start + place]) == word[place] { place += 1 }
      if place == word.count { return true }
    }
    return false
  }

  private static func lowercase(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
  }
}
