import LoggistModel
import LoggistStore
import Testing

@Suite("Hostile and damaged lines")
struct HostileLineTests {
  /// Puts bytes as a line of their own behind the second line of a good log.
  private func reading(
    _ line: [UInt8]
  ) throws -> (records: [Record], findings: [Finding], good: [Record]) {
    let sample = try SampleStore()
    var lines = sample.lines
    lines.insert(line + [0x0A], at: 2)
    sample.replace(Array(lines.joined()))
    let contents = try sample.load()
    return (contents.records, contents.findings, sample.records)
  }

  static let strange: [(String, [UInt8], FindingReason)] = [
    ("not JSON", Array("2022-01-05 printer out of paper".utf8), .notJSON(.syntax)),
    ("a list", Array("[1,2]".utf8), .notAnObject),
    ("a number", Array("12".utf8), .notAnObject),
    ("somebody else's object", Array(#"{"level":"info"}"#.utf8), .notOurs(missing: "v")),
    (
      "our object without a digest",
      Array(
        #"{"v":1,"node":"INC","seq":9,"logged":"2022-01-05T19:51:12.345Z","by":"a","via":"cli","prev":"x","entry":{}}"#
          .utf8), .notOurs(missing: "digest")
    ),
    (
      "another node's line", Array(#"{"v":1,"node":"WARD","seq":9}"#.utf8), .otherNode("WARD")
    ),
    ("NUL bytes", [UInt8](repeating: 0, count: 4096), .nulBytes(4096)),
    (
      "invalid UTF-8", Array("{\"a\":\"".utf8) + [0xC3, 0x28] + Array("\"}".utf8),
      .notJSON(.notUTF8)
    ),
    (
      "overlong UTF-8", Array("{\"a\":\"".utf8) + [0xC0, 0xAF] + Array("\"}".utf8),
      .notJSON(.notUTF8)
    ),
    (
      "a surrogate in UTF-8", Array("{\"a\":\"".utf8) + [0xED, 0xA0, 0x80] + Array("\"}".utf8),
      .notJSON(.notUTF8)
    ),
    ("a lone surrogate", Array(#"{"a":"\ud800"}"#.utf8), .notJSON(.badEscape)),
    ("an unknown escape", Array(#"{"a":"\x41"}"#.utf8), .notJSON(.badEscape)),
    ("a control character", Array("{\"a\":\"\u{1B}[2J\"}".utf8), .notJSON(.controlCharacter)),
    (
      "600 levels",
      Array((String(repeating: "[", count: 600) + String(repeating: "]", count: 600)).utf8),
      .notJSON(.tooDeep)
    ),
    ("100,000 levels", [UInt8](repeating: 0x5B, count: 100_000), .notJSON(.tooDeep)),
    ("an unclosed object", Array(#"{"v":1,"node":"INC""#.utf8), .notJSON(.syntax)),
    ("two values", Array("{} {}".utf8), .notJSON(.trailing)),
    ("a leading zero", Array(#"{"v":01}"#.utf8), .notJSON(.badNumber)),
    ("a comma too many", Array(#"{"v":1,}"#.utf8), .notJSON(.syntax)),
    ("a word", Array(#"{"v":nul}"#.utf8), .notJSON(.syntax)),
    ("a blank line", Array("  \t".utf8), .blankLine),
  ]

  @Test("Is kept and told of, and the good lines are read", arguments: strange)
  func strangeLine(name: String, line: [UInt8], reason: FindingReason) throws {
    let read = try reading(line)
    #expect(read.records == read.good)
    #expect(read.findings.map(\.reason) == [reason])
    #expect(read.findings.map(\.line) == [3])
  }

  @Test("A piece with a good line glued on costs the piece alone")
  func gluedLine() throws {
    let sample = try SampleStore()
    let lines = sample.lines
    for cut in 1..<lines[1].count - 1 {
      sample.replace(lines[0] + lines[1].prefix(cut) + lines[2] + lines[3])
      let contents = try sample.load()
      #expect(contents.records.map(\.ref.sequence) == [1, 3, 4], "cut at \(cut)")
      #expect(contents.findings.map(\.reason) == [.glued(bytes: cut)])
    }
  }

  @Test("Bytes behind a good line cost themselves alone")
  func trailingBytes() throws {
    let sample = try SampleStore()
    let lines = sample.lines
    sample.replace(lines[0] + lines[1].dropLast() + Array("}x".utf8) + lines[2] + lines[3])
    let contents = try sample.load()
    #expect(contents.records == sample.records)
  }

  @Test("Byte order mark, CR LF and blank lines are tolerated, and verified")
  func tolerated() throws {
    let sample = try SampleStore()
    let crlf = Array(
      sample.lines.map { Array($0.dropLast()) + [0x0D, 0x0A, 0x0D, 0x0A] as [UInt8] }.joined())
    sample.replace([0xEF, 0xBB, 0xBF] + crlf)
    let contents = try sample.load()
    #expect(contents.records == sample.records)
    #expect(
      Set(contents.findings.map(\.reason)) == [.byteOrderMark, .carriageReturn, .blankLine])
    #expect(try sample.verify().findings == contents.findings)
  }

  @Test("Numbers beyond every machine's keep their digits")
  func greatNumbers() throws {
    let text = #"{"a":1e999,"b":18446744073709551616,"c":-0.0,"d":0.1000}"#
    #expect(try JSONText.parse(text.utf8).text == text)
  }

  @Test("JSON text keeps order and doubled members, and names what is wrong")
  func jsonText() throws {
    #expect(
      try JSONText.parse(#" {"b":[],"a":{},"b":"\u00e9\n😀 \ud83d\ude00"} "#.utf8)
        == .object([
          JSONMember("b", .array([])), JSONMember("a", .object([])),
          JSONMember("b", .string("é\n😀 😀")),
        ]))
    #expect(throws: JSONText.Failure.self) { try JSONText.parse([]) }
    #expect(throws: JSONText.Failure.self) { try JSONText.parse("{".utf8) }
    #expect(throws: JSONText.Failure.self) { try JSONText.parse("1 2".utf8) }
  }

  @Test("Head members in another order, spaces and a doubled key are read")
  func otherOrder() throws {
    let sample = try SampleStore(lines: 1)
    let line = """
      { "seq" : 2, "node" : "INC", "prev" : "p", "digest" : "d", "via" : "nagios", "by" : "bot", "by" : "x",\
       "logged" : "2022-01-05T19:52:00Z", "v" : 1, "entry" : { "kind" : "note", "at" : "2022-01-05T20:50+01:00" } }

      """
    sample.replace(sample.bytes + Array(line.utf8))
    let contents = try sample.load()
    #expect(contents.records.count == 2)
    #expect(contents.records.last?.by == "bot")
    #expect(contents.findings.map(\.reason) == [.doubledKey("by")])
  }

  @Test("A newer version's line is shown as a note with all its fields")
  func newerVersion() throws {
    let sample = try SampleStore(lines: 1)
    let line =
      #"{"v":2,"node":"INC","seq":2,"logged":"2022-01-05T19:52:00.000Z","sig":"…","entry":{"what":"x","text":"hello"}}"#
      + "\n"
    sample.replace(sample.bytes + Array(line.utf8))
    let contents = try sample.load()
    let entry = try #require(contents.records.last?.entry)
    #expect(contents.records.last?.version == 2)
    #expect(!entry.kind.isKnown)
    #expect(entry.text == "hello")
    #expect(entry.fields == [JSONMember("what", .string("x"))])
    #expect(contents.findings.map(\.reason) == [.higherVersion(2)])
  }

  @Test("A line of 64 MiB and one byte is passed over without being held")
  func hugeLine() throws {
    let sample = try SampleStore()
    let lines = sample.lines
    let huge = [UInt8](repeating: 0x78, count: (64 << 20) + 1) + [0x0A]
    sample.replace(lines[0] + lines[1] + huge + lines[2] + lines[3])
    let contents = try sample.load()
    #expect(contents.records == sample.records)
    #expect(contents.findings.map(\.reason) == [.tooLong])
    #expect(contents.findings.map(\.line) == [3])
  }

  @Test("A line full of places to try again from costs no more than a few tries")
  func manyRetries() throws {
    let sample = try SampleStore()
    let lines = sample.lines
    let line = Array(String(repeating: "{\"v\":", count: 200_000).utf8) + [0x0A]
    sample.replace(lines[0] + lines[1] + line + lines[2] + lines[3])
    let contents = try sample.load()
    #expect(contents.records == sample.records)
    #expect(contents.findings.count == 1)
  }

  @Test(
    "A log whose line breaks are gone, or are carriage returns, is read, verified and written on",
    arguments: [[], [0x0D]] as [[UInt8]])
  func noLineBreaks(_ separator: [UInt8]) throws {
    let sample = try SampleStore(lines: 1)
    let writer = try LogWriter(
      store: sample.store, by: "ama", clock: steppingClock(from: evening + .hours(1)))
    _ = try writer.append(via: .tui) { _ in (2...8000).map { note("line \($0)") } }
    let numbers = Array(1...8000)
    sample.replace(Array(sample.lines.map { $0.dropLast() }.joined(separator: separator)))
    #expect(try sample.load().records.map(\.ref.sequence) == numbers)
    let ref = EntryRef(node: inc, sequence: 4711)
    #expect(try LogReader.records(about: ref, in: sample.store)?.records.map(\.ref) == [ref])
    let verification = try sample.verify()
    #expect(verification.isClean && verification.lines == 8000)
    let later = try LogWriter(
      store: sample.store, by: "ama", clock: steppingClock(from: evening + .hours(9)))
    #expect(try later.append(note("and on"), via: .tui)?.ref.sequence == 8001)
    #expect(try sample.load().records.map(\.ref.sequence) == numbers + [8001])
    #expect(try sample.verify().isClean)
  }

  @Test(
    "Behind many good lines and a piece of one, a line with many objects that look like lines is read"
  )
  func objectsLikeLines() throws {
    let sample = try SampleStore(lines: 30)
    var lines = sample.lines
    let objects = Array(repeating: #"{"v":1}"#, count: 20).joined(separator: ",")
    lines[29] = Array(
      text(lines[29]).replacing(#""entry":{"#, with: #""entry":{"list":[\#(objects)],"#).utf8)
    lines[28].removeLast(20)
    sample.replace(lines[..<29].joined().filter { $0 != 0x0A } + lines[29])
    let contents = try sample.load()
    #expect(contents.records.map(\.ref.sequence) == Array(1...28) + [30])
    #expect(contents.findings.count == 1)
  }

  @Test("A line that is being written is left to its writer, whatever stands in it")
  func unfinishedLine() throws {
    let sample = try SampleStore()
    let end = sample.bytes.count
    for part in [#"{"v":1,"node":"INC","seq":5,"set":{"v":1}"#, "{"] {
      sample.replace(sample.lines.joined().prefix(end) + Array(part.utf8))
      let contents = try sample.load()
      #expect(contents.records == sample.records && contents.findings.isEmpty)
    }
  }

  @Test("An equal line counts once, another of the same number is a fork and both are shown")
  func repeatsAndForks() throws {
    let sample = try SampleStore()
    let lines = sample.lines
    sample.replace(sample.bytes + lines[1])
    #expect(try sample.load().records == sample.records)
    let fork = text(lines[1]).replacing("Nummer 2", with: "Nummer 9")
    sample.replace(Array((text(sample.bytes) + fork).utf8))
    let contents = try sample.load()
    #expect(contents.records.map(\.ref.sequence).sorted() == [1, 2, 2, 3, 4])
    #expect(contents.findings.map(\.reason) == [.fork(EntryRef(node: inc, sequence: 2))])
  }
}
