import Testing

@testable import LoggistModel

@Suite("An incident")
struct IncidentTests {
  @Test(
    "its status is what was said last",
    arguments: [
      ([.opened], .open), ([.opened, .acknowledged, .mitigation], .open),
      ([.opened, .restored], .restored), ([.opened, .resolved], .resolved),
      ([.opened, .restored, .resolved], .resolved), ([.opened, .resolved, .restored], .resolved),
      ([.opened, .resolved, .closed], .closed), ([.opened, .closed, .restored], .closed),
      ([.opened, .closed, .resolved], .closed), ([.opened, .resolved, .reopened], .open),
      ([.opened, .closed, .reopened, .resolved], .resolved),
      ([.opened, .restored, .reopened, .restored], .restored), ([.opened, .cancelled], .cancelled),
      ([.opened, .cancelled, .reopened], .open), ([.opened, .merged], .open), ([.note], .open),
    ] as [([Kind], Incident.Status)])
  func status(kinds: [Kind], status: Incident.Status) throws {
    var log = Scribe()
    for (minute, kind) in kinds.enumerated() { log.log(kind, at: minute) }
    let incident = try #require(log.journal["INC-1"])
    #expect(incident.status == status)
    #expect(incident.status.isOpen == (incident.ended == nil))
  }

  @Test("its state goes by when things were recorded, its timeline by when they happened")
  func twoTimes() throws {
    var log = Scribe()
    log.log(.opened, at: 10, nil, [.title: .string("t")])
    log.log(.resolved, at: 30, logged: 31)
    log.log(.reopened, at: 20, logged: 32)
    let incident = try #require(log.journal["INC-1"])
    #expect(incident.status == .open)
    #expect(incident.entries.map(\.kind) == [.opened, .reopened, .resolved])
    #expect(incident.begin == Scribe.minute(10))
    #expect(incident.lastEntry?.kind == .resolved)
    #expect(incident.reopenings == 1)
  }

  @Test("its properties are those that were set last; what nobody set stays")
  func properties() throws {
    var log = Scribe()
    log.log(
      .opened, nil,
      [.title: .string("first"), .service: .string("pharmacy"), .class: .string("drill")])
    log.log(
      .set, at: 5, nil,
      [.title: .string("second"), .priority: .string("P2"), .major: .bool(true)])
    log.log(.set, at: 2, nil, [.priority: .string("1"), .impact: .string("high")])
    let wrong = log.log(.set, at: 9, nil, [.class: .string("nonsense"), .urgency: .string("low")])
    let incident = try #require(log.journal["INC-1"])
    #expect(incident.title == "second")
    #expect(incident.service == "pharmacy")
    #expect(incident.class == .drill)
    #expect(incident.priority == .p2)
    #expect(incident.isMajor)
    #expect((incident.impact, incident.urgency) == ("high", "low"))
    #expect(incident.place == nil)
    log.say(.struck, of: wrong, at: 10)
    #expect(log.journal["INC-1"]?.urgency == nil)
  }

  @Test("has an owner by role, else by who took it last")
  func owner() {
    var log = Scribe()
    log.log(.opened)
    #expect(log.journal["INC-1"]?.owner == nil)
    log.log(.role, at: 1, nil, [.role: .string("on_call"), .who: .string("terence")])
    #expect(log.journal["INC-1"]?.owner == "terence")
    log.log(.acknowledged, at: 2, by: "ama")
    #expect(log.journal["INC-1"]?.owner == "ama")
    log.log(.acknowledged, at: 3, nil, [.who: .string("bisi")])
    #expect(log.journal["INC-1"]?.owner == "bisi")
    let call = log.log(.escalated, at: 4, nil, [.to: .string("network team")])
    #expect(log.journal["INC-1"]?.openEscalations.map(\.ref) == [call])
    log.say(.engaged, of: call, at: 5)
    #expect(log.journal["INC-1"]?.owner == "network team")
    #expect(log.journal["INC-1"]?.openEscalations.isEmpty == true)
    log.log(.role, at: 6, nil, [.role: .string("owner"), .who: .string("chidi")])
    #expect(log.journal["INC-1"]?.owner == "chidi")
    log.log(.role, at: 7, nil, [.role: .string("lead"), .who: .string("dayo")])
    #expect(log.journal["INC-1"]?.owner == "dayo")
    log.log(.role, at: 8, nil, [.role: .string("lead")])
    log.log(.role, at: 9, nil, [.role: .string("owner"), .who: .string("")])
    #expect(log.journal["INC-1"]?.roles == ["on_call": "terence"])
    #expect(log.journal["INC-1"]?.owner == "network team")
  }

