import Testing

@testable import LoggistModel

@Suite("Hints")
struct HintTests {
  /// A log with nothing odd and nothing missing.
  private static func complete() -> Scribe {
    var log = Scribe()
    log.log(.opened, at: 0, nil, [.title: .string("t")])
    log.log(.impact, at: 0, nil, [.change: .string("started")])
    log.log(.noticed, at: 1, "n")
    let call = log.log(.escalated, at: 2, nil, [.to: .string("terence")])
    log.say(.engaged, of: call, at: 3)
    log.log(.diagnosis, at: 4, "bug", [.verdict: .string("confirmed")])
    log.log(.mitigation, at: 5, "back", [.outcome: .string("held")])
    log.log(.restored, at: 6)
    log.log(.resolved, at: 7)
    log.log(.rootCause, at: 8, "encoding")
    log.log(.resolution, at: 8, "reverted")
    log.log(
      .measure, at: 9, "review",
      [.type: .string("preventive"), .owner: .string("ama"), .due: .string("2026-03-20")])
    return log
  }

  /// The sentences of an incident's hints with the entries concerned: `no root cause recorded (INC.1, INC.2)`.
  private static func hints(_ log: Scribe, _ id: String = "INC-1") throws -> [String] {
    try #require(log.journal[id]).hints.map { hint in
      let refs = hint.refs.map(\.description).joined(separator: ", ")
      return hint.description + (refs.isEmpty ? "" : " (\(refs))")
    }
  }

  @Test("a complete log has none")
  func none() throws {
    #expect(try HintTests.hints(HintTests.complete()) == [])
  }

  @Test("what an empty log lacks is named")
  func everythingMissing() throws {
    var log = Scribe()
    log.log(.opened)
    #expect(
      try HintTests.hints(log) == [
        "no start of the impact recorded: time to detect is unknown",
        "no acknowledgement recorded", "no confirmed diagnosis recorded",
        "no root cause recorded", "no resolution recorded",
        "no corrective or preventive measure recorded",
      ])
  }

  @Test("each oddity is named with the entries concerned")
  func oddities() throws {
    var log = HintTests.complete()
    let early = log.log(.acknowledged, at: 0, logged: 2, "before anybody reported it")
    let interval = log.log(.note, at: 10, "n") {
      $0.until = Timestamp(Scribe.minute(9), offsetMinutes: 60)
    }
    let future = log.log(.note, at: 13, logged: 10, "planned")
    let slow = log.log(
      .engaged, at: 10, logged: 6, nil, [.ref: .string("\(future)")], node: "LAB")
    #expect(
      try HintTests.hints(log) == [
        "acknowledged stands before the first report (\(early), INC.3)",
        "happens more than two minutes after it was logged (\(slow))",
        "two machines' clocks differ by 3 min or more (\(slow), \(future))",
        "ends before it begins (\(interval))",
        "happens more than two minutes after it was logged (\(future))",
      ])
  }

  @Test("two minutes are no future")
  func nearFuture() throws {
    var log = HintTests.complete()
    log.log(.note, at: 12, logged: 10, "n")
    #expect(try HintTests.hints(log) == [])
  }

  @Test("resolved before restored is odd, unless it was reopened in between")
  func rounds() throws {
    var log = HintTests.complete()
    log.log(.reopened, at: 20, nil, [.reason: .string("again")])
    log.log(.restored, at: 21)
    #expect(try HintTests.hints(log) == [])
    log.log(.resolved, at: 20, logged: 22)
    #expect(try HintTests.hints(log) == ["resolved stands before restored (INC.15, INC.14)"])
  }

  @Test("what somebody still has to do is named")
  func loose() throws {
    var log = HintTests.complete()
    let silent = log.log(.escalated, at: 10, nil, [.to: .string("vendor")])
    let refused = log.log(.escalated, at: 11, nil, [.to: .string("network")])
    log.say(.unanswered, of: refused, at: 12)
    let pending = log.log(.mitigation, at: 13, "m", [.outcome: .string("pending")])
    let call = log.log(
      .complaint, at: 14, "c", [.callback: .bool(true), .caller: .string("Bisi")])
    let nameless = log.log(.complaint, at: 15, "c", [.callback: .bool(true)])
    let expected = [
      "no answer recorded from vendor (\(silent))",
      "a mitigation's outcome is still pending (\(pending))",
      "Bisi waits to be called back (\(call))", "a caller waits to be called back (\(nameless))",
    ]
    #expect(try HintTests.hints(log) == expected)
    // While it is open, callers wait by right.
    log.log(.reopened, at: 16, nil, [.reason: .string("r")])
    #expect(try HintTests.hints(log) == Array(expected.prefix(2)))
  }

  @Test("a resolve without a restore and half a measure are named")
  func halves() throws {
    var log = HintTests.complete()
    let restored = try #require(log.records.first { $0.entry.kind == .restored }).ref
    log.say(.struck, of: restored, at: 10)
    let measure = log.log(.measure, at: 10, "m", [.type: .string("corrective")])
    #expect(
      try HintTests.hints(log) == [
        "resolved without restored: time to restore falls back to it",
        "a measure has no owner (\(measure))", "a measure has no due date (\(measure))",
      ])
    log.log(
      .measureUpdate, at: 11, nil, [.ref: .string("\(measure)"), .state: .string("done")])
    #expect(try HintTests.hints(log).count == 1)
  }

  @Test("what a merged incident reported is not missing")
  func merged() throws {
    var log = Scribe()
    log.log(.opened, in: "INC-1")
    log.log(.impact, in: "INC-2", at: 0, nil, [.change: .string("started")])
    log.log(.merged, in: "INC-2", at: 1, nil, [.into: .string("INC-1")])
    #expect(
      try !HintTests.hints(log).contains {
        $0.hasPrefix("no start of the impact")
      })
  }
}

