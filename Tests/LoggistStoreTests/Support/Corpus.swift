import Glibc
import LoggistModel
import LoggistStore
import Testing

/// The damaged stores of `data/corpus`, made from code; the committed bytes are what counts.
struct CorpusCase: Sendable, CustomTestStringConvertible {
  /// The folder's name.
  let name: String
  /// For the corpus's README.
  let summary: String
  /// Damages the good store in a folder.
  let damage: @Sendable (CorpusStore) throws -> Void

  var testDescription: String { name }

  init(
    _ name: String, _ summary: String, _ damage: @escaping @Sendable (CorpusStore) throws -> Void
  ) {
    (self.name, self.summary, self.damage) = (name, summary, damage)
  }

  /// `data/corpus` of this checkout.
  static var folder: String {
    let parts = #filePath.split(separator: "/").dropLast(4)
    return "/" + parts.joined(separator: "/") + "/data/corpus"
  }

  /// Makes the store of this case in a folder and damages it.
  func make(in folder: TemporaryFolder) throws {
    let store = CorpusStore(folder: folder)
    try store.build(months: 1)
    try damage(store)
    try store.tidy()
  }
}

/// The good store of a case, file by file.
struct CorpusStore {
  let folder: TemporaryFolder
  var path: String { folder.path + "/store" }
  static let january = "store/nodes/INC/2022-01.jsonl"

  func build(months: Int) throws {
    let store = try rehearsal(path, seed: "corpus")
    for month in 0..<months {
      let start = evening + .days(31 * month)
      let writer = try LogWriter(store: store, by: "ama", clock: steppingClock(from: start))
      let at = Timestamp(start, offsetMinutes: 60)
      let incident = IncidentID(node: inc, number: month + 1)
      _ = try writer.append(via: .tui) { _ in
        [
          Entry(.opened, incident, at: at, fields: [(.title, .string("Pharmacy"))]),
          Entry(.complaint, incident, at: at, text: "Cannot enter new drugs"),
          Entry(.observation, incident, at: at, text: "The form stays empty"),
          Entry(.restored, incident, at: at),
        ]
      }
    }
  }

  /// What differs from run to run, or is too large to keep.
  func tidy() throws {
    folder.write("store/nodes/INC/lock", [])
    try? SystemCalls.real.unlink(path + "/reserve")
  }

  var bytes: [UInt8] { folder.read(CorpusStore.january) }
  var lines: [[UInt8]] { bytes.split(separator: 0x0A).map { Array($0) + [0x0A] } }

  func replace(_ bytes: some Sequence<UInt8>) { folder.write(CorpusStore.january, bytes) }

  /// A line of its own behind the second one.
  func insert(_ line: some Sequence<UInt8>) {
    var lines = lines
    lines.insert(Array(line) + [0x0A], at: 2)
    replace(lines.joined())
  }

  func edit(_ old: String, _ new: String) {
    replace(text(bytes).replacing(old, with: new, maxReplacements: 1).utf8)
  }

  /// Goes on writing, as a shift after the damage does.
  func append(_ entry: Entry) throws {
    let store = try Store.open(path)
    let clock = steppingClock(from: evening + .hours(1))
    _ = try LogWriter(store: store, by: "ama", clock: clock).append(entry, via: .tui)
  }
}

