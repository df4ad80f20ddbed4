/// A token of an entry line, by its form alone: whether it still sets something is for the reader to judge.
///
/// Forms do not depend on what stands before them, so that `\` in front of one always means the same.
enum EntryToken: Sendable, Hashable {
  /// `@terence`, or `@"Terence Waller"`, which is not looked up.
  case person(String, isQuoted: Bool)
  /// `#pharmacy`, or `#"Ward A"`, which is always a tag.
  case name(String, isQuoted: Bool)
  case priority(Priority)
  case major
  /// `outcome=held`.
  case field(FieldRule, String)
  case until(WrittenTime)
  /// `;wifi`, and the sentence that it stands for.
  case canned(String)

  /// A token and where it ends; punctuation behind it (`@terence,`) stays outside.
  struct Found {
    let token: EntryToken
    let end: Int
  }
}

extension EntryToken {
  /// The token that begins at `place`, which is the start of the line or behind white space; nil: it is text.
  static func find(
    in bytes: [UInt8], at place: Int, as kind: Kind, _ context: EntryLineContext
  ) -> Found? {
    guard place < bytes.count else { return nil }
    switch bytes[place] {
    case UInt8(ascii: "@"): return named(bytes, place) { .person($0, isQuoted: $1) }
    case UInt8(ascii: "#"): return named(bytes, place) { .name($0, isQuoted: $1) }
    case UInt8(ascii: "!"):
      let word = Word(bytes, place + 1)
      return mark(word.text.lowercased()).map { Found(token: $0, end: word.end) }
    case UInt8(ascii: ";"):
      let word = Word(bytes, place + 1)
      guard word.isName, let sentence = Vocabulary.value(word.text, in: context.canned) else {
        return nil
      }
      return Found(token: .canned(sentence), end: word.end)
    case let first where first.isLetter: return assignment(bytes, place, as: kind, context)
    default: return nil
    }
  }

  /// `@word`, `#word`, `@"any text"`.
  private static func named(
    _ bytes: [UInt8], _ place: Int, _ make: (String, Bool) -> EntryToken
  ) -> Found? {
    if let quoted = QuotedValue.read(bytes, at: place + 1) {
      return quoted.text.isEmpty ? nil : Found(token: make(quoted.text, true), end: quoted.end)
    }
    let word = Word(bytes, place + 1)
    return word.isName ? Found(token: make(word.text, false), end: word.end) : nil
  }

  private static func mark(_ word: String) -> EntryToken? {
    switch word {
    case "major": .major
    case "1", "2", "3", "4", "p1", "p2", "p3", "p4": Priority(word).map { .priority($0) }
    default: nil
    }
  }

  /// `field=value` of a field that this kind has, and `until=` before a time; any other `a=b` is text.
  private static func assignment(
    _ bytes: [UInt8], _ place: Int, as kind: Kind, _ context: EntryLineContext
  ) -> Found? {
    guard let (name, start) = assignedName(bytes, place) else { return nil }
    let (value, end): (String, Int)
    if let quoted = QuotedValue.read(bytes, at: start) {
      (value, end) = (quoted.text, quoted.end)
    } else {
      let word = Word(bytes, start)
      guard !word.text.isEmpty, !QuotedValue.opens(bytes, at: start) else { return nil }
      (value, end) = (word.text, word.end)
    }
    if name == "until" {
      return FieldValue.time(value, context).map { Found(token: .until($0), end: end) }
    }
    guard let rule = Field(rawValue: name).flatMap({ kind.rule.rule(for: $0) }), rule.type != .json
    else { return nil }
    return Found(token: .field(rule, value), end: end)
  }

  /// A name of letters and `_` with `=` behind it, and where its value begins.
  static func assignedName(_ bytes: [UInt8], _ place: Int) -> (name: String, start: Int)? {
    var end = place
    while end < bytes.count, bytes[end].isLetter || bytes[end].isDigit || bytes[end] == 0x5F {
      end += 1
    }
    guard end > place, end < bytes.count, bytes[end] == UInt8(ascii: "=") else { return nil }
    return (Array(bytes[place..<end]).text, end + 1)
  }
}
