import LoggistMetrics
import LoggistModel
import Testing

/// Incidents in a line or two: `20:45 noticed`, and what the clocks then say.
struct Log {
  static let node = NodeCode("INC") ?? { preconditionFailure("a node's code") }()
  var records: [Record] = []

  /// Logs an entry of the incident with that number, at a minute after the start of 5 January 2022, UTC.
  @discardableResult
  mutating func add(
    _ kind: Kind, _ minute: Int, incident number: Int = 1, via: Record.Via = .tui,
    loggedAfter minutes: Int = 0, _ fields: [(Field, JSONValue)] = []
  ) -> EntryRef {
    let ref = EntryRef(node: Log.node, sequence: records.count + 1)
    let at = Log.start + .minutes(minute)
    let earliest = records.last.map { $0.logged + TimeSpan(milliseconds: 1) } ?? at
    records.append(
      Record(
        ref: ref, logged: max(at + .minutes(minutes), earliest), by: "ama", via: via,
        entry: Entry(kind, Log.id(number), at: Timestamp(at), fields: fields)))
    return ref
  }

  static let start = Instant(seconds: 1_641_340_800)
  static func id(_ number: Int) -> IncidentID { IncidentID(node: node, number: number) }

  func metrics(_ number: Int = 1, asOf minute: Int = 600) throws -> IncidentMetrics {
    IncidentMetrics(
      try #require(Journal(records).incidents[Log.id(number)]), asOf: Log.start + .minutes(minute))
  }

  func clock(_ id: ClockID, asOf minute: Int = 600) throws -> Clock {
    try #require(try metrics(asOf: minute).clock(id))
  }
}

@Suite struct ClockTests {
  @Test func `Missing is never zero`() throws {
    var log = Log()
    log.add(.opened, 0)
    log.add(.resolved, 10)
    for id in [ClockID.ttd, .tta, .tte, .tto, .ttx, .ttm, .downtime] {
      let clock = try log.clock(id)
      #expect(clock.span == nil && !clock.isOpen && clock.absence != nil, "\(id.rawValue)")
    }
    #expect(try log.clock(.tts).minutes == 10)
    #expect(try log.clock(.tts).flags == [.fallback])
  }

  @Test func `An open clock says how long so far`() throws {
    var log = Log()
    log.add(.complaint, 0)
    let clock = try log.clock(.tts, asOf: 35)
    #expect(clock.isOpen && clock.minutes == 35 && clock.to == nil)
    #expect(try log.clock(.tta, asOf: 35).isOpen)
  }

  @Test func `An acknowledgement that never came does not run for ever`() throws {
    var log = Log()
    log.add(.complaint, 0)
    log.add(.restored, 20)
    #expect(try log.clock(.tta).absence == .noAcknowledgement)
  }

  @Test func `What was thought to be the end is void after a reopening`() throws {
    var log = Log()
    log.add(.noticed, 0)
    log.add(.mitigation, 10, [(.outcome, .string("held"))])
    log.add(.restored, 12)
    log.add(.resolved, 15)
    log.add(.reopened, 60, [(.reason, .string("again"))])
    for id in [ClockID.ttm, .ttr, .tts] {
      let clock = try log.clock(id, asOf: 70)
      #expect(clock.isOpen && clock.minutes == 70 && clock.flags.contains(.voidedByReopen))
    }
    #expect(try log.clock(.active, asOf: 70).minutes == 25)
    log.add(.resolved, 90)
    #expect(try log.clock(.tts).minutes == 90)
    #expect(try log.clock(.active).minutes == 45)
    #expect(try log.metrics().reopenings == 1)
  }

  @Test func `A mitigation that was reverted later did not hold`() throws {
    var log = Log()
    log.add(.noticed, 0)
    let first = log.add(.mitigation, 10, [(.outcome, .string("held"))])
    let second = log.add(.mitigation, 20, [(.outcome, .string("held"))])
    #expect(try log.clock(.ttm).to?.ref == second)
    log.add(
      .mitigation, 30, [(.outcome, .string("reverted")), (.ref, .string(second.description))])
    #expect(try log.clock(.ttm).to?.ref == first)
    log.add(.mitigation, 40, [(.outcome, .string("reverted"))])
    log.add(.restored, 50)
    let clock = try log.clock(.ttm)
    #expect(clock.minutes == 50 && clock.flags == [.fallback])
  }

