import Glibc
import LoggistModel
import Synchronization
import TestSupport
import Testing

@testable import LoggistStore

@Suite("The index of a log")
struct LogIndexTests {
  @Test(
    "folds the incidents that a journal of the whole log has, whatever was merged, moved, corrected and struck",
    arguments: 0..<60)
  func asJournal(seed: Int) throws {
    var log = try ScatteredLog(seed: UInt64(seed))
    try log.write()
    try expectJournal(of: &log)
  }

  @Test(
    "folds incidents that keep to themselves as a journal does, without a record of most entries",
    arguments: 0..<40)
  func calm(seed: Int) throws {
    var log = try ScatteredLog(seed: 500 + UInt64(seed), isCalm: true)
    try log.write()
    try expectJournal(of: &log)
  }

  @Test("leaves to others a log in which a correction makes an entry one whose text is wanted")
  func correctedKind() throws {
    let sample = try SampleStore()
    let writer = try LogWriter(
      store: sample.store, by: "ama", clock: steppingClock(from: evening + .hours(1)))
    let change = JSONValue.object([JSONMember("kind", .string("measure"))])
    _ = try writer.append(via: .cli) { _ in
      [
        Entry(
          .corrected, at: Timestamp(evening),
          fields: [(.ref, .string("INC.2")), (.set, change), (.reason, .string("a measure"))])
      ]
    }
    func isIndexed(_ kept: Set<Kind>) throws -> Bool {
      try LogIndex(sample.store, textsOf: kept, progress: { _ in }) != nil
    }
    #expect(try !isIndexed([.measure]))
    // With its text from the start, or where none is wanted, nothing is missing.
    #expect(try isIndexed([.measure, .observation]) && isIndexed([]) && isIndexed([.note]))
  }

  private func expectJournal(of log: inout ScatteredLog) throws {
    let index = try #require(try LogIndex(log.store, textsOf: everyKind, progress: { _ in }))
    #expect(index.count == log.records.count)
    for moment in [nil, log.someMoment()] {
      let journal = Journal(
        try log.contents.records.filter { record in moment.map { record.logged <= $0 } ?? true })
      let folded = incidents(index, asOf: moment)
      #expect(folded.count == journal.incidents.count)
      for (id, incident) in journal.incidents {
        #expect(folded[id] == SeenIncident(IncidentOutline(incident)), "\(id)")
      }
      #expect(index.lastEntries(asOf: moment) == last(journal))
    }
  }

  @Test("leaves out the texts that nobody wants, and keeps those of a kind that somebody does")
  func texts() throws {
    var log = try ScatteredLog(seed: 3)
    try log.write()
    let index = try #require(try LogIndex(log.store, textsOf: [.measure], progress: { _ in }))
    let maker = RecordMaker()
    var texts: [Kind: [String?]] = [:]
    for segment in index.segments {
      for place in segment.lines.indices where segment.other(place) == nil {
        let entry = maker.record(place, of: segment).entry
        texts[entry.kind, default: []].append(entry.text)
      }
    }
    #expect(texts[.note]?.isEmpty == false && texts[.measure]?.isEmpty == false)
    #expect(texts[.note]?.contains { $0 != nil } == false)
    #expect(texts[.measure]?.contains(nil) == false)
  }

