import Testing

@testable import LoggistModel

@Suite("The codec of entries")
struct EntryCodecTests {
  /// An entry of a kind with every field filled, its own and those that every kind may have.
  static func full(_ kind: Kind) throws -> Entry {
    var entry = Entry(
      kind, Scribe.incident("INC-12"), at: try #require(Timestamp("2022-01-05T20:50:00.250+01:00")),
      text: "Cannot enter \"Ṣọ̀kọ̀\"\n药\t\u{1}")
    entry.precision = .approximate
    entry.zone = "Africa/Lagos"
    entry.until = Timestamp("2022-01-05T21:10:00-03:30")
    entry.author = "ama"
    entry.tags = ["night", "药"]
    entry.refs = try ["INC.1", "LAB.812"].map { try #require(EntryRef($0)) }
    for rule in kind.rule.fields { entry[rule.field] = value(for: rule.type) }
    entry.fields.append(JSONMember("x_unknown", .object([JSONMember("n", .number("1.50"))])))
    entry.salt = "9f2c00000000000000000000000000ff"
    return entry
  }

  static func value(for type: FieldType) -> JSONValue {
    switch type {
    case .text: .string("Ward A")
    case .choice(let words), .suggestion(let words): .string(words.last ?? "")
    case .flag: .bool(true)
    case .integer: .integer(3)
    case .timestamp: .string("2022-01-05T21:00:00+01:00")
    case .day: .string("2026-03-20")
    case .entry: .string("INC.7")
    case .incident: .string("INC-3")
    case .priority: .string("P1")
    case .json: .object([JSONMember("text", .string("better"))])
    }
  }

  @Test(
    "What is written without a value tree is what the value tree holds", arguments: Kind.allKnown)
  func writing(kind: Kind) throws {
    for var entry in [try Self.full(kind), Entry(kind, at: Timestamp(Instant(milliseconds: -1)))] {
      var writer = JSONWriter()
      entry.write(into: &writer)
      #expect(String(decoding: writer.bytes, as: UTF8.self) == entry.json.text)
      #expect(try entry.asRead == Entry(json: entry.json))
      entry.fields = entry.fields.reversed() + [JSONMember("tags", .string("none"))]
      #expect(try entry.asRead == Entry(json: entry.json))
    }
  }

  @Test("a kind with all its fields comes back as it went", arguments: Kind.allKnown)
  func roundTrip(kind: Kind) throws {
    let entry = try EntryCodecTests.full(kind)
    let read = try Entry(json: entry.json)
    #expect(read == entry)
    #expect(read.json.text == entry.json.text)
    #expect(entry.problem == nil)
  }

  @Test("a kind's name is its own and stands in the log in lower case", arguments: Kind.allKnown)
  func names(kind: Kind) {
    #expect(Kind(name: kind.name) == kind)
    #expect(kind.name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F })
    #expect(kind.rule.kind == kind)
    #expect(!kind.rule.summary.isEmpty)
    if let person = kind.rule.person { #expect(kind.rule.has(person)) }
  }

  @Test("the table has every kind once, and no kind has a field twice")
  func table() {
    #expect(KindRule.table.map(\.kind) == Kind.allKnown)
    for rule in KindRule.table {
      #expect(Set(rule.fields.map(\.field)).count == rule.fields.count)
    }
  }

  @Test("a complaint is written as docs/format.md shows it")
  func complaint() throws {
    var entry = Entry(
      .complaint, Scribe.incident("INC-12"),
      at: try #require(Timestamp("2022-01-05T20:50:00+01:00")), text: "Cannot enter new drugs",
      fields: [
        (.callback, .bool(true)), (.channel, .string("phone")), (.place, .string("Pharmacy")),
        (.caller, .string("pharmacist on call")),
      ])
    entry.salt = "9f2c"
    #expect(
      entry.json.text
        == #"{"kind":"complaint","incident":"INC-12","at":"2022-01-05T20:50:00+01:00","#
        + #""text":"Cannot enter new drugs","caller":"pharmacist on call","place":"Pharmacy","#
        + #""channel":"phone","callback":true,"salt":"9f2c"}"#)
  }

  @Test("common fields, the kind's own, the unknown and the salt are written in this order")
  func order() throws {
    #expect(
      try EntryCodecTests.full(.mitigation).json.text
        == #"{"kind":"mitigation","incident":"INC-12","at":"2022-01-05T20:50:00.250+01:00","#
        + #""precision":"approximate","zone":"Africa/Lagos","until":"2022-01-05T21:10:00-03:30","#
        + #""text":"Cannot enter \"Ṣọ̀kọ̀\"\n药\t\u0001","outcome":"reverted","#
        + #""tags":["night","药"],"refs":["INC.1","LAB.812"],"author":"ama","#
        + #""x_unknown":{"n":1.50},"salt":"9f2c00000000000000000000000000ff"}"#)
    #expect(
      Entry(.handover, at: try #require(Timestamp("2022-01-05T23:00:00+01:00"))).json.text
        == #"{"kind":"handover","at":"2022-01-05T23:00:00+01:00"}"#)
  }

  @Test("an unknown kind and its fields survive")
  func unknownKind() throws {
    let json = JSONValue.object([
      JSONMember("kind", .string("telepathy")), JSONMember("at", .string("2022-01-05T20:50:00Z")),
      JSONMember("caller", .integer(3)), JSONMember("waves", .array([.null])),
    ])
    let entry = try Entry(json: json)
    #expect(entry.kind == Kind(name: "telepathy"))
    #expect(!entry.kind.isKnown)
    #expect(entry.problem == nil)
    #expect(
      entry.json.text
        == #"{"kind":"telepathy","at":"2022-01-05T20:50:00+00:00","caller":3,"waves":[null]}"#)
  }

  @Test(
    "a common field of another type or form is kept as it is",
    arguments: [
      JSONMember("text", .integer(5)), JSONMember("incident", .string("inc 12")),
      JSONMember("incident", .null), JSONMember("until", .string("later")),
      JSONMember("precision", .string("vague")), JSONMember("precision", .string("exact")),
      JSONMember("zone", .bool(false)), JSONMember("author", .array([])),
      JSONMember("tags", .array([])), JSONMember("tags", .array([.integer(1), .string("a")])),
      JSONMember("refs", .array([.string("INC.1"), .string("INC-1")])),
      JSONMember("salt", .number("1e5")),
    ])
  func wrongTypes(member: JSONMember) throws {
    let entry = try Entry(
      json: .object([
        JSONMember("kind", .string("note")), JSONMember("at", .string("2022-01-05T20:50:00Z")),
        member,
      ]))
    #expect(entry.fields == [member])
    #expect(entry.json.members?.last == member)
    #expect(try Entry(json: entry.json) == entry)
  }

  @Test(
    "without kind and time it is no entry",
    arguments: [
      (JSONValue.array([]), Entry.DecodingFailure.notAnObject),
      (.object([]), .missing("kind")),
      (.object([JSONMember("kind", .integer(1))]), .missing("kind")),
      (.object([JSONMember("kind", .string("note"))]), .missing("at")),
      (
        .object([JSONMember("kind", .string("note")), JSONMember("at", .string("noon"))]),
        .notATimestamp("noon")
      ),
    ])
  func failures(json: JSONValue, failure: Entry.DecodingFailure) {
    #expect(throws: failure) { try Entry(json: json) }
  }

  @Test("where a field stands twice the first wins")
  func duplicates() throws {
    let entry = try Entry(
      json: .object([
        JSONMember("kind", .string("note")), JSONMember("at", .string("2022-01-05T20:50:00Z")),
        JSONMember("text", .string("first")), JSONMember("kind", .string("check")),
        JSONMember("text", .string("second")),
      ]))
    #expect(entry.kind == .note)
    #expect(entry.text == "first")
    #expect(entry.fields.isEmpty)
  }

  @Test("a field can be set, changed and taken out")
  func fields() throws {
    var entry = Entry(.note, at: Timestamp(Scribe.start))
    entry[.place] = .string("Ward A")
    entry[.place] = .string("Ward B")
    entry[.callback] = .bool(true)
    #expect(entry.string(.place) == "Ward B")
    #expect(entry.flag(.callback))
    entry[.place] = nil
    entry[.owner] = nil
    #expect(entry.fields == [JSONMember("callback", .bool(true))])
  }

  @Test("setting replaces, adds and takes out; a change that makes it no entry is left out")
  func setting() throws {
    let entry = try EntryCodecTests.full(.complaint)
    let changed = entry.setting([
      JSONMember("text", .string("new")), JSONMember("zone", .null),
      JSONMember("at", .string("no time")), JSONMember("kind", .null),
      JSONMember("at", .string("2022-01-05T20:40:00+01:00")), JSONMember("level", .string("2")),
      JSONMember("salt", .string("guess")), JSONMember("caller", .null),
    ])
    #expect(changed.text == "new")
    #expect(changed.zone == nil)
    #expect(changed.kind == .complaint)
    #expect(changed.at.description == "2022-01-05T20:40:00+01:00")
    #expect(changed.string(.level) == "2")
    #expect(changed.string(.caller) == nil)
    #expect(changed.salt == entry.salt)
    #expect(changed.string(.place) == entry.string(.place))
  }
}

@Suite("What may be logged")
struct EntryValidationTests {
  private static let at = Timestamp(Scribe.start)

  private static func entry(
    _ kind: Kind, _ text: String?, _ fields: [(Field, JSONValue)]
  ) -> Entry {
    Entry(kind, Scribe.incident("INC-1"), at: at, text: text, fields: fields)
  }

  @Test(
    "a required field must be there and say something",
    arguments: KindRule.table.flatMap { rule in
      rule.fields.filter(\.isRequired).map { (rule.kind, $0.field) }
    })
  func required(kind: Kind, field: Field) throws {
    var entry = try EntryCodecTests.full(kind)
    entry[field] = nil
    #expect(entry.problem == .missing(field))
    entry[field] = .array([])
    #expect(
      entry.problem == .wrongType(field, expected: try #require(kind.rule.rule(for: field)).type))
    if kind.rule.rule(for: field)?.type == .text {
      entry[field] = .string(" \n")
      #expect(entry.problem == .missing(field))
    }
  }

  @Test("some kinds need words", arguments: KindRule.table.filter(\.needsText).map(\.kind))
  func text(kind: Kind) throws {
    var entry = try EntryCodecTests.full(kind)
    for text in [nil, "", " \t\n", "\u{3000}"] {
      entry.text = text
      #expect(entry.problem == .missingText)
    }
  }

  @Test("only desk-wide kinds may stand without an incident", arguments: Kind.allKnown)
  func incident(kind: Kind) throws {
    var entry = try EntryCodecTests.full(kind)
    entry.incident = nil
    #expect(entry.problem == (kind.rule.isDeskWide ? nil : .missingIncident))
  }

  @Test(
    "a value of the wrong form is named",
    arguments: [
      (Kind.opened, Field.class, JSONValue.string("fake"), "notOneOf class fake"),
      (.impact, .change, .string(""), "notOneOf change "),
      (.mitigation, .outcome, .string("HELD"), "notOneOf outcome HELD"),
      (.mitigation, .outcome, .bool(true), "wrongType outcome"),
      (.complaint, .channel, .string("pigeon"), "fine"),
      (.complaint, .callback, .string("yes"), "wrongType callback"),
      (.complaint, .formOpened, .string("20:50"), "wrongType form_opened"),
      (.engaged, .ref, .string("INC-7"), "wrongType ref"),
      (.merged, .into, .string("INC.7"), "wrongType into"),
      (.set, .priority, .string("P5"), "wrongType priority"),
      (.set, .priority, .string("2"), "fine"),
      (.measure, .due, .string("2026-02-30"), "wrongType due"),
      (.measure, .due, .string("2026-03-20T12:00:00Z"), "fine"),
      (.comms, .nextDue, .string("2026-03-20"), "wrongType next_due"),
      (.signed, .openHints, .number("1.5"), "wrongType open_hints"),
      (.corrected, .set, .string("text"), "wrongType set"),
      (.corrected, .set, .object([]), "wrongType set"),
      (.acknowledged, .who, .string(""), "fine"),
    ])
  func values(kind: Kind, field: Field, value: JSONValue, expected: String) throws {
    var entry = try EntryCodecTests.full(kind)
    entry[field] = value
    let problem =
      switch entry.problem {
      case nil: "fine"
      case .notOneOf(let field, let value, _)?: "notOneOf \(field.rawValue) \(value)"
      case .wrongType(let field, _)?: "wrongType \(field.rawValue)"
      case let other?: "\(other)"
      }
    #expect(problem == expected)
  }

  @Test("a set sets something besides giving a reason")
  func set() {
    #expect(EntryValidationTests.entry(.set, "critical", []).problem == .setsNothing)
    let reason = EntryValidationTests.entry(.set, nil, [(.reason, .string("critical"))])
    #expect(reason.problem == .setsNothing)
    let place = EntryValidationTests.entry(.set, nil, [(.place, .string("Ward A"))])
    #expect(place.problem == nil)
  }

  @Test("evidence has a path or an address")
  func evidence() {
    #expect(EntryValidationTests.entry(.evidence, "log", []).problem == .missing(.path))
    let path = EntryValidationTests.entry(.evidence, nil, [(.path, .string("error.txt"))])
    #expect(path.problem == nil)
    let url = EntryValidationTests.entry(.evidence, nil, [(.url, .string("https://x.example"))])
    #expect(url.problem == nil)
  }
}
