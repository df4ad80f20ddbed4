import Glibc
import LoggistMetrics
import LoggistModel
import Testing

@Suite struct DefinitionPropertyTests {
  /// Two thousand; as many as LOGGIST_RANDOM_INCIDENTS says.
  private let wanted =
    getenv("LOGGIST_RANDOM_INCIDENTS").flatMap { Int(String(cString: $0)) } ?? 2000

  @Test func `Random incidents read the same by a slow second reading`() {
    var (incidents, seed): (Int, UInt64) = (0, 0)
    var seen: [ClockID: Set<String>] = [:]
    while incidents < wanted {
      seed += 1
      let log = RandomLog(seed: seed)
      let journal = Journal(log.records)
      let slowLog = SlowLog(log.records)
      for number in 1...3 {
        let id = IncidentID(node: RandomLog.node, number: number)
        let slow = SlowMetrics(slowLog, id)
        #expect((journal.incidents[id] == nil) == (slow == nil), "\(id) of log \(seed)")
        guard let incident = journal.incidents[id], let slow else { continue }
        incidents += 1
        let metrics = IncidentMetrics(
          incident, asOf: RandomLog.asOf, targets: SlowMetrics.targets)
        for clock in [ClockID.ttd, .tta, .tte, .tto, .ttx, .ttm, .ttr, .tts] {
          let answer = SlowMetrics.Answer(metrics.clock(clock))
          #expect(answer == slow.answer(clock), "\(clock.rawValue) of \(id) in log \(seed)")
          seen[clock, default: []].formUnion(answer.sorts)
        }
        compareSums(metrics, slow, "\(id) of log \(seed)")
        compareServiceLevels(metrics, slow, "\(id) of log \(seed)", &seen)
      }
    }
    // The generator reaches every case of every definition, or the comparison proves nothing.
    for clock in [ClockID.tta, .ttm, .ttr, .tts] {
      #expect(
        seen[clock]?.isSuperset(of: ["closed", "open", "missing", "f", "~", "negative"]) == true)
    }
    for clock in [ClockID.ttm, .ttr, .tts] { #expect(seen[clock]?.contains("void") == true) }
    for clock in [ClockID.slaAck, .slaFix] {
      #expect(seen[clock]?.isSuperset(of: ["kept", "missed", "paused", "missing"]) == true)
    }
  }

  private func compareServiceLevels(
    _ metrics: IncidentMetrics, _ slow: SlowMetrics, _ place: String,
    _ seen: inout [ClockID: Set<String>]
  ) {
    for id in [ClockID.slaAck, .slaFix] {
      let clock = metrics.clock(id)
      let minutes = slow.serviceMinutes(id)
      #expect((clock == nil) == (slow.target(id) == nil), "\(id.rawValue) of \(place)")
      guard let clock, !clock.isNegative else { continue }
      #expect(clock.seconds == minutes.map { $0 * 60 }, "\(id.rawValue) of \(place)")
      #expect(clock.target == slow.target(id), "\(id.rawValue) of \(place)")
      if let minutes, let target = slow.target(id) {
        let isOver = TimeSpan.minutes(minutes) > target
        #expect(
          clock.isWithinTarget == (isOver ? false : clock.isOpen ? nil : true),
          "\(id.rawValue) of \(place)")
        seen[id, default: []].insert(isOver ? "missed" : "kept")
      } else {
        seen[id, default: []].insert("missing")
      }
      if clock.flags.contains(.paused) { seen[id, default: []].insert("paused") }
    }
  }

  private func compareSums(_ metrics: IncidentMetrics, _ slow: SlowMetrics, _ place: String) {
    let active = metrics.clock(.active)
    if let minutes = slow.activeMinutes {
      #expect(active?.seconds == minutes.count * 60, "active.1 of \(place)")
      #expect(active?.isNegative == false, "active.1 of \(place)")
    } else {
      #expect(active?.seconds == nil || active?.isNegative == true, "active.1 of \(place)")
    }
    let downtime = metrics.clock(.downtime)
    if !slow.all.contains(where: { $0.kind == .impact }) {
      #expect(downtime?.absence == .noImpact, "downtime.1 of \(place)")
    } else if let minutes = slow.fullImpactMinutes, !metrics.impact.isEmpty {
      #expect((downtime?.seconds ?? 0) == minutes.count * 60, "downtime.1 of \(place)")
    }
    if let silence = slow.longestSilence, metrics.clock(.gap)?.isNegative == false {
      #expect(metrics.clock(.gap)?.seconds == silence * 60, "gap.1 of \(place)")
    }
    let live = slow.own.filter { $0.record.via != .import }
    let late = live.count { $0.record.logged - $0.entry.at.instant > .minutes(5) }
    #expect(metrics.lateness.late == late, "late.1 of \(place)")
    #expect(metrics.lateness.entries == live.count, "late.1 of \(place)")
    let waits = slow.all.filter { $0.kind == .complaint }
    #expect(metrics.clocks(.inform).count == waits.count, "inform.1 of \(place)")
    for (clock, complaint) in zip(metrics.clocks(.inform), waits) {
      #expect(clock.from?.ref == complaint.ref, "inform.1 of \(place)")
      let told = slow.informed(complaint)
      #expect(clock.to?.ref == told?.ref, "inform.1 of \(place)")
      if let told { #expect(clock.seconds == (told.minute - complaint.minute) * 60) }
    }
    // The bands lie end to end.
    for (phase, next) in zip(metrics.phases, metrics.phases.dropFirst()) {
      #expect(phase.to == next.from, "phases of \(place)")
    }
  }
}

extension SlowMetrics.Answer {
  init(_ clock: Clock?) {
    self.init(
      seconds: clock?.seconds, open: clock?.isOpen ?? false, from: clock?.from?.ref,
      to: clock?.to?.ref, flags: Set(clock?.flags ?? []))
  }

  /// Which cases of a definition it shows.
  var sorts: Set<String> {
    var sorts = Set(flags.map(\.description))
    sorts.insert(seconds == nil ? "missing" : open ? "open" : "closed")
    return sorts
  }
}
