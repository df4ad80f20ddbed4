import LoggistMetrics
import LoggistModel

/// The definitions of docs/metrics.md once more, straight from the records, as slow and as obvious as they can be
/// said: no fold, no intervals, minutes counted one by one. All times of a `RandomLog` are whole minutes.
struct SlowMetrics {
  /// An entry that counts, after corrections, strikes and attachments.
  struct Mark {
    var record: Record
    var entry: Entry
    var home: IncidentID?
    var minute: Int { Int((entry.at.instant - RandomLog.start).seconds / 60) }
    var kind: Kind { entry.kind }
    var ref: EntryRef { record.ref }
  }

  struct Answer: Equatable, CustomStringConvertible {
    var seconds: Int?
    var open = false
    var from: EntryRef?
    var to: EntryRef?
    var flags: Set<Clock.Flag> = []
    var description: String {
      "\(seconds.map(String.init) ?? "nil")\(open ? " open" : "") \(from.map(\.description) ?? "-")→"
        + "\(to.map(\.description) ?? "-") \(flags.map(\.description).sorted())"
    }
  }

  let own: [Mark]
  let reports: [Mark]
  /// Those of all incidents.
  let everything: [Mark]
  let isMerged: Bool
  let now = Int((RandomLog.asOf - RandomLog.start).seconds / 60)

  var all: [Mark] { SlowMetrics.sorted(own + reports) }

  /// Nil where no entry is the incident's.
  init?(_ log: SlowLog, _ id: IncidentID) {
    guard log.homes.contains(id) else { return nil }
    everything = log.marks
    own = SlowMetrics.sorted(log.marks.filter { $0.home == id })
    isMerged = SlowMetrics.target(id, log) != nil
    let sources = Set(log.marks.compactMap(\.home)).filter {
      SlowMetrics.target($0, log) == id
    }
    reports = log.marks.filter {
      $0.home.map { sources.contains($0) } == true
        && [.noticed, .complaint, .impact].contains($0.kind)
    }
  }

  static func sorted(_ marks: [Mark]) -> [Mark] {
    marks.sorted { ($0.minute, $0.ref.sequence) < ($1.minute, $1.ref.sequence) }
  }

  /// What was said later about an entry, unless it was struck itself.
  static func about(_ record: Record, _ records: [Record]) -> [Record] {
    records.filter {
      $0.entry.ref == record.ref && $0.ref.sequence > record.ref.sequence
        && !isStruck($0, records)
    }
  }

  static func isStruck(_ record: Record, _ records: [Record]) -> Bool {
    about(record, records).last { $0.entry.kind == .struck || $0.entry.kind == .unstruck }?.entry
      .kind == .struck
  }

  static func home(_ record: Record, _ records: [Record]) -> IncidentID? {
    let moves = about(record, records).filter {
      $0.entry.kind == .attached || $0.entry.kind == .detached
    }
    guard record.entry.kind == .complaint else { return record.entry.incident }
    var home = record.entry.incident
    for move in moves {
      if move.entry.kind == .attached {
        home = move.entry.incident
      } else if home == move.entry.incident {
        home = nil
      }
    }
    return home
  }

  static func effective(_ record: Record, _ records: [Record]) -> Mark? {
    if isStruck(record, records) { return nil }
    var entry = record.entry
    for correction in about(record, records) where correction.entry.kind == .corrected {
      entry = entry.setting(correction.entry[.set]?.members ?? [])
    }
    return Mark(record: record, entry: entry, home: home(record, records))
  }

  /// A `RandomLog` merges into its first incident alone, so that there are no circles.
  static func target(_ id: IncidentID, _ log: SlowLog) -> IncidentID? {
    let undone = log.marks.filter { $0.kind == .unmerged }.compactMap(\.entry.ref)
    return log.marks.filter { $0.home == id && $0.kind == .merged && !undone.contains($0.ref) }
      .sorted { $0.ref.sequence < $1.ref.sequence }
      .compactMap { $0.entry.incident(in: .into) }
      .last { $0 != id && log.homes.contains($0) }
  }
}

/// The entries of a log that count, and the incidents that any entry, struck or not, belongs to.
struct SlowLog {
  let marks: [SlowMetrics.Mark]
  let homes: Set<IncidentID>

  init(_ records: [Record]) {
    marks = records.filter { !$0.entry.kind.isControl }.compactMap {
      SlowMetrics.effective($0, records)
    }
    homes = Set(
      records.filter { !$0.entry.kind.isControl }
        .compactMap { SlowMetrics.home($0, records) })
  }
}

// MARK: - Marks

extension SlowMetrics {
  var status: String {
    var status = "open"
    for mark in own.sorted(by: { $0.ref.sequence < $1.ref.sequence }) {
      switch mark.kind {
      case .restored: if status == "open" { status = "restored" }
      case .resolved: if status != "closed" { status = "resolved" }
      case .reopened: status = "open"
      case .closed: status = "closed"
      case .cancelled: status = "cancelled"
      default: break
      }
    }
    if own.isEmpty { status = "cancelled" }
    return isMerged ? "merged" : status
  }

