import TestSupport
import Testing

@testable import LoggistModel

/// What follows the records that arrive is what reading everything anew would give.
@Suite struct RegisterTests {
  @Test(arguments: 1...60) func `The board that follows is the board made anew`(_ seed: Int) {
    let log = RandomLog(seed: UInt64(seed), count: 160)
    var random = SeededGenerator(seed: UInt64(seed) &* 77)
    var register = Register(now: Scribe.start, zone: Desk.lagos)
    var rest = log.records[...]
    var now = Scribe.start
    while !rest.isEmpty {
      let batch = Array(rest.prefix(Int.random(in: 1...9, using: &random)))
      rest = rest.dropFirst(batch.count)
      register.take(batch)
      if Int.random(in: 0..<6, using: &random) == 0 {
        now = now + .hours(Int.random(in: -3...30, using: &random))
        register.turn(to: now)
      }
      let anew = Board(register.journal, now: now, zone: Desk.lagos)
      #expect(register.board.open == anew.open)
      #expect(register.board.resolvedToday == anew.resolvedToday)
      #expect(register.board.earlier == anew.earlier)
      #expect(register.board.unattached == anew.unattached)
      #expect(register.board.callbacks == anew.callbacks)
      #expect(register.board.unacknowledged == anew.unacknowledged)
      let rows = (0..<anew.count).map { register.board.row(of: anew.id(at: $0)) }
      #expect(rows == Array(0..<anew.count))
    }
  }

  @Test(arguments: 1...30) func `The index misses nothing that a look at every entry finds`(
    _ seed: Int
  ) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var register = Register(
      [Record](RandomLog(seed: UInt64(seed), count: 120).records), now: Scribe.start,
      zone: Desk.lagos)
    for record in RandomLog(seed: UInt64(seed) &+ 500, count: 200).records {
      var record = record
      record.entry.text = Self.text(&random)
      if record.entry[.title] != nil { record.entry[.title] = .string(Self.text(&random)) }
      register.take([record])
    }
    var found = 0
    for _ in 0..<60 {
      let words = Self.text(&random).split(separator: " ").map(String.init)
      let word = words.randomElement(using: &random) ?? "a"
      let start = Int.random(in: 0..<word.count, using: &random)
      let part = String(Array(word)[start...].prefix(Int.random(in: 1...7, using: &random)))
      let search = try #require(Search(Bool.random(using: &random) ? part.uppercased() : part))
      let slow = register.journal.records.indices.filter { matches($0, search, register) }
      #expect(hits(search, register) == slow.reversed(), "\(part)")
      found += slow.count
    }
    #expect(found > 100)
  }

  private func matches(_ place: Int, _ search: Search, _ register: Register) -> Bool {
    let entry = register.journal.entry(at: place)
    let title = entry.incident.flatMap { register.journal.incidents[$0]?.title } ?? ""
    return search.matches(entry, title: title)
  }

  private func hits(_ search: Search, _ register: Register) -> [Int] {
    let query = SearchIndex.Query(search)
    var (hits, end) = ([Int](), register.journal.records.count)
    while let block = register.index.lastBlock(before: end, with: query) {
      hits += block.reversed().filter { matches($0, search, register) }
      end = block.lowerBound
    }
    return hits
  }

  /// Words of several scripts, composed and decomposed: a letter must be found in either form.
  private static func text(_ random: inout SeededGenerator) -> String {
    (0..<4).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
  }

  private static let words = [
    "printer", "Wi-Fi", "störung", "sto\u{308}rung", "naïve", "nai\u{308}ve", "łąże", "работает",
    "снова", "й", "и\u{306}", "接続できない", "再起動", "か\u{3099}く", "がく", "لا", "يعمل", "K2",
    "\u{212A}elvin", "İstanbul", "ß", "œuvre", "INC.12", "INC-3", "한글", "\u{1112}\u{1161}\u{11AB}",
  ]
}

