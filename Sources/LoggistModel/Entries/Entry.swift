/// One entry of the log: what happened, to which incident, and when; who recorded it stands in its `Record`.
package struct Entry: Sendable, Hashable {
  package var kind: Kind
  /// Absent on desk-wide entries: a handover, a complaint that nobody has attached yet.
  package var incident: IncidentID?
  /// When it happened.
  package var at: Timestamp
  package var precision: Precision = .exact
  /// The IANA zone of `at`, where somebody kept it.
  package var zone: String?
  /// The end of an interval that `at` begins.
  package var until: Timestamp?
  package var text: String?
  /// The person, where an account is shared; where it is absent, the record's `by` is the author.
  package var author: String?
  /// Without their `#`.
  package var tags: [String] = []
  package var refs: [EntryRef] = []
  /// The fields of its kind, and every field that this version does not know, in the order of the log.
  package var fields: [JSONMember] = []
  /// 128 random bits in hex, so that a redacted text's digest cannot be guessed at.
  package var salt: String?

  package enum Precision: String, Sendable, Hashable {
    case exact, approximate
  }

  package init(
    _ kind: Kind, _ incident: IncidentID? = nil, at: Timestamp, text: String? = nil,
    fields: [(Field, JSONValue)] = []
  ) {
    (self.kind, self.incident, self.at, self.text) = (kind, incident, at, text)
    self.fields = fields.map { JSONMember($0.rawValue, $1) }
  }
}

extension Entry {
  /// A field's value; setting nil takes the field out.
  package subscript(field: Field) -> JSONValue? {
    get { place(of: field).map { fields[$0].value } }
    set {
      let place = place(of: field)
      switch (place, newValue) {
      case (let place?, let value?): fields[place].value = value
      case (let place?, nil): fields.remove(at: place)
      case (nil, let value?): fields.append(JSONMember(field.rawValue, value))
      case (nil, nil): break
      }
    }
  }

  private func place(of field: Field) -> Int? { place(of: field.rawValue) }

  /// By index: a `first(where:)` copies every member that it passes, and the fold asks often.
  private func place(of name: String) -> Int? { fields.indices.first { fields[$0].name == name } }

  package func string(_ field: Field) -> String? { self[field]?.string }

  package func flag(_ field: Field) -> Bool { self[field]?.bool ?? false }

  /// The entry that this one is about (`ref`), where it names one.
  package var ref: EntryRef? { string(.ref).flatMap { EntryRef($0) } }

  package func incident(in field: Field) -> IncidentID? {
    string(field).flatMap { IncidentID($0) }
  }

  package var isRedacted: Bool { fields.contains { $0.name == "redacted" } }
}
