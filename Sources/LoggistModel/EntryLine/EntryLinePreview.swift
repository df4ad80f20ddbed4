/// How an entry line will be recorded: what the line under the composer shows and what `entries` logs.
package struct EntryLinePreview: Sendable, Hashable {
  package var kind: Kind
  package var at: Timestamp
  /// The line says when; otherwise `at` is the present.
  package var hasTime = false
  package var precision: Entry.Precision = .exact
  /// The end of an interval that `at` begins: `20:45-21:10`, `until=21:10`.
  package var until: Timestamp?
  /// What is left of the line without its tokens; nil where nothing is left.
  package var text: String?
  /// Without their `#`, in the order of the line.
  package var tags: [String] = []
  /// The fields of the kind, in the order of the line.
  package var fields: [JSONMember] = []
  /// From `@person`, in kinds that have no field for a person.
  package var author: String?
  /// What `!1` and `!major` set on the incident, in kinds that have no field for it: the fields of a `set` entry.
  package var changes: [JSONMember] = []
  /// Remarks that block nothing.
  package var doubts: [EntryLineDoubt] = []
  /// Why the line cannot be logged as it stands; the first reason, where there are several.
  package var problem: EntryLineProblem?
  /// Which bytes of the line were recognised, and as what; in the order of the line, never overlapping.
  package var spans: [Span] = []

  package init(_ kind: Kind, at: Timestamp) {
    (self.kind, self.at) = (kind, at)
  }

  /// A recognised token.
  package struct Span: Sendable, Hashable {
    /// Offsets into the line's UTF-8.
    package let range: Range<Int>
    package let meaning: Meaning

    package enum Meaning: Sendable, Hashable {
      case time, until, person, service, place, tag, priority, major, canned
      case field(Field)
      /// The backslash that keeps the token behind it in the text.
      case escape
    }
  }
}

extension EntryLinePreview {
  /// A field's value, of the kind itself or of the incident that it changes.
  package subscript(field: Field) -> JSONValue? {
    (fields + changes).first { $0.name == field.rawValue }?.value
  }

  package var place: String? { self[.place]?.string }
  package var service: String? { self[.service]?.string }
  package var priority: Priority? { self[.priority]?.string.flatMap { Priority($0) } }
  package var isMajor: Bool { self[.major]?.bool ?? false }

  /// The person of an `@person`: in the kind's own field, else the author.
  package var person: String? {
    if let field = kind.rule.person { self[field]?.string } else { author }
  }
}

extension EntryLinePreview {
  /// What will be logged: one entry, or two where `!1` or `!major` stand in a kind that has no field for them;
  /// the second is then the `set` that changes the incident.
  ///
  /// Without an incident the `set` has nothing to change, and its `problem` says so.
  package func entries(incident: IncidentID?) -> [Entry] {
    var entry = Entry(kind, incident, at: at, text: text)
    (entry.precision, entry.until, entry.tags) = (precision, until, tags)
    (entry.fields, entry.author) = (fields, author)
    guard !changes.isEmpty else { return [entry] }
    var change = Entry(.set, incident, at: at)
    (change.precision, change.fields, change.author) = (precision, changes, author)
    return [entry, change]
  }
}
