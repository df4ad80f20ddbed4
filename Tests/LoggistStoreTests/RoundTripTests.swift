import LoggistModel
import LoggistStore
import Testing

@Suite("Every kind through the file and back")
struct RoundTripTests {
  /// An entry of a kind with every field that its rule has.
  static func full(_ kind: Kind) -> Entry {
    var entry = Entry(
      kind, IncidentID(node: inc, number: 12), at: Timestamp(evening, offsetMinutes: 60),
      text: "„Grün“\n\"\\\t\u{1} \u{202E} 😀 \u{2028}",
      fields: kind.rule.fields.map { ($0.field, value(of: $0.type)) })
    entry.precision = .approximate
    entry.zone = "Africa/Lagos"
    entry.until = Timestamp(evening + .minutes(20), offsetMinutes: -210)
    entry.author = "ama"
    entry.tags = ["pharmacy", "größe"]
    entry.refs = [EntryRef(node: inc, sequence: 1)]
    entry.fields.append(JSONMember("x-unknown", .object([JSONMember("n", .number("1.0e2"))])))
    entry.fields.append(JSONMember("empty", .array([])))
    return entry
  }

  private static func value(of type: FieldType) -> JSONValue {
    switch type {
    case .choice(let words), .suggestion(let words): .string(words[0])
    case .flag: .bool(true)
    case .integer: .integer(3)
    case .timestamp: .string("2022-01-05T21:00:00+01:00")
    case .day: .string("2022-02-01")
    case .entry: .string("INC.7")
    case .incident: .string("INC-7")
    case .priority: .string("P2")
    case .json: .object([JSONMember("text", .string("new")), JSONMember("place", .null)])
    case .text: .string("some text")
    }
  }

  @Test("Of each kind all fields come back as they went", arguments: Kind.allKnown)
  func kinds(kind: Kind) throws {
    let folder = TemporaryFolder()
    let store = try rehearsal(folder.path + "/store")
    let writer = try LogWriter(store: store, by: "ama", clock: steppingClock())
    let plain = Entry(kind, at: Timestamp(evening))
    let written = try writer.append(via: .tui) { _ in [RoundTripTests.full(kind), plain] }
    var reader = LogReader(store: store)
    let contents = try reader.load()
    #expect(contents.records == written)
    #expect(contents.findings.isEmpty)
    var expected = RoundTripTests.full(kind)
    expected.salt = written[0].entry.salt
    #expect(written[0].entry == expected)
  }

  @Test("An entry is read alike by the store's decoder and by the model's, whatever its fields are")
  func decodersAgree() throws {
    let sample = try SampleStore(lines: 1)
    let values = [
      #""x""#, "1", "null", "true", "[]", #"["a"]"#, #"["INC.1"]"#, "[1]", "{}", #""INC-3""#,
      #""2022-01-05T20:50:00+01:00""#, #""approximate""#, #""""#, #""\u00e9\n""#,
    ]
    let names = [
      "kind", "incident", "at", "precision", "zone", "until", "text", "tags", "refs", "author",
      "salt", "other",
    ]
    var number = 2
    for name in names {
      for value in values {
        for prefix in ["", #""text":"first","#, #""kind":"note","at":"2022-01-05T20:50Z","#] {
          let entry = #"{\#(prefix)"\#(name)":\#(value),"at":"2022-01-05T20:50Z","kind":"check"}"#
          let line =
            #"{"v":1,"node":"INC","seq":\#(number),"logged":"2022-01-05T21:00:00.000Z","by":"a","via":"b","#
            + #""prev":"","digest":"","entry":\#(entry)}"# + "\n"
          sample.replace(Array(line.utf8))
          let record = try #require(try sample.load().records.first)
          if let expected = try? Entry(json: JSONText.parse(entry.utf8)) {
            #expect(record.entry == expected, "\(entry)")
          } else {
            #expect(!record.entry.kind.isKnown, "\(entry)")
          }
          number += 1
        }
      }
    }
  }

  @Test("A rehearsal with a seed gives the same bytes again")
  func reproducible() throws {
    let (first, second) = (try SampleStore(), try SampleStore())
    #expect(first.bytes == second.bytes)
    #expect(first.folder.read("store/store.json") == second.folder.read("store/store.json"))
    #expect(
      text(first.folder.read("store/store.json")).contains(#""rehearsal":true,"seed":"sample""#))
  }
}