  var isOpen: Bool { status == "open" || status == "restored" }

  var called: Mark? { all.first { $0.kind == .noticed || $0.kind == .complaint } }
  var report: Mark? { called ?? own.first { $0.kind == .opened } }
  var reportFlags: Set<Clock.Flag> { called == nil && report != nil ? [.fallback] : [] }
  var impactStart: Mark? {
    all.first { $0.kind == .impact && $0.entry.string(.change) == "started" }
  }

  /// What stands behind the last reopening.
  var valid: [Mark] {
    guard let place = own.lastIndex(where: { $0.kind == .reopened }) else { return own }
    return Array(own[(place + 1)...])
  }

  func voided(_ kinds: Kind...) -> Set<Clock.Flag> {
    let void = own.dropLast(valid.count)
    return void.contains { kinds.contains($0.kind) } ? [.voidedByReopen] : []
  }

  var held: Mark? {
    valid.enumerated().last { place, mark in
      mark.kind == .mitigation && mark.entry.string(.outcome) == "held"
        && !valid[(place + 1)...].contains { later in
          later.kind == .mitigation && later.entry.string(.outcome) == "reverted"
            && (later.entry.ref == nil || later.entry.ref == mark.ref)
        }
    }?.element
  }
}

// MARK: - Clocks

extension SlowMetrics {
  func between(
    _ from: Mark?, _ to: Mark?, runs: Bool, none: Clock.Absence, noStart: Clock.Absence = .noReport,
    _ flags: Set<Clock.Flag> = []
  ) -> Answer {
    guard let from else { return Answer(flags: [.notRecorded(noStart)]) }
    if to == nil, !runs {
      return Answer(
        from: from.ref, flags: flags.intersection([.voidedByReopen]).union([.notRecorded(none)]))
    }
    let minutes = (to?.minute ?? now) - from.minute
    var flags = flags
    if from.entry.precision == .approximate || to?.entry.precision == .approximate {
      flags.insert(.approximate)
    }
    if minutes < 0 { flags.insert(.negative) }
    return Answer(seconds: minutes * 60, open: to == nil, from: from.ref, to: to?.ref, flags: flags)
  }

  func answer(_ id: ClockID) -> Answer {
    let acknowledged = own.first { $0.kind == .acknowledged || $0.kind == .engaged }
    let escalated = own.first { $0.kind == .escalated }
    let restored = valid.last { $0.kind == .restored }
    let resolved = valid.last { $0.kind == .resolved }
    func stood(_ first: Mark?, in second: Mark?) -> Set<Clock.Flag> {
      first == nil && second != nil ? [.fallback] : []
    }
    switch id {
    case .ttd:
      return between(
        impactStart, report, runs: false, none: .noReport, noStart: .noImpact, reportFlags)
    case .tta:
      return between(
        report, acknowledged, runs: status == "open", none: .noAcknowledgement, reportFlags)
    case .tte: return between(report, escalated, runs: false, none: .neverEscalated, reportFlags)
    case .tto:
      let engaged = own.first { $0.kind == .engaged && $0.entry.ref == escalated?.ref }
      return between(
        escalated, engaged, runs: status == "open", none: .noAnswer, noStart: .neverEscalated)
    case .ttx:
      let confirmed = own.last { $0.kind == .diagnosis && $0.entry.string(.verdict) == "confirmed" }
      return between(report, confirmed, runs: false, none: .noDiagnosis, reportFlags)
    case .ttm:
      return between(
        report, held ?? restored, runs: isOpen, none: .noMitigation,
        reportFlags.union(stood(held, in: restored)).union(voided(.mitigation, .restored)))
    case .ttr:
      return between(
        impactStart ?? report, restored ?? resolved, runs: isOpen, none: .noRestoration,
        stood(impactStart, in: report).union(stood(restored, in: resolved))
          .union(voided(.restored, .resolved)))
    case .tts:
      return between(
        report, resolved ?? restored, runs: isOpen, none: .noResolution,
        reportFlags.union(stood(resolved, in: restored)).union(voided(.restored, .resolved)))
    default: preconditionFailure("a sum or a share: \(id)")
    }
  }

  /// Minutes in which it was being worked on; nil where an interval ends before it begins or there is none.
  var activeMinutes: Set<Int>? {
    guard var start = report?.minute else { return nil }
    var minutes: Set<Int> = []
    var rest = own[...]
    while true {
      let cycle = rest.prefix { $0.kind != .reopened }
      rest = rest.dropFirst(cycle.count)
      let end =
        (cycle.last { $0.kind == .resolved } ?? cycle.last { $0.kind == .restored }
        ?? cycle.last { [.closed, .cancelled, .merged].contains($0.kind) } ?? rest.first)?.minute
      if end == nil, !isOpen { return nil }
      if (end ?? now) < start { return nil }
      minutes.formUnion(start..<(end ?? now))
      guard let reopened = rest.popFirst() else { return minutes }
      start = reopened.minute
    }
  }

