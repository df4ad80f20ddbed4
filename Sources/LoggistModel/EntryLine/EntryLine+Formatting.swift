extension EntryLine {
  /// The inverse of `read`: a line that reads as the same preview, spans and doubts aside.
  ///
  /// That holds for every preview without a problem that `read` can give, and for any tags, names and values. The
  /// time comes first and in full, the tokens next, the text last: what a token is then never depends on what
  /// follows the text. What no line can say is left out: a field of another kind, or one that holds a list.
  package static func format(
    _ preview: EntryLinePreview, in context: EntryLineContext
  ) -> String {
    var parts: [String] = []
    if preview.hasTime {
      parts.append((preview.precision == .approximate ? "~" : "") + preview.at.description)
    }
    if let until = preview.until { parts.append("until=\(until)") }
    parts += preview.changes.compactMap(mark)
    if let author = preview.author, preview.kind.rule.person == nil {
      parts.append(person(author, in: context))
    }
    parts += preview.fields.compactMap { assignment($0, in: preview.kind.rule) }
    parts += preview.tags.map { tag($0, preview.kind.rule, in: context) }
    let text = Array((preview.text ?? "").utf8).trimmed
    if !text.isEmpty {
      parts.append(escaped(text, opensLine: parts.isEmpty, as: preview.kind, in: context))
    }
    return parts.joined(separator: " ")
  }

  private static func mark(_ change: JSONMember) -> String? {
    switch Field(rawValue: change.name) {
    case .priority: change.value.string.flatMap { Priority($0) }.map { "!\($0.rawValue)" }
    case .major where change.value.bool == true: "!major"
    default: nil
    }
  }

  /// By the key where one leads to the name, as the word where it is one that nobody else is called, else quoted.
  private static func person(_ name: String, in context: EntryLineContext) -> String {
    let keys = context.people.filter { $0.value == name }.keys.sorted()
    let isUsable = { (word: String) in
      isToken(word)
        && (Vocabulary.value(word, in: context.people) ?? word).utf8.elementsEqual(name.utf8)
    }
    let word = keys.first(where: isUsable) ?? (isUsable(name) ? name : nil)
    return "@" + (word ?? QuotedValue.quoting(name))
  }

  private static func tag(
    _ tag: String, _ rule: KindRule, in context: EntryLineContext
  ) -> String {
    let isLookedUp =
      (rule.has(.service) && Vocabulary.name(tag, among: context.services) != nil)
      || (rule.has(.place) && Vocabulary.name(tag, among: context.places) != nil)
    return "#" + (isToken(tag) && !isLookedUp ? tag : QuotedValue.quoting(tag))
  }

  /// Whether the whole text may stand behind `@` or `#` as it is.
  private static func isToken(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    let word = Word(bytes, 0)
    return word.end == bytes.count && word.isName
  }

  private static func assignment(_ member: JSONMember, in rule: KindRule) -> String? {
    guard let field = Field(rawValue: member.name), let fieldRule = rule.rule(for: field),
      fieldRule.type != .json
    else { return nil }
    let value: String
    switch member.value {
    case .string(let text): value = isPlain(text) ? text : QuotedValue.quoting(text)
    case .bool(let flag): value = flag ? "yes" : "no"
    case .number(let digits): value = digits
    case .null, .array, .object: return nil
    }
    return "\(field.rawValue)=\(value)"
  }

  /// Letters, digits and what stands inside of words: no quotation marks needed.
  private static func isPlain(_ text: String) -> Bool {
    guard let last = text.utf8.last, !Word.closes(last) else { return false }
    return text.utf8.allSatisfy { $0.isLetter || $0.isDigit || "._-+/:".utf8.contains($0) }
  }

  /// The text with a backslash before everything in it that would be read as a token.
  private static func escaped(
    _ text: [UInt8], opensLine: Bool, as kind: Kind, in context: EntryLineContext
  ) -> String {
    var (escaped, place): ([UInt8], Int) = ([], 0)
    while place < text.count {
      var start = place
      if place == 0 || text[place - 1].isBlank {
        while start < text.count, text[start] == UInt8(ascii: "\\") { start += 1 }
        let time = opensLine && place == 0 ? leadingTime(text, at: start, context)?.end : nil
        if let end = time ?? EntryToken.find(in: text, at: start, as: kind, context)?.end {
          escaped.append(UInt8(ascii: "\\"))
          escaped += text[place..<end]
          place = end
          continue
        }
      }
      escaped.append(text[place])
      place += 1
    }
    return escaped.text
  }
}