  @Test func `A negative interval is kept and flagged`() throws {
    var log = Log()
    log.add(.noticed, 10)
    log.add(.escalated, 4, [(.to, .string("x"))])
    let clock = try log.clock(.tte)
    #expect(clock.minutes == -6 && clock.isNegative)
  }

  @Test func `The first report of a merged incident counts`() throws {
    var log = Log()
    log.add(.complaint, 0, incident: 2)
    log.add(.complaint, 5, incident: 1)
    log.add(.merged, 8, incident: 2, [(.into, .string("INC-1"))])
    log.add(.restored, 20, incident: 1)
    #expect(try log.clock(.ttr).minutes == 20)
    #expect(try log.metrics().clocks(.inform).count == 2)
  }

  @Test func `Each escalation has its answer`() throws {
    var log = Log()
    log.add(.noticed, 0)
    let first = log.add(.escalated, 5, [(.to, .string("Terence"))])
    let second = log.add(.escalated, 15, [(.to, .string("Funmi"))])
    log.add(.engaged, 18, [(.ref, .string(second.description))])
    let clocks = try log.metrics(asOf: 30).clocks(.tto)
    #expect(clocks.map(\.subject) == ["Terence", "Funmi"])
    #expect(clocks.map(\.minutes) == [25, 3])
    #expect(clocks.map(\.isOpen) == [true, false])
    #expect(try log.clock(.tto, asOf: 30).from?.ref == first)
  }

  @Test func `Impact that overlaps counts once, degraded apart`() throws {
    var log = Log()
    func impact(_ minute: Int, _ change: String, _ scope: String, _ degree: String? = nil) {
      var fields: [(Field, JSONValue)] = [(.change, .string(change)), (.scope, .string(scope))]
      if let degree { fields.append((.degree, .string(degree))) }
      log.add(.impact, minute, fields)
    }
    log.add(.noticed, 2)
    impact(0, "started", "ward A", "full")
    impact(10, "started", "ward B", "full")
    impact(20, "ended", "ward A")
    impact(30, "changed", "ward B", "degraded")
    impact(45, "ended", "ward B")
    let clocks = try log.metrics().clocks(.downtime)
    #expect(clocks.map(\.subject) == ["full", "degraded"])
    #expect(clocks.map(\.minutes) == [30, 15])
    #expect(try log.clock(.ttd).minutes == 2)
  }

  @Test(arguments: ["degraded", "risk"])
  func `An impact that was never full is no downtime, or none as yet`(degree: String) throws {
    var log = Log()
    log.add(.noticed, 2)
    log.add(.impact, 0, [(.change, .string("started")), (.degree, .string(degree))])
    #expect(try log.clock(.downtime).minutes == 0)
    #expect(try log.clock(.downtime).isOpen)
    log.add(.restored, 30)
    log.add(.resolved, 40)
    #expect(try log.clock(.downtime).minutes == 0)
    #expect(try !log.clock(.downtime).isOpen)
  }

  @Test func `Silences are those while it was open`() throws {
    var log = Log()
    log.add(.noticed, 0)
    log.add(.note, 25)
    log.add(.resolved, 30)
    log.add(.summary, 300)
    #expect(try log.clock(.gap).minutes == 25)
    #expect(try log.metrics().silences(longerThan: .minutes(20)).count == 1)
    #expect(try log.metrics().silences(longerThan: .minutes(25)).isEmpty)
  }

  @Test func `Late entries are counted, imported ones are not`() throws {
    var log = Log()
    log.add(.noticed, 0, loggedAfter: 1)
    log.add(.note, 2, loggedAfter: 5)
    log.add(.note, 4, loggedAfter: 6)
    log.add(.note, 5, via: .import, loggedAfter: 500)
    let lateness = try log.metrics().lateness
    #expect(lateness.late == 1 && lateness.entries == 3)
    #expect(try log.clock(.late).minutes == 5)
  }

  @Test func `Phases lie end to end, in order of time`() throws {
    var log = Log()
    log.add(.impact, 0, [(.change, .string("started"))])
    log.add(.noticed, 5)
    log.add(.escalated, 10, [(.to, .string("x"))])
    log.add(.acknowledged, 20)
    log.add(.mitigation, 35, [(.outcome, .string("held"))])
    let phases = try log.metrics(asOf: 50).phases
    #expect(phases.map(\.name) == [.detect, .escalate, .acknowledge, .mitigate, .restore])
    #expect(phases.last?.to == nil)
  }
}

extension Clock {
  /// Whole minutes, for tests.
  var minutes: Int? { seconds.map { $0 / 60 } }
}