@Suite struct BoardFilterTests {
  private let incident: Incident = {
    var log = Scribe()
    log.log(
      .opened, at: 0, nil,
      [.title: .string("No wifi"), .service: .string("wifi"), .place: .string("Ward A")])
    log.log(.complaint, at: 0, "no wifi in the ward", [.callback: .bool(true)])
    log.log(.set, at: 1, nil, [.priority: .string("P2")])
    log.log(.role, at: 2, nil, [.role: .string("owner"), .who: .string("Ama Owusu")])
    log.log(.note, at: 3, "controller restarted")
    guard let incident = log.journal.incidents[Scribe.incident("INC-1")] else {
      preconditionFailure("the incident was not logged")
    }
    return incident
  }()

  @Test(arguments: [
    "wifi", "WIFI controller", "!2", "P2", "priority=2", "@ama", "owner=ama", "#wifi", "#ward-a",
    "service=wifi", "place=warda", "state=open", "state=unacknowledged", "state=callback",
    "!2 @ama #ward-a restarted", "INC-1",
  ]) func `It lets through what it names`(_ filter: String) throws {
    #expect(try BoardFilter(filter).matches(incident))
  }

  @Test(arguments: [
    "printer", "!1", "!major", "@tw", "owner=nobody", "#mail", "service=ward", "place=wifi",
    "state=resolved", "wifi printer",
  ]) func `It holds back everything else`(_ filter: String) throws {
    #expect(try !BoardFilter(filter).matches(incident))
  }

  @Test func `What means nothing says what there is`() {
    #expect(throws: BoardFilter.Problem.self) { try BoardFilter("state=broken") }
    #expect(throws: BoardFilter.Problem.self) { try BoardFilter("!9") }
    let said = #expect(throws: BoardFilter.Problem.self) { try BoardFilter("state=broken") }
    #expect(
      said?.description
        == "state= is one of open, restored, resolved, closed, cancelled, unacknowledged, callback")
  }

  @Test(arguments: ["a=b", "10 = 12", "#", "@", "="]) func `Other signs are words`(_ word: String)
    throws
  {
    #expect(try !BoardFilter(word).isEmpty)
  }
}

@Suite struct CallProfileTests {
  private func incident(_ fields: [Field: JSONValue], _ calls: [String] = []) -> Incident {
    var log = Scribe()
    log.log(.opened, at: 0, nil, fields)
    for call in calls { log.log(.complaint, at: 0, call) }
    guard let incident = log.journal.incidents[Scribe.incident("INC-1")] else {
      preconditionFailure("the incident was not logged")
    }
    return incident
  }

  private func score(_ incident: Incident, _ line: String, age: TimeSpan = .hours(48)) -> Int {
    let services = [Vocabulary.Name("e-mail", aliases: ["outlook"])]
    return CallProfile(incident).score(SpokenWords(line, services: services), age: age)
  }

  @Test
  func `Service counts more than place, place more than words, and a fresh one more than an old`() {
    let service = incident([.title: .string("x"), .service: .string("printing")])
    let place = incident([.title: .string("x"), .place: .string("Kitchen")])
    let title = incident([.title: .string("no paper left")])
    let line = "printing in kitchen: no paper"
    #expect(score(service, line) > score(place, line))
    #expect(score(place, line) > score(title, line))
    #expect(score(title, line) > 0)
    #expect(score(title, line, age: .minutes(5)) > score(title, line))
    #expect(score(title, "nothing of it") == 0)
  }

  @Test func `An alias, a word that is half typed and what another caller said fit too`() {
    let mail = incident(
      [.title: .string("x"), .service: .string("e-mail")], ["cannot send attachments"])
    #expect(score(mail, "outlook broken ") > 0)
    #expect(score(mail, "attachments ") > 0)
    #expect(score(incident([.title: .string("printer jam")]), "prin") > 0)
  }
}