  @Test("is acknowledged by whoever says so or answers a call", arguments: Kind.allKnown)
  func acknowledged(kind: Kind) throws {
    var log = Scribe()
    log.log(.opened)
    log.log(kind, at: 1)
    #expect(
      log.journal["INC-1"]?.isAcknowledged == (kind == .acknowledged || kind == .engaged))
  }

  @Test("follows its measures, also where a slow clock put the progress first")
  func measures() throws {
    var log = Scribe()
    log.log(.opened)
    let one = log.log(
      .measure, at: 5, "review", [.type: .string("preventive"), .owner: .string("ama")])
    let two = log.log(
      .measure, at: 6, "replace", [.type: .string("corrective"), .due: .string("2026-03-20")])
    for (ref, state, minute) in [(two, "doing", 7), (one, "done", 2), (two, "dropped", 8)] {
      log.log(
        .measureUpdate, at: minute, nil, [.ref: .string("\(ref)"), .state: .string(state)],
        node: "LAB")
    }
    let measures = try #require(log.journal["INC-1"]?.measures)
    #expect(measures.map(\.ref) == [one, two])
    #expect(measures.map(\.state) == ["done", "dropped"])
    #expect(measures.map(\.isCorrective) == [false, true])
    #expect(measures.map(\.owner) == ["ama", nil])
    #expect(measures.map(\.due) == [nil, "2026-03-20"])
  }

  @Test("the latest prose wins by when it was recorded")
  func latest() {
    var log = Scribe()
    log.log(.summary, at: 9, "early")
    log.log(.summary, at: 3, logged: 10, "late")
    #expect(log.journal["INC-1"]?.latest(.summary)?.entry.text == "late")
    #expect(log.journal["INC-1"]?.latest(.rootCause) == nil)
  }

  @Test("of which every entry was struck is as good as cancelled")
  func allStruck() throws {
    var log = Scribe()
    let opened = log.log(.opened, nil, [.title: .string("by mistake")])
    log.say(.struck, of: opened)
    let incident = try #require(log.journal["INC-1"])
    #expect(incident.status == .cancelled)
    #expect(incident.all.count == 1)
    #expect(incident.begin == nil)
    #expect(Board(log.journal, now: Scribe.start, zone: Desk.lagos).open.isEmpty)
  }
}

@Suite("The board")
struct BoardTests {
  private static let evening = Scribe.minute(180)

  private static func board(_ log: Scribe) -> Board {
    Board(log.journal, now: evening, zone: Desk.lagos)
  }

  private static func ids(_ incidents: [Incident]) -> [String] { incidents.map { "\($0.id)" } }