  @Test("tells what a reader tells of a damaged log")
  func damaged() throws {
    for seed in 0..<40 {
      var log = try ScatteredLog(seed: 1000 + UInt64(seed))
      try log.write(damaging: true)
      let expected = try log.contents
      guard let index = try LogIndex(log.store, textsOf: everyKind, progress: { _ in }) else {
        continue
      }
      #expect(sorted(index.findings) == sorted(expected.findings), "\(seed)")
      let journal = Journal(expected.records)
      #expect(
        incidents(index, asOf: nil)
          == journal.incidents.mapValues { SeenIncident(IncidentOutline($0)) }, "\(seed)")
    }
  }

  @Test("leaves a log in which a number stands twice to the reader")
  func ambiguous() throws {
    var log = try ScatteredLog(seed: 7)
    try log.write()
    let segment = log.folder.read("store/nodes/INC/2022-01.jsonl")
    log.folder.write("store/nodes/INC/2022-02.jsonl", segment)
    #expect(try LogIndex(log.store, textsOf: [], progress: { _ in }) == nil)
  }

  @Test("leaves a log whose numbers do not rise to the reader")
  func unsorted() throws {
    var log = try ScatteredLog(seed: 7)
    try log.write()
    let lines = log.folder.read("store/nodes/INC/2022-01.jsonl").split(separator: 0x0A)
    let swapped = [lines[1], lines[0]] + lines[2...]
    log.folder.write("store/nodes/INC/2022-01.jsonl", swapped.flatMap { $0 + [0x0A] })
    #expect(try LogIndex(log.store, textsOf: [], progress: { _ in }) == nil)
  }

  @Test(
    "reads as a reader does what only looks like a line of ours",
    arguments: [
      #""incident":"INC-12","at":"2022-02-29T10:00:00Z""#,
      #""incident":"INC-12","at":"2022-04-31T10:00:00Z""#,
      #""incident":"INC-12","at":"2024-02-29T10:00:00Z""#,
      #""incident":"INC-12","at":"2022-01-05T24:00:00Z""#,
      #""incident":"INC-12","at":"2022-01-05T20:00:00-01:30""#,
      #""incident":"INC-12","at":"2022-01-05T20:00:00.5Z""#,
      #""incident":"INC-12","incident":"INC-13","at":"2022-01-05T20:00:00Z""#,
      #""incident":"INC-12","at":"2022-01-05T20:00:00Z","at":"2022-01-05T21:00:00Z""#,
      #""incident":"INC-12","at":"2022-01-05T20:00:00Z","text":"a","text":"b""#,
      #""incident":"INC-12","at":"2022-01-05T20:00:00Z","place":"a","place":"b""#,
      #""incident":"INC-012","at":"2022-01-05T20:00:00Z""#,
      #""incident":"INC-0","at":"2022-01-05T20:00:00Z""#,
      #""incident":"inc-12","at":"2022-01-05T20:00:00Z""#,
      #""incident":"INC-12345678901","at":"2022-01-05T20:00:00Z""#,
      #""incident":12,"at":"2022-01-05T20:00:00Z""#,
      #""incident":"INC-12""#,
    ])
  func looksPlain(members: String) throws {
    let folder = TemporaryFolder()
    _ = try rehearsal(folder.path + "/store", seed: "sample")
    let digest = String(repeating: "A", count: 43)
    let plain = #""incident":"INC-12","at":"2022-01-05T20:00:00Z""#
    var log = ""
    for (number, members) in [plain, members, plain].enumerated() {
      log +=
        #"{"v":1,"node":"INC","seq":\#(number + 1),"logged":"2022-01-05T20:00:0\#(number).000Z","#
      log += #""by":"ama","via":"cli","prev":"\#(digest)","digest":"\#(digest)","#
      log += #""entry":{"kind":"note",\#(members)}}"# + "\n"
    }
    folder.write("store/nodes/INC/2022-01.jsonl", Array(log.utf8))
    let store = try Store.open(folder.path + "/store")
    var reader = LogReader(store: store)
    let expected = try reader.load()
    let index = try #require(try LogIndex(store, textsOf: everyKind, progress: { _ in }))
    #expect(sorted(index.findings) == sorted(expected.findings))
    #expect(
      incidents(index, asOf: nil)
        == Journal(expected.records).incidents.mapValues { SeenIncident(IncidentOutline($0)) })
  }

  @Test("counts its entries to whoever waits")
  func progress() throws {
    var log = try ScatteredLog(seed: 3)
    try log.write()
    let told = EntryCount()
    let index = try #require(try LogIndex(log.store, textsOf: [], progress: told.add))
    #expect(told.sum == index.count)
  }

  private let everyKind = Set(Kind.allKnown)

  private func incidents(_ index: LogIndex, asOf: Instant?) -> [IncidentID: SeenIncident] {
    index.fold(asOf: asOf, from: [IncidentID: SeenIncident]()) { known, incident in
      // Each comes once: a second one would take the place of the first.
      known[incident.id] = known[incident.id] == nil ? SeenIncident(incident) : nil
    }
    .reduce(into: [:]) { $0.merge($1, uniquingKeysWith: { first, _ in first }) }
  }

  private func last(_ journal: Journal) -> [EntryRef] {
    Dictionary(grouping: journal.records.map(\.ref), by: \.node).values
      .compactMap { $0.max() }.sorted()
  }

  private func sorted(_ findings: [Finding]) -> [String] {
    findings.map { "\($0.path) \($0.line ?? 0) \($0.offset) \($0.reason)" }.sorted()
  }
}

/// All that figures can ask an incident for.
private struct SeenIncident: Hashable {
  let state: IncidentState
  let counts: IncidentOutline.Counts
  let own, reports: [String]

  init(_ incident: IncidentOutline) {
    (state, counts) = (incident.state, incident.counts)
    own = incident.own.map { SeenIncident.entry($0, incident.words) }
    reports = incident.reports.map { SeenIncident.entry($0, incident.words) }
  }