extension CorpusCase {
  static let all: [CorpusCase] = [
    CorpusCase("good", "Nothing wrong.") { _ in },
    CorpusCase("torn-tail", "A crash cut the last write off.") {
      $0.replace($0.bytes.dropLast(40))
    },
    CorpusCase(
      "torn-tail-continued", "The same, and the next shift went on: `gap` covers the piece."
    ) {
      $0.replace($0.bytes.dropLast(40))
      try $0.append(note("after the crash"))
    },
    CorpusCase("glued-line", "Half a line with the next one glued to it by another tool.") {
      let lines = $0.lines
      $0.replace(lines[0] + lines[1].prefix(120) + lines[2] + lines[3])
    },
    CorpusCase("no-line-breaks", "Saved without its line breaks.") {
      $0.replace($0.lines.map { $0.dropLast() }.joined())
    },
    CorpusCase("carriage-returns", "Saved with carriage returns in their place.") {
      $0.replace($0.lines.map { $0.dropLast() + [0x0D] }.joined())
    },
    CorpusCase("nul-block", "A block of NUL bytes, as ext4 leaves it after a crash.") {
      $0.insert([UInt8](repeating: 0, count: 512))
    },
    CorpusCase("crlf-bom-blank", "Saved by an editor of another system.") {
      let lines = $0.lines.map { Array($0.dropLast()) + [0x0D, 0x0A] as [UInt8] }
      $0.replace([0xEF, 0xBB, 0xBF] + lines[0] + [0x0D, 0x0A] + lines[1...].joined())
    },
    CorpusCase("invalid-utf8", "A line in Latin-1.") {
      $0.insert(Array("{\"note\":\"Ger".utf8) + [0xE4] + Array("t\"}".utf8))
    },
    CorpusCase("lone-surrogate", "An escape that is half a character.") {
      $0.insert(#"{"note":"\ud83d"}"#.utf8)
    },
    CorpusCase("doubled-keys", "A key twice in a head and another in its entry.") {
      $0.edit(#""via":"tui","#, #""via":"tui","via":"cli","#)
    },
    CorpusCase("newer-version", "A line of format version 2.") {
      try $0.appendLine(version: 2, #"{"kind":"telepathy","mood":"bad","text":"from the future"}"#)
    },
    CorpusCase("unknown-kind", "A kind and fields that this version does not know.") {
      var entry = Entry(Kind(name: "telepathy"), at: Timestamp(evening), text: "heard it coming")
      entry.fields = [JSONMember("mood", .string("bad")), JSONMember("n", .number("1.50"))]
      try $0.append(entry)
    },
    CorpusCase("unreadable-entry", "An entry without a time.") {
      try $0.appendLine(version: 1, #"{"kind":"note","text":"when?"}"#)
    },
    CorpusCase("foreign-object", "A line of somebody else's JSON log.") {
      $0.insert(#"{"level":"info","msg":"service started"}"#.utf8)
    },
    CorpusCase("not-json", "A line typed with an editor.") {
      $0.insert("20:55 called Terence, no answer".utf8)
    },
    CorpusCase("nested-600", "Lists nested 600 deep.") {
      $0.insert(
        (String(repeating: "[", count: 600) + String(repeating: "]", count: 600)).utf8)
    },
    CorpusCase("great-numbers", "Numbers beyond every machine's, in fields of an unknown kind.") {
      var entry = Entry(Kind(name: "measured"), at: Timestamp(evening))
      entry.fields = [
        JSONMember("a", .number("1e999")), JSONMember("b", .number("18446744073709551616")),
      ]
      try $0.append(entry)
    },
    CorpusCase("altered-entry", "A word in an entry was changed.") {
      $0.edit("The form stays empty", "The form stays broken")
    },
    CorpusCase("altered-head", "Another account in a head.") {
      let lines = $0.lines
      let second = text(lines[1]).replacing(#""by":"ama""#, with: #""by":"eve""#)
      $0.replace(lines[0] + Array(second.utf8) + lines[2] + lines[3])
    },
    CorpusCase("missing-seq", "A line was taken out.") {
      let lines = $0.lines
      $0.replace(lines[0] + lines[1] + lines[3])
    },
    CorpusCase("fork", "Two different lines of one number.") {
      let lines = $0.lines
      let other = text(lines[2]).replacing("stays empty", with: "is on fire")
      $0.replace(Array(lines.joined()) + Array(other.utf8))
    },
    CorpusCase("equal-line-twice", "A line written again after a failed flush: no damage.") {
      let lines = $0.lines
      $0.replace(Array(lines.joined()) + lines[2])
    },
    CorpusCase("segment-gone", "The middle one of three months is gone.") {
      try $0.rebuild(months: 3)
      try SystemCalls.real.unlink($0.path + "/nodes/INC/2022-02.jsonl")
    },
    CorpusCase("gap-mismatch", "Bytes that a line accounts for were changed.") {
      $0.replace($0.bytes.dropLast(40))
      try $0.append(note("after the crash"))
      $0.edit(#""kind":"restored""#, #""kind":"resolved""#)
    },
    CorpusCase(
      "control-characters", "Escape sequences and bidirectional controls in a text: no damage."
    ) {
      try $0.append(note("\u{1B}[2J\u{1B}]0;owned\u{07} \u{202E}gnp.exe\u{202C} \u{0}"))
    },
    CorpusCase("no-node-file", "A node's folder without its node.json.") {
      try SystemCalls.real.unlink($0.path + "/nodes/INC/node.json")
    },
    CorpusCase("broken-store-file", "store.json is cut off.") {
      $0.folder.write("store/store.json", #"{"format":1,"store":"c0"#.utf8)
    },
    CorpusCase("redacted", "An entry that was redacted: no damage.") {
      let store = try Store.open($0.path)
      let clock = steppingClock(from: evening + .hours(1))
      _ = try Redaction.redact(
        EntryRef(node: inc, sequence: 2), reason: "named a patient",
        by: LogWriter(store: store, by: "ama", clock: clock), via: .cli, at: Timestamp(evening))
    },
    CorpusCase("config-mistakes", "Every sort of mistake in config.yaml.") {
      $0.folder.write("store/config.yaml", configuration.utf8)
    },
  ]

  private static let configuration = """
    desk: St. Nicholas IT desk
    zone: Africa/Lago
    hours: 13
    servces: [pharmacy]
    people:
      ama: {name: Ama Owusu, rolle: desk}
    on_call:
      - {team: applications, weekly: [t.waller], starts: "2022-01-03 08:00"}
      - {team: network, weekly: [ama], starts: soon}
    priority:
      matrix: {high: {high: P9}}
    targets: {P1: {ack: five, fix: 1h}, P3: {fix: 3d, calendar: offce}}
    calendars: {office: {mon-fri: "08:00-17:00", holidays: [2022-02-30]}}
    remind: {next_update: maybe}
    theme: default

    """
}

extension CorpusStore {
  func rebuild(months: Int) throws {
    folder.empty("store")
    try build(months: months)
  }

  /// A line with a good head, whose entry or version our writer would not write.
  func appendLine(version: Int, _ entry: String) throws {
    let head = try Verification.run(Store.open(path)).heads[0]
    let line =
      #"{"v":\#(version),"node":"INC","seq":\#(head.ref.sequence + 1),"logged":"2022-01-05T21:00:00.000Z","#
      + #""by":"ama","via":"cli","prev":"\#(head.digest)","digest":"\#(SHA256.base64URL(entry.utf8))","#
      + #""entry":\#(entry)}"# + "\n"
    replace(bytes + Array(line.utf8))
  }
}