@Suite("Objections")
struct ObjectionTests {
  private struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let entry: Entry
    let expected: Objection?
  }

  /// INC.1 opened at 0, INC.2 a complaint at 5, INC.3 escalated at 10, INC.4 and INC.5 the impact's start and end,
  /// INC.6 its second start at 30, INC.7 a handover, INC.8 a measure, INC.9 a merge.
  private static let log: Scribe = {
    var log = Scribe()
    log.log(.opened, at: 0, nil, [.title: .string("t")])
    log.log(.complaint, at: 5, "c")
    log.log(.escalated, at: 10, nil, [.to: .string("terence")]) {
      $0.at.instant = Scribe.minute(10) + .seconds(30)
    }
    log.log(.impact, at: 15, nil, [.change: .string("started")])
    log.log(.impact, at: 20, nil, [.change: .string("ended")])
    log.log(.impact, at: 30, nil, [.change: .string("started")])
    log.log(.handover, in: nil, at: 31)
    log.log(.measure, at: 32, "m", [.type: .string("corrective")])
    log.log(.merged, in: "INC-2", at: 33, nil, [.into: .string("INC-1")])
    return log
  }()

  private static let now = Scribe.minute(60)

  private static func entry(
    _ kind: Kind, at minute: Int = 60, second: Int = 0, _ text: String? = nil,
    in incident: String? = "INC-1", with fields: [(Field, JSONValue)] = []
  ) -> Entry {
    Entry(
      kind, incident.map(Scribe.incident),
      at: Timestamp(Scribe.minute(minute) + .seconds(second), offsetMinutes: 60), text: text,
      fields: fields)
  }

  private static func about(
    _ kind: Kind, _ ref: String, at minute: Int = 60, second: Int = 0,
    in incident: String? = "INC-1"
  ) -> Entry {
    entry(
      kind, at: minute, second: second, in: incident,
      with: [(.ref, .string(ref)), (.reason, .string("r")), (.state, .string("done"))])
  }

  private static func ref(_ number: Int) -> EntryRef {
    EntryRef(node: Scribe.node("INC"), sequence: number)
  }

  private static func stamp(_ minute: Int, second: Int = 0) -> Timestamp {
    Timestamp(Scribe.minute(minute) + .seconds(second), offsetMinutes: 60)
  }

  private static let cases: [Case] = [
    Case(testDescription: "a note", entry: entry(.note, "n"), expected: nil),
    Case(testDescription: "no words", entry: entry(.note), expected: .invalid(.missingText)),
    Case(
      testDescription: "an unknown incident", entry: entry(.note, "n", in: "INC-7"),
      expected: .noSuchIncident(Scribe.incident("INC-7"))),
    Case(
      testDescription: "opening a new one",
      entry: entry(.opened, in: "INC-7", with: [(.title, .string("t"))]), expected: nil),
    Case(
      testDescription: "merging into nothing",
      entry: entry(.merged, with: [(.into, .string("INC-7"))]),
      expected: .noSuchIncident(Scribe.incident("INC-7"))),
    Case(
      testDescription: "linking with nothing",
      entry: entry(.linked, with: [(.other, .string("INC-7")), (.relation, .string("related"))]),
      expected: .noSuchIncident(Scribe.incident("INC-7"))),
    Case(
      testDescription: "striking nothing", entry: about(.struck, "INC.99"),
      expected: .noSuchEntry(ref(99))),
    Case(testDescription: "striking anything", entry: about(.struck, "INC.1"), expected: nil),
    Case(
      testDescription: "an answer to a complaint", entry: about(.engaged, "INC.2"),
      expected: .wrongKind(ref(2), is: .complaint, expected: [.escalated])),
    Case(
      testDescription: "no answer to a complaint", entry: about(.unanswered, "INC.2"),
      expected: .wrongKind(ref(2), is: .complaint, expected: [.escalated])),
    Case(
      testDescription: "informing an escalation", entry: about(.informed, "INC.3"),
      expected: .wrongKind(ref(3), is: .escalated, expected: [.complaint])),
    Case(
      testDescription: "attaching a measure", entry: about(.attached, "INC.8"),
      expected: .wrongKind(ref(8), is: .measure, expected: [.complaint])),
    Case(
      testDescription: "detaching a measure", entry: about(.detached, "INC.8"),
      expected: .wrongKind(ref(8), is: .measure, expected: [.complaint])),
    Case(
      testDescription: "progress of a merge", entry: about(.measureUpdate, "INC.9"),
      expected: .wrongKind(ref(9), is: .merged, expected: [.measure])),
    Case(
      testDescription: "unmerging a handover", entry: about(.unmerged, "INC.7"),
      expected: .wrongKind(ref(7), is: .handover, expected: [.merged])),
    Case(
      testDescription: "accepting a complaint", entry: about(.accepted, "INC.2", in: nil),
      expected: .wrongKind(ref(2), is: .complaint, expected: [.handover])),
    Case(
      testDescription: "accepting a handover", entry: about(.accepted, "INC.7", in: nil),
      expected: nil),
    Case(
      testDescription: "an answer before the call", entry: about(.engaged, "INC.3", at: 9),
      expected: .beforeItsStart(start: ref(3), at: stamp(10, second: 30))),
    Case(
      testDescription: "no answer, some seconds before the call",
      entry: about(.unanswered, "INC.3", at: 10, second: 29),
      expected: .beforeItsStart(start: ref(3), at: stamp(10, second: 30))),
    Case(
      testDescription: "an answer in the minute of the call",
      entry: about(.engaged, "INC.3", at: 10), expected: nil),
    Case(
      testDescription: "calling back before the call", entry: about(.informed, "INC.2", at: 4),
      expected: .beforeItsStart(start: ref(2), at: stamp(5))),
    Case(
      testDescription: "an end before every start",
      entry: entry(.impact, at: 14, with: [(.change, .string("ended"))]),
      expected: .beforeItsStart(start: ref(4), at: stamp(15))),
    Case(
      testDescription: "an end between two starts",
      entry: entry(.impact, at: 21, with: [(.change, .string("ended"))]), expected: nil),
    Case(
      testDescription: "two minutes ahead", entry: entry(.note, at: 62, "n"), expected: nil),
    Case(
      testDescription: "more than two minutes ahead", entry: entry(.note, at: 62, second: 1, "n"),
      expected: .inTheFuture(by: .seconds(121))),
  ]

  @Test("what cannot be is objected to, the rest is not", arguments: cases)
  private func table(row: Case) {
    let objection = ObjectionTests.log.journal.objection(
      to: row.entry, by: "ama", now: ObjectionTests.now)
    #expect(objection == row.expected)
  }

  @Test("the same words of the same author within five seconds are asked about once more")
  func twins() {
    var log = Scribe()
    log.log(.opened)
    let ref = log.log(.note, at: 60, "twice")
    let wait = log.log(.complaint, in: nil, at: 60, "nobody's")
    let journal = log.journal
    func objection(
      _ entry: Entry, by author: String = "ama", after seconds: Int = 5
    ) -> Objection? {
      journal.objection(to: entry, by: author, now: ObjectionTests.now + .seconds(seconds))
    }
    #expect(objection(ObjectionTests.entry(.note, "twice")) == .saidJustNow(ref))
    #expect(objection(ObjectionTests.entry(.note, "twice"), after: 6) == nil)
    #expect(objection(ObjectionTests.entry(.note, "twice"), by: "bisi") == nil)
    #expect(objection(ObjectionTests.entry(.note, "once")) == nil)
    #expect(objection(ObjectionTests.entry(.check, "twice")) == nil)
    #expect(
      objection(ObjectionTests.entry(.complaint, "nobody's", in: nil)) == .saidJustNow(wait))
  }

  @Test("two objections are questions, the others are refusals")
  func questions() {
    #expect(Objection.inTheFuture(by: .minutes(3)).isQuestion)
    #expect(Objection.saidJustNow(ObjectionTests.ref(1)).isQuestion)
    #expect(!Objection.noSuchEntry(ObjectionTests.ref(1)).isQuestion)
    #expect(!Objection.invalid(.missingText).isQuestion)
  }
}
