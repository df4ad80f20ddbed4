extension Entry {
  /// What somebody has put in their own words, on which nothing else depends: the text, and the fields that may tell who a
  /// patient is. Not the names of staff, services and places, which stand in most entries, and no word that was chosen from
  /// a list.
  package var ownWords: [String] {
    (text.map { [$0] } ?? []) + fields.flatMap { Entry.ownWords(of: $0) }
  }

  private static func ownWords(of member: JSONMember) -> [String] {
    switch (Field(rawValue: member.name), member.value) {
    case (.set, .object(let changes)):
      // What a correction makes of an entry; the text is none of its fields.
      changes.flatMap { $0.name == "text" ? strings(in: $0.value) : ownWords(of: $0) }
    case (.some(let field), let value): own.contains(field) ? strings(in: value) : []
    // Of another version: nobody knows what it holds.
    case (nil, let value): strings(in: value)
    }
  }

  private static let own: Set<Field> = [
    .title, .scope, .caller, .contact, .reason, .result, .options, .path, .url,
  ]

  private static func strings(in value: JSONValue) -> [String] {
    switch value {
    case .string(let text): [text]
    case .array(let values): values.flatMap { strings(in: $0) }
    case .object(let members): members.flatMap { strings(in: $0.value) }
    default: []
    }
  }
}