  private static func entry(_ moment: Moment, _ words: any EntryWords) -> String {
    let place = Int(moment.place)
    let fields = Field.allCases.map { field in
      "\(field): \(words.string(field, at: place) ?? "-") \(words.flag(field, at: place) as Any)"
    }
    return """
      \(moment.ref) \(moment.incident as Any) \(moment.kind) \(moment.timestamp) \(moment.logged) \
      \(moment.target as Any) \(moment.isApproximate) \(moment.isBackfill) \(moment.isCorrected) \
      \(moment.isRedacted) \(moment.detail) \(moment.standing) \(words.author(at: place)) \
      \(words.text(at: place) ?? "-") \(words.refs(at: place)) \(words.until(at: place) as Any) \(fields)
      """
  }
}

private final class EntryCount: Sendable {
  private let count = Mutex(0)
  var sum: Int { count.withLock { $0 } }
  func add(_ more: Int) { count.withLock { $0 += more } }
}

/// A random log of three nodes as files, each in three segments.
private struct ScatteredLog {
  let folder = TemporaryFolder()
  let records: [Record]
  private(set) var store: Store
  private var random: SeededGenerator

  init(seed: UInt64, isCalm: Bool = false) throws(StoreError) {
    store = try rehearsal(folder.path + "/store", seed: "sample")
    random = SeededGenerator(seed: seed &+ 77)
    var log = RandomLog(seed: seed, count: seed % 3 == 0 || isCalm ? 300 : 40, isCalm: isCalm)
    _ = log.random.next()
    records = log.records
  }

  /// What a reader makes of the files, without the salt, which an index never keeps.
  var contents: LogContents {
    get throws {
      var reader = LogReader(store: store)
      var contents = try reader.load()
      for place in contents.records.indices { contents.records[place].entry.salt = nil }
      return contents
    }
  }

  mutating func someMoment() -> Instant { random.pick(records).logged }

  mutating func write(damaging: Bool = false) throws(StoreError) {
    for node in Set(records.map(\.ref.node)).sorted() {
      let records = records.filter { $0.ref.node == node }.sorted { $0.ref < $1.ref }
      mkdir(store.path + "/nodes/\(node)", 0o700)
      for part in 0..<3 {
        let range = part * records.count / 3..<(part + 1) * records.count / 3
        var text: [UInt8] = []
        for record in records[range] { text += line(record) + [0x0A] }
        if damaging, !text.isEmpty { damage(&text) }
        folder.write("store/nodes/\(node)/2022-0\(part + 1).jsonl", text)
      }
    }
    store = try Store.open(store.path)
  }

  private mutating func line(_ record: Record) -> [UInt8] {
    var entry = record.entry
    switch random.below(12) {
    case 0: entry.text = "says “no”, \"no\"\nand \\ again \u{1}"
    case 1: entry.text = "药房 💊 é"
    case 2: entry.author = "zoë"
    case 3: entry.tags = ["a", "日本"]
    case 4: entry.precision = .approximate
    case 5: entry.until = Timestamp(entry.at.instant + .minutes(5), offsetMinutes: -90)
    case 6: entry.fields.append(JSONMember("odd", .object([JSONMember("a", .number("1e99"))])))
    case 7: entry.salt = "00ff"
    default: break
    }
    let digest = String(repeating: "A", count: 43)
    let text = JSONValue.object([
      JSONMember("v", .integer(random.below(40) == 0 ? 2 : 1)),
      JSONMember("node", .string("\(record.ref.node)")),
      JSONMember("seq", .integer(record.ref.sequence)),
      JSONMember("logged", .string(Timestamp.utcText(record.logged))),
      JSONMember("by", .string(random.pick(["ama", "kofi", "zoë", "a \"b\""]))),
      JSONMember("via", .string(random.below(20) == 0 ? "fax" : record.via.rawValue)),
      JSONMember("prev", .string(digest)), JSONMember("digest", .string(digest)),
      JSONMember("entry", entry.json),
    ]).text
    return Array(text.utf8)
  }

  private mutating func damage(_ text: inout [UInt8]) {
    for _ in 0..<random.below(5) {
      let place = random.below(text.count)
      switch random.below(6) {
      case 0: text[place] = UInt8(random.below(256))
      case 1: text.remove(at: place)
      case 2: text.insert(0x0A, at: place)
      case 3: text.insert(contentsOf: Array(" \n\n".utf8), at: place)
      case 4: text.removeLast(random.below(min(text.count, 20)))
      default: text.insert(contentsOf: [0x0D, 0x0A], at: place)
      }
      if text.isEmpty { return }
    }
  }
}
