import Glibc
import LoggistDocuments
import LoggistModel
import TestSupport
import Testing

@testable import LoggistStore

@Suite("A search over the bytes of a log")
struct SearchingTests {
  @Test("finds what a search in everything finds, in stores of any form", arguments: 0..<stores)
  func likeAll(seed: UInt64) throws {
    var sample = try RandomStore(seed: seed)
    let all = try LogReader.contents(of: sample.store, detail: .everything, progress: { _ in })
    let records = all.pieces.flatMap(\.self)
    var count = 0
    for _ in 0..<60 {
      let query = sample.query()
      guard let search = Search(query) else { continue }
      let asOf = sample.random.below(4) == 0 ? sample.random.pick(records).logged : nil
      let isKnown: (Record) -> Bool = { record in asOf.map { record.logged <= $0 } ?? true }
      guard let part = try LogReader.journal(for: search, in: sample.store, where: isKnown) else {
        continue
      }
      count += 1
      let whole = Journal(records.filter(isKnown))
      for includesStruck in [false, true] {
        let found = search.hits(in: part.journal, includingStruck: includesStruck)
        let expected = search.hits(in: whole, includingStruck: includesStruck)
        #expect(
          found == expected,
          "\(seed): \(query): \(found.map(\.ref.description)), not \(expected.map(\.ref.description))"
        )
      }
    }
    // A log in which a number stands twice is read whole.
    #expect(count > 20 || sample.isDoubled, "\(seed): \(count)")
  }

  @Test(
    "makes of what is about an incident the incident that all of the log makes",
    arguments: 0..<stores)
  func about(seed: UInt64) throws {
    var sample = try RandomStore(seed: seed)
    // Where a number stands twice, all of the log is read.
    guard try LogMap(sample.store) != nil else { return }
    let all = Journal(
      try LogReader.contents(of: sample.store, detail: .everything, progress: { _ in }).pieces)
    for (id, incident) in all.incidents {
      let part = Journal(try #require(try LogReader.records(about: id, in: sample.store)).records)
      #expect(part.incidents[id] == incident, "\(seed): \(id)")
      let context = DocumentContext(asOf: evening, style: ClockStyle(zone: .utc), version: "1")
      #expect(
        PostMortemDocument(part, incident: id, context: context)
          == PostMortemDocument(all, incident: id, context: context), "\(seed): \(id)")
      let entry = sample.random.pick(incident.all)
      let records = try #require(try LogReader.records(about: entry.ref, in: sample.store)).records
      #expect(Journal(records).entry(entry.ref) == entry, "\(seed): \(entry.ref)")
    }
  }

  /// Entries that move others between incidents that are over come together rarely: it takes some stores to see it.
  @Test(
    "makes of what a board needs the board that all of the log makes",
    arguments: 0..<max(stores, 200))
  func board(seed: UInt64) throws {
    var sample = try RandomStore(seed: seed)
    let records = try LogReader.contents(
      of: sample.store, detail: .everything, progress: { _ in }
    ).pieces.flatMap(\.self)
    var count = 0
    for _ in 0..<6 {
      let zone = Zone(name: "Africa/Lagos", offsetMinutes: 60, abbreviation: "WAT")
      let now = evening + .minutes(random(&sample) * 30)
      let asOf = sample.random.below(3) == 0 ? sample.random.pick(records).logged : nil
      let isKnown: (Record) -> Bool = { record in asOf.map { record.logged <= $0 } ?? true }
      let part = try LogReader.boardJournal(
        of: sample.store, where: isKnown,
        isOfInterest: { zone.civil($0).date == zone.civil(now).date })
      guard let part else { continue }
      count += 1
      let board = Board(part.journal, now: now, zone: zone)
      let whole = Board(Journal(records.filter(isKnown)), now: now, zone: zone)
      #expect(board.open == whole.open, "\(seed)")
      #expect(board.resolvedToday == whole.resolvedToday, "\(seed)")
      #expect(board.unattached == whole.unattached, "\(seed)")
      #expect(board.callbacks == whole.callbacks, "\(seed)")
    }
    #expect(count == 6 || sample.isDoubled, "\(seed): \(count)")
  }

  @Test("finds the same whether it goes through 64 bytes at once, 32 or one", arguments: 0..<20)
  func widths(seed: UInt64) throws {
    var sample = try RandomStore(seed: seed)
    let nodes = sample.store.nodes.map(\.code)
    var log: [UInt8] = []
    for (place, node) in nodes.enumerated() {
      for segment in try sample.store.segments(of: node) {
        log += sample.folder.read("store/nodes/\(node)/\(segment)")
      }
      // Bytes that look like something, where nothing is expected.
      for _ in 0..<log.count / 50 {
        let odd = sample.random.pick(Array("\n\\u{\"v:.-19INCé".utf8))
        log[sample.random.below(log.count)] = odd
      }
      log.append(UInt8(ascii: "\n"))
      let search = Search(sample.query())
      var question = LineQuestion(wantsUnnamed: sample.random.below(2) == 0)
      if let words = search.flatMap({ WordSearch($0, nodes: nodes) }) { question.words = words }
      question.incidents = [IncidentID(node: inc, number: 1 + sample.random.below(9))]
      let whole = LineFinder(nodes: nodes, question)
      #expect(whole.use(width: 1))
      let expected = found(whole, log, of: place, nodes.count)
      #expect(found(LineFinder(nodes: nodes, question), log, of: place, nodes.count) == expected)
      for width in [64, 32] {
        let finder = LineFinder(nodes: nodes, question)
        // What this processor cannot do it is never asked for.
        guard finder.use(width: width) else { continue }
        #expect(found(finder, log, of: place, nodes.count) == expected, "\(width)")
      }
    }
  }

  /// Everything that is found in a log of the node at a place of `count` ones.
  private func found(
    _ finder: LineFinder, _ log: [UInt8], of node: Int, _ count: Int
  ) -> [String] {
    let padded = log + [UInt8](repeating: UInt8(ascii: "1"), count: JSONParser.padding)
    finder.begin(node)
    return padded.withUnsafeBytes { bytes in
      let ran = finder.run(UnsafeRawBufferPointer(rebasing: bytes[..<log.count]), at: 0)
      return ["\(ran)"] + finder.lines.map { "\($0)" } + finder.runs.map { "\($0)" }
        + finder.marks.map { "\($0)" }
        + (0..<count).flatMap { finder.entryMentions($0).map { "\($0)" } }
        + (0..<count).flatMap { finder.incidentMentions($0).map { "\($0)" } }
    }
  }

  @Test("finds the entry that was written below what a crash left of another of its number")
  func belowTornLine() throws {
    let sample = try SampleStore()
    sample.replace(sample.bytes.dropLast(40))
    let writer = try LogWriter(
      store: sample.store, by: "ama", clock: steppingClock(from: evening + .hours(1)))
    var complaint = Entry(.complaint, at: Timestamp(evening), text: "written after the crash")
    let logged = try #require(try writer.append(complaint, via: .tui))
    complaint.incident = IncidentID(node: inc, number: 1)
    let ref = EntryRef(node: inc, sequence: 4)
    #expect(logged.ref == ref)
    let (records, findings) = try #require(try LogReader.records(about: ref, in: sample.store))
    #expect(records.map(\.ref) == [ref])
    #expect(findings.count == 1)
    let board = try #require(
      try LogReader.boardJournal(
        of: sample.store, where: { _ in true }, isOfInterest: { _ in true }))
    #expect(Board(board.journal, now: evening, zone: .utc).unattached.map(\.ref) == [ref])
  }

  /// Half hours: the day of the log, and some around it.
  private func random(_ sample: inout RandomStore) -> Int { sample.random.below(120) - 40 }

  @Test(
    "knows at the end of a log the incidents that all of it knows, and says so where the end is not enough"
  )
  func recent() throws {
    let sample = try SampleStore(lines: 3000)
    let all = try sample.load()
    let incident = IncidentID(node: inc, number: 1)
    var depths: [Instant] = []
    let recent = try LogReader.recentRecords(about: incident, in: sample.store) { records, since in
      depths.append(since)
      return Journal(records).incidents[incident] != nil
    }
    let records = try #require(recent)
    #expect(depths.count == 1 && records.count < all.records.count)
    #expect(Set(records).isSubset(of: all.records.map(SearchingTests.withoutSalt)))
    let other = IncidentID(node: inc, number: 2)
    let missing = try LogReader.recentRecords(about: other, in: sample.store) { records, _ in
      Journal(records).incidents[other] != nil
    }
    #expect(missing == nil)
  }

  private static func withoutSalt(_ record: Record) -> Record {
    var record = record
    record.entry.salt = nil
    return record
  }

  /// As many as `LOGGIST_RANDOM_STORES` says in a long run.
  static let stores =
    UInt64(getenv("LOGGIST_RANDOM_STORES").map { String(cString: $0) } ?? "") ?? 60

  @Test("knows every spelling of each letter whose spellings it knows")
  func spellings() {
    var known: [Character: Spellings?] = [:]
    func check(_ text: String) {
      let lowered = text.lowercased()
      guard lowered.count == 1, let letter = lowered.first else { return }
      // What somebody types may be composed in another way.
      for letter in [letter] + (SearchingTests.composed[letter] ?? []) {
        let spellings = known[letter] ?? Spellings(letter)
        known[letter] = spellings
        guard let spellings else { continue }
        #expect(
          spellings.patterns.contains { $0.matches(Array(text.utf8)) },
          "\(text.unicodeScalars.map(\.value)): \(letter)")
      }
    }
    for scalar in (0x21...0x2FA1F as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)
    where scalar.properties.generalCategory != .unassigned {
      check(String(scalar))
    }
    for base in 0x41...0x7A {
      for mark in 0x300...0x36F {
        check(
          String(String.UnicodeScalarView([base, mark].compactMap { Unicode.Scalar(UInt32($0)) })))
      }
    }
    #expect(known.values.count { $0 != nil } > 20_000)
  }

  /// Letters of one scalar, by every letter that is equal to them.
  private static let composed: [Character: [Character]] = {
    var composed: [Character: [Character]] = [:]
    for scalar in (0xC0...0x1EFF as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init) {
      composed[Character(scalar), default: []].append(Character(scalar))
    }
    return composed
  }()
}