  /// Minutes of full impact that were ended by what somebody recorded; nil where one was not.
  var fullImpactMinutes: Set<Int>? {
    var minutes: Set<Int> = []
    for home in Set(all.map(\.home)) {
      var running: [(scope: String?, degree: String)] = []
      var clock = 0
      for mark in all where mark.home == home && mark.kind == .impact {
        if running.contains(where: { $0.degree == "full" }) {
          minutes.formUnion(clock..<mark.minute)
        }
        clock = mark.minute
        let (scope, degree) = (mark.entry.string(.scope), mark.entry.string(.degree))
        func isMeant(_ scope: String?) -> Bool {
          mark.entry.string(.scope) == nil
            || !running.contains { $0.scope == mark.entry.string(.scope) }
            || scope == mark.entry.string(.scope)
        }
        switch mark.entry.string(.change) {
        case "ended":
          let left = running.filter { !isMeant($0.scope) }
          running = left
        case "changed":
          if running.isEmpty {
            running = [(scope, degree ?? "full")]
          } else {
            let left = running.filter { !isMeant($0.scope) }
            let changed = running.filter { isMeant($0.scope) }
              .map { (scope: scope ?? $0.scope, degree: degree ?? $0.degree) }
            running = left + changed
          }
        default:
          let same = running.first { $0.scope == scope }
          running.removeAll { $0.scope == scope }
          running.append((scope, degree ?? same?.degree ?? "full"))
        }
      }
      if running.contains(where: { $0.degree == "full" }) { return nil }
    }
    return minutes
  }

  /// The longest number of minutes within the active ones between two entries next to each other; only where nobody
  /// was away, that is without a reopening.
  var longestSilence: Int? {
    guard let report, !own.contains(where: { $0.kind == .reopened }) else { return nil }
    let end =
      (own.last { $0.kind == .resolved } ?? own.last { $0.kind == .restored }
      ?? own.last { [.closed, .cancelled, .merged].contains($0.kind) })?.minute
    var times = all.map(\.minute).filter { $0 >= report.minute && $0 <= end ?? now }
    if end == nil { times.append(now) }
    return zip(times, times.dropFirst()).map { $1 - $0 }.max()
  }
}

// MARK: - Service levels

extension SlowMetrics {
  /// Of the evening and the night of a `RandomLog`, with a break in each.
  static let hours = WorkingHours(
    name: "late", zone: .utc,
    hours: [
      .wednesday: [(20 * 60 + 10) * 60..<(20 * 60 + 40) * 60, 21 * 3600..<(23 * 60 + 30) * 60],
      .thursday: [1800..<7200],
    ])

  static let targets: [Priority: Deadline.Target] = [
    .p1: Deadline.Target(acknowledge: .minutes(15), fix: .minutes(40)),
    .p2: Deadline.Target(acknowledge: .minutes(10), fix: .minutes(30), hours: hours),
    // P3 has no target for the fix.
    .p3: Deadline.Target(acknowledge: .minutes(5), fix: nil),
  ]

  /// The last priority that was recorded.
  var priority: Priority? {
    own.filter { $0.kind == .set }.sorted { $0.ref.sequence < $1.ref.sequence }
      .compactMap { $0.entry.string(.priority) }.last.flatMap { Priority($0) }
  }

  func target(_ id: ClockID) -> TimeSpan? {
    let target = priority.flatMap { SlowMetrics.targets[$0] }
    return id == .slaAck ? target?.acknowledge : target?.fix
  }

  /// Minute by minute: worked, and no pause running. Nil where the clock has no figure.
  func serviceMinutes(_ id: ClockID) -> Int? {
    let clock = answer(id == .slaAck ? .tta : .ttr)
    guard let from = everything.first(where: { $0.ref == clock.from })?.minute,
      let seconds = clock.seconds, seconds >= 0
    else { return nil }
    let name = id == .slaAck ? "ack" : "fix"
    let switches = own.filter {
      ($0.kind == .paused || $0.kind == .resumed) && $0.entry.string(.clock) == name
    }
    let hours = priority.flatMap { SlowMetrics.targets[$0] }?.hours
    return (from..<(from + seconds / 60)).count { minute in
      let isPaused = switches.last { $0.minute <= minute }?.kind == .paused
      let civil = Zone.utc.civil(RandomLog.start + .minutes(minute))
      let isWorked =
        hours.map { hours in
          hours.hours[civil.date.weekday]?.contains { $0.contains(civil.secondOfDay) } == true
        } ?? true
      return isWorked && !isPaused
    }
  }

  /// The first call back, on whatever incident it was noted.
  func informed(_ complaint: Mark) -> Mark? {
    SlowMetrics.sorted(
      everything.filter { $0.kind == .informed && $0.entry.ref == complaint.ref }
    ).first
  }
}
