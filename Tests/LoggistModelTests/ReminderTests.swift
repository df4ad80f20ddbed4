import Testing

@testable import LoggistModel

@Suite("Reminders")
struct ReminderTests {
  private static let rules = ReminderRules(
    targets: [.p1: .init(acknowledge: .minutes(5), fix: .hours(1))],
    silence: [.p1: .minutes(20)], unanswered: .minutes(10), nextUpdate: true)

  /// A P1 that was called in at 20:00.
  private static func begun() -> Scribe {
    var log = Scribe()
    log.log(.opened, nil, [.title: .string("t")])
    log.log(.complaint, "c", [.caller: .string("ward")])
    log.log(.set, nil, [.priority: .string("P1")])
    return log
  }

  /// What is said at a minute, the most pressing first.
  private static func said(_ log: Scribe, at minute: Int) throws -> [String] {
    let now = Scribe.minute(minute)
    return try #require(log.journal["INC-1"]).reminders(rules).filter { $0.begins <= now }
      .sorted(by: Reminder.morePressing).map { $0.sentence(now: now) }
  }

  @Test("Nobody acknowledged, nobody fixed, nobody wrote")
  func overdue() throws {
    let log = ReminderTests.begun()
    #expect(try ReminderTests.said(log, at: 4) == [])
    #expect(try ReminderTests.said(log, at: 5) == ["not acknowledged, due now"])
    #expect(
      try ReminderTests.said(log, at: 61) == [
        "not acknowledged, due 56 min ago", "no entry for 1 h", "not fixed, due 1 min ago",
      ])
  }

  @Test("An acknowledgement, an entry, a restored service end them")
  func ended() throws {
    var log = ReminderTests.begun()
    log.log(.acknowledged, at: 10)
    #expect(try ReminderTests.said(log, at: 29) == [])
    // The entry was logged some milliseconds into its minute.
    #expect(try ReminderTests.said(log, at: 31) == ["no entry for 20 min"])
    log.log(.restored, at: 31)
    #expect(try ReminderTests.said(log, at: 300) == [])
  }

  @Test("An escalation that nobody answers is asked about, until somebody does or it is given up")
  func unanswered() throws {
    var log = ReminderTests.begun()
    log.log(.acknowledged, at: 1)
    let first = log.log(.escalated, at: 2, nil, [.to: .string("terence")])
    #expect(try ReminderTests.said(log, at: 11) == [])
    #expect(try ReminderTests.said(log, at: 14) == ["no answer from terence, due 2 min ago"])
    log.say(.unanswered, of: first, at: 14)
    #expect(try ReminderTests.said(log, at: 15) == [])
    let second = log.log(.escalated, at: 15, nil, [.to: .string("femi")])
    #expect(try ReminderTests.said(log, at: 25) == ["no answer from femi, due now"])
    log.say(.engaged, of: second, at: 25)
    #expect(try ReminderTests.said(log, at: 40) == [])
  }

  @Test("The next update is spoken of five minutes before it is due, and what was told last counts")
  func nextUpdate() throws {
    var log = ReminderTests.begun()
    log.log(.acknowledged, at: 1)
    func due(_ minute: Int) -> JSONValue {
      .string(Timestamp(Scribe.minute(minute), offsetMinutes: 60).description)
    }
    log.log(.comms, at: 2, nil, [.audience: .string("wards"), .nextDue: due(17)])
    #expect(try ReminderTests.said(log, at: 11) == [])
    #expect(try ReminderTests.said(log, at: 12) == ["next update to wards due in 5 min"])
    #expect(try ReminderTests.said(log, at: 19) == ["next update to wards due 2 min ago"])
    log.log(.comms, at: 19, nil, [.audience: .string("wards")])
    #expect(try ReminderTests.said(log, at: 20) == [])
  }

  @Test("A clock that stands still is never overdue, and goes on where it stood")
  func paused() throws {
    var log = ReminderTests.begun()
    log.log(.acknowledged, at: 1)
    log.log(.paused, at: 30, nil, [.clock: .string("fix")])
    log.log(.note, at: 70, "n")
    #expect(try ReminderTests.said(log, at: 80) == [])
    log.log(.resumed, at: 80, nil, [.clock: .string("fix")])
    #expect(try ReminderTests.said(log, at: 99) == [])
    log.log(.note, at: 100, "n")
    #expect(try ReminderTests.said(log, at: 110) == ["not fixed, due now"])
  }

  @Test("The more urgent incident comes first")
  func order() throws {
    var log = ReminderTests.begun()
    log.log(.opened, in: "INC-2", nil, [.title: .string("other")])
    log.log(.set, in: "INC-2", nil, [.major: .bool(true), .priority: .string("P1")])
    let reminders = log.journal.incidents.values.flatMap { $0.reminders(ReminderTests.rules) }
    #expect(reminders.sorted(by: Reminder.morePressing).first?.incident == Scribe.incident("INC-2"))
  }
}

@Suite("Clocks that pass")
struct DeadlineWatchTests {
  private let targets: [Priority: Deadline.Target] = [
    .p1: .init(acknowledge: .minutes(5), fix: .hours(1))
  ]

  private func watch(_ log: Scribe) -> DeadlineWatch {
    var watch = DeadlineWatch(targets: targets)
    for (id, incident) in log.journal.incidents { watch.take(id, incident) }
    return watch
  }

  private func called() -> Scribe {
    var log = Scribe()
    log.log(.opened, nil, [.title: .string("t")])
    log.log(.complaint, "c")
    log.log(.set, nil, [.priority: .string("P1")])
    return log
  }

  @Test("Each passes once, at its time")
  func once() {
    var watch = watch(called())
    #expect(watch.next == Scribe.minute(5))
    #expect(watch.passed(by: Scribe.minute(4)).isEmpty)
    #expect(watch.passed(by: Scribe.minute(5)).map(\.clock) == [.acknowledge])
    #expect(watch.passed(by: Scribe.minute(6)).isEmpty)
    #expect(watch.next == Scribe.minute(60))
    #expect(watch.passed(by: Scribe.minute(60)).map(\.clock) == [.fix])
    #expect(watch.next == nil)
  }

  @Test("An entry that touches the incident does not make it pass again")
  func again() {
    var log = called()
    var watch = watch(log)
    _ = watch.passed(by: Scribe.minute(5))
    log.log(.note, at: 6, "n")
    watch.take(Scribe.incident("INC-1"), log.journal["INC-1"])
    #expect(watch.passed(by: Scribe.minute(7)).isEmpty)
    log.log(.acknowledged, at: 8)
    watch.take(Scribe.incident("INC-1"), log.journal["INC-1"])
    #expect(watch.passed(by: Scribe.minute(60)).map(\.clock) == [.fix])
  }

  @Test("What passed while nobody looked is history after a quarter of an hour")
  func history() {
    var watch = watch(called())
    #expect(watch.passed(by: Scribe.minute(21)).isEmpty)
    #expect(watch.passed(by: Scribe.minute(62)).map(\.clock) == [.fix])
  }
}