  @Test("open incidents stand by urgency, then by age")
  func order() {
    var log = Scribe()
    let table: [(id: String, minute: Int, priority: String?, isMajor: Bool)] = [
      ("INC-1", 9, "P2", false), ("INC-2", 1, nil, false), ("INC-3", 8, "P1", false),
      ("INC-4", 9, "P4", true), ("INC-5", 7, "P2", false), ("INC-10", 7, "P2", false),
      ("INC-6", 0, nil, false),
    ]
    for row in table {
      log.log(.opened, in: row.id, at: row.minute)
      var fields: [Field: JSONValue] = [.major: .bool(row.isMajor)]
      if let priority = row.priority { fields[.priority] = .string(priority) }
      log.log(.set, in: row.id, at: 20, nil, fields)
    }
    #expect(
      BoardTests.ids(BoardTests.board(log).open)
        == ["INC-4", "INC-3", "INC-5", "INC-10", "INC-1", "INC-6", "INC-2"])
  }

  @Test("what ended today stands below, by the day of the desk, the latest first")
  func today() {
    var log = Scribe()
    // Five minutes to midnight of the 4th in Lagos, and five past.
    for (id, end) in [("INC-1", -1205), ("INC-2", -1195), ("INC-3", 30), ("INC-4", 20)] {
      log.log(.opened, in: id, at: -1300)
      log.log(.resolved, in: id, at: end)
    }
    // Work on yesterday's papers does not make it one of today's.
    log.log(.measureUpdate, in: "INC-1", at: 60, nil, [.state: .string("done")])
    log.log(.restored, in: "INC-5", at: 20)
    let board = BoardTests.board(log)
    #expect(BoardTests.ids(board.resolvedToday) == ["INC-3", "INC-4", "INC-2"])
    #expect(board.earlier.map(\.description) == ["INC-1"])
    #expect(BoardTests.ids(board.open) == ["INC-5"])
  }

  @Test("merged incidents are left out; callers are counted on whatever incident")
  func counts() {
    var log = Scribe()
    let wish: [Field: JSONValue] = [.callback: .bool(true)]
    log.log(.complaint, in: "INC-1", at: 1, "a", wish)
    log.log(.acknowledged, in: "INC-1", at: 2)
    log.log(.complaint, in: "INC-2", at: 3, "b", wish)
    log.log(.merged, in: "INC-2", at: 4, nil, [.into: .string("INC-1")])
    log.log(.complaint, in: "INC-3", at: -3000, "c", wish)
    log.log(.closed, in: "INC-3", at: -2900)
    log.log(.opened, in: "INC-4", at: 5)
    log.log(.complaint, in: nil, at: 6, "d", wish)
    let struck = log.log(.complaint, in: nil, at: 7, "e", wish)
    log.say(.struck, of: struck, nil, at: 8)
    log.log(.handover, in: nil, at: 9)
    let board = BoardTests.board(log)
    #expect(BoardTests.ids(board.open) == ["INC-1", "INC-4"])
    #expect(board.unacknowledged == 1)
    #expect(board.callbacks == 4)
    #expect(board.unattached.texts == ["d"])
  }
}

@Suite("Search")
struct SearchTests {
  @Test(
    "every word must occur, in any order and any case",
    arguments: [
      ("drugs enter", "Cannot ENTER new Drugs", true), ("enter wards", "Cannot enter drugs", false),
      ("NTE", "enter", true), ("  x  ", "axb", true), ("ọ̀kọ́", "BÙKỌ̀KỌ́", true),
      ("bùkọ́lá", "Bùkọ́lá Adé", true), ("صيدلية", "تعطل صيدلية المستشفى", true),
      ("صيدلية", "تعطل المستشفى", false), ("药房", "医院药房停机", true), ("药 停", "医院药房停机", true),
      ("STRASSE", "Straße", false), ("straße", "STRAßE", true), ("ÉTÉ", "l'été", true),
      ("drugs", "药 Drugs", true), ("enter", "ente", false), ("a", "", false),
    ])
  func matching(words: String, text: String, isFound: Bool) throws {
    #expect(try #require(Search(words)).matches(text) == isFound)
  }

  @Test("a composed and a combining letter are the same")
  func composition() throws {
    let (composed, combining) = ("Bùkọ́lá", "Bu\u{300}ko\u{323}\u{301}la\u{301}")
    #expect(try #require(Search(composed)).matches("call \(combining) back"))
    #expect(try #require(Search(combining)).matches("call \(composed) back"))
    // Without its mark it is another letter.
    #expect(try !#require(Search("bukola")).matches(composed))
  }

  @Test("nothing to look for is no search", arguments: ["", " ", "\t\n\u{3000}"])
  func empty(text: String) {
    #expect(Search(text) == nil)
  }

  @Test(
    "an entry is found by whatever a person may remember of it",
    arguments: [
      "new drugs", "bisi", "complaint", "INC.1", "inc-1", "night", "ward", "phone", "bisi ward",
      "outage", "OUTAGE drugs",
    ])
  func entries(words: String) throws {
    var log = Scribe()
    let ref = log.log(
      .complaint, "Cannot enter new drugs",
      [.place: .string("Ward A"), .channel: .string("phone"), .callback: .bool(true)], by: "bisi"
    ) { $0.tags = ["night"] }
    let entry = try #require(log.journal.entry(ref))
    let search = try #require(Search(words))
    #expect(search.matches(entry, title: "Pharmacy outage"))
    #expect(try !#require(Search("\(words) nowhere")).matches(entry, title: "Pharmacy outage"))
  }

  @Test("an entry is found by what it says after its corrections")
  func corrected() throws {
    var log = Scribe()
    let ref = log.log(.note, "old words")
    log.correct(ref, [("text", .string("new words"))])
    let entry = try #require(log.journal.entry(ref))
    #expect(try #require(Search("new")).matches(entry))
    #expect(try !#require(Search("old")).matches(entry))
  }
}
