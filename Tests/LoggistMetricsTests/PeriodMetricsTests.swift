import LoggistMetrics
import LoggistModel
import Testing

@Suite struct PeriodMetricsTests {
  /// Incidents 1 to `count`, resolved after as many minutes as their number says.
  private func log(_ count: Int) -> Log {
    var log = Log()
    for number in 1...count {
      let start = number * 3
      log.add(.opened, start, incident: number, [(.priority, .string("P1"))])
      log.add(.set, start, incident: number, [(.priority, .string(number % 2 == 0 ? "P1" : "P2"))])
      log.add(.complaint, start, incident: number)
      log.add(.resolved, start + number, incident: number)
    }
    return log
  }

  private func metrics(
    _ log: Log, _ period: String = "2022-01", by grouping: Grouping? = nil,
    includeBackfill: Bool = false
  ) throws -> PeriodMetrics {
    PeriodMetrics(
      Journal(log.records).incidents.values, period: try #require(Period(period, in: .utc)),
      asOf: Log.start + .hours(100), by: grouping, includeBackfill: includeBackfill)
  }

  @Test func `Percentiles are real incidents by nearest rank`() throws {
    let summary = try #require(try metrics(log(20)).summary(.tts))
    #expect(summary.count == 20)
    #expect(summary.p50?.seconds == 600 && summary.p50?.incident == Log.id(10))
    #expect(summary.p90?.incident == Log.id(18))
    #expect(summary.p95?.incident == Log.id(19))
    #expect(summary.max?.incident == Log.id(20))
  }

  @Test func `p90 stands from ten values on, p95 from twenty`() throws {
    let nine = try #require(try metrics(log(9)).summary(.tts))
    #expect(nine.p50 != nil && nine.p90 == nil && nine.max != nil)
    let nineteen = try #require(try metrics(log(19)).summary(.tts))
    #expect(nineteen.p90 != nil && nineteen.p95 == nil)
  }

  @Test(arguments: [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (100, 50)])
  func `The median of n values is the one at place half of n, rounded up`(count: Int, place: Int) {
    #expect(nearestRank(Array(1...count), percent: 50) == place)
    #expect(nearestRank([] as [Int], percent: 50) == nil)
  }

  @Test func `What is left out is counted, once`() throws {
    var log = log(4)
    log.add(.opened, 30, incident: 5, [(.class, .string("drill"))])
    log.add(.opened, 30, incident: 6, [(.class, .string("false_alarm"))])
    log.add(.opened, 30, incident: 7, [(.class, .string("planned"))])
    log.add(.complaint, 30, incident: 8)
    log.add(.merged, 31, incident: 8, [(.into, .string("INC-1"))])
    log.add(.complaint, 30, incident: 9)
    log.add(.cancelled, 31, incident: 9)
    log.add(.complaint, 30, incident: 10, via: .import)
    log.add(.complaint, 60 * 24 * 40, incident: 11)
    let population = try metrics(log).population
    #expect(population.members.count == 5)
    let excluded = population.excluded
    #expect(excluded.drill == 1 && excluded.falseAlarm == 1 && excluded.planned == 1)
    #expect(excluded.merged == 1 && excluded.cancelled == 1 && excluded.backfill == 1)
  }

  @Test func `Backfill stays out of what it cannot know`() throws {
    var log = Log()
    log.add(.complaint, 0, via: .import)
    log.add(.acknowledged, 10, via: .import)
    log.add(.resolved, 20, via: .import)
    let without = try metrics(log)
    #expect(without.summary(.tta)?.count == 0)
    #expect(without.summary(.tts)?.count == 1)
    #expect(try metrics(log, includeBackfill: true).summary(.tta)?.count == 1)
  }

  @Test func `Missing, open, negative and fallback are told apart`() throws {
    var log = Log()
    log.add(.complaint, 0, incident: 1)
    log.add(.complaint, 0, incident: 2)
    log.add(.restored, 10, incident: 2)
    log.add(.complaint, 20, incident: 3)
    log.add(.resolved, 5, incident: 3)
    log.add(.complaint, 0, incident: 4)
    log.add(.closed, 50, incident: 4)
    let metrics = try metrics(log)
    let summary = try #require(metrics.summary(.tts))
    #expect(summary.count == 1 && summary.fallback == 1)
    #expect(summary.open.map(\.incident) == [Log.id(1)])
    #expect(summary.negative == 1 && summary.missing == 1)
    #expect(metrics.negatives.contains { $0.incident == Log.id(3) && $0.clock.id == .tts })
    let escalated = try #require(metrics.summary(.tte))
    #expect(escalated.outside == 4 && escalated.missing == 0)
  }

  @Test func `Groups come after the whole, the one without a name last`() throws {
    var log = log(4)
    log.add(.complaint, 90, incident: 5)
    let metrics = try metrics(log, by: .priority)
    var groups: [String?] = []
    for summary in metrics.summaries where summary.id == .tts { groups.append(summary.group?.name) }
    #expect(groups == [nil, "P1", "P2", nil])
    #expect(metrics.summary(.tts)?.count == 4)
    #expect(metrics.summary(.tts, in: Summary.Group(by: .priority, name: "P2"))?.count == 2)
    let months = try self.metrics(log, by: .month)
    #expect(months.summary(.tts, in: Summary.Group(by: .month, name: "2022-01"))?.count == 4)
  }

  @Test func `An incident belongs to the period of its first report`() throws {
    var log = Log()
    log.add(.complaint, -1)
    log.add(.resolved, 30)
    #expect(try metrics(log, "2022-01-05").population.members.isEmpty)
    #expect(try metrics(log, "2022-01-04").population.members.count == 1)
  }

  @Test func `Worked out in slices it comes to the same, and regrouping keeps what holds`() throws {
    let log = log(23)
    let period = try #require(Period("2022-01", in: .utc))
    var work = PeriodWork(
      period: period, asOf: Log.start + .hours(100), by: .priority)
    for incident in Journal(log.records).incidents.values { work.take(incident) }
    var slices = 0
    while work.summarize() { slices += 1 }
    // Dividing up and the services are slices of their own, then each clock of all incidents, of P1 and of P2; without
    // targets two fewer.
    #expect(slices == 2 + 3 * (ClockID.ofIncidents.count - 2))
    #expect(try work.metrics == metrics(log, by: .priority))
    let group = Summary.Group(by: .priority, name: "P2")
    #expect(
      work.members(of: group).map(\.incident.id.number) == Array(stride(from: 1, to: 24, by: 2)))
    work.regroup(by: .service)
    while work.summarize() {}
    #expect(try work.metrics == metrics(log, by: .service))
  }
}
