import LoggistModel
import LoggistStore
import Synchronization
import TestSupport

@testable import LoggistSync

/// Seven days of twenty desks at four sites, one of them at the hub, around a turn of the month: what they log, what of
/// the lines, engines, processes and clocks goes wrong, by chance that follows from a seed. Nothing waits for real time.
final class Week {
  let backbone: Backbone
  let desks: [Desk]
  /// Everything that was acknowledged, in the order in which it was.
  private(set) var ledger: [Record] = []
  private(set) var incidents: [(id: IncidentID, opened: EntryRef)] = []
  private(set) var evidence: [EvidenceName] = []
  private(set) var tally = Tally()
  private var chance: SeededGenerator
  /// Milliseconds since Saturday 29 January 2022, 00:00 UTC.
  private var now = 0

  /// What came to pass, for the record.
  struct Tally {
    var cuts = 0
    var restarts = 0
    var torn = 0
    var wipes = 0
    var redactions = 0
    /// Milliseconds from the end of the last trouble until every desk had everything.
    var convergence = 0
  }

  final class Desk {
    let site: Site
    let writer: LogWriter
    /// Its clock's error.
    var skew: TimeSpan
    /// Switched off; without a network.
    var isOff = false
    var isAway = false
    fileprivate let clock: SetClock

    fileprivate init(_ name: String, at engine: Int, of backbone: Backbone, seed: UInt64, skew: Int)
      throws
    {
      site = try Site(name, at: backbone.engines[engine], seed: seed, now: Week.begin)
      let clock = SetClock(Week.begin)
      writer = try LogWriter(store: site.store, node: site.node, clock: { clock.read() })
      (self.clock, self.skew) = (clock, .seconds(skew))
    }

    /// A process of its own, which knows of the logs that have come since the other one began.
    fileprivate func anotherWriter() throws -> LogWriter {
      try LogWriter(store: site.store, node: site.node, clock: { [clock] in clock.read() })
    }

    /// Whether an entry is in its store.
    func holds(_ ref: EntryRef) -> Bool {
      site.replicator.logs[ref.node].map { $0.position.sequence >= ref.sequence } ?? false
    }
  }

  static let begin = Instant(milliseconds: 1_643_414_400_000)
  static let halfHours = 7 * 48
  /// When, in half-hours: a desk is without a network for six days, a site for two and in the last night, a clock is fast,
  /// another one has lost its year.
  private static let away = 24..<312
  private static let cutOff = 80..<176
  private static let lastNight = 320..<336
  private static let fast = 96..<192
  private static let yearLost = 0..<60
  private static let monthsEnd = 143

  init(seed: UInt64) throws {
    var chance = SeededGenerator(seed: seed)
    let backbone = Backbone(leaves: 3, seed: seed)
    var desks: [Desk] = []
    for (engine, word) in ["HUB", "NORTH", "SOUTH", "EAST"].enumerated() {
      for number in 1...5 {
        desks.append(
          try Desk(
            "\(word)\(number)", at: engine, of: backbone, seed: seed &+ UInt64(desks.count),
            skew: chance.below(241) - 120))
      }
    }
    (self.backbone, self.desks, self.chance) = (backbone, desks, chance)
    for engine in backbone.engines {
      engine.vices = Post.Vices(
        lost: 2, silent: 3, refused: 2, late: 10, twice: 5, dropped: 2, altered: 2, replayed: 3,
        misnamed: 1, mute: 5, lies: 2)
    }
  }

  func pass() throws {
    for halfHour in 0..<Week.halfHours {
      now = halfHour * 1_800_000
      try disturb(halfHour)
      let isDay = (14..<44).contains(halfHour % 48)
      for step in [0, 200, 1000, 3000, 6000, 40_000] {
        now += step
        for desk in desks where happens(isDay ? 10 : 2) { try log(at: desk) }
        try turn()
      }
    }
  }

  /// Everything is mended, and time passes until every desk has the same, or too much has passed.
  func end(within limit: Int) throws -> Bool {
    for leaf in backbone.leaves.indices { backbone.set(leaf, isUp: true) }
    // Everybody logs once more: what a crash left at the end of a log or of a copy is accounted for, or gone.
    for desk in desks {
      try bringBack(desk)
      try open(at: desk)
    }
    let mended = now
    while now - mended < limit {
      now += 200
      try turn()
      if havePositionsInCommon, desks.allSatisfy({ $0.site.replicator.evidence.count == 0 }) {
        tally.convergence = now - mended
        return true
      }
    }
    return false
  }

  private var havePositionsInCommon: Bool {
    let first = desks[0].site.replicator.positions
    return first.count == desks.count && desks.allSatisfy { $0.site.replicator.positions == first }
  }

  private func turn() throws {
    backbone.tick()
    for desk in desks where !desk.isOff { try desk.site.turn(now) }
  }

  private func happens(_ percent: Int) -> Bool { chance.below(100) < percent }

  // MARK: - What goes wrong

  private func disturb(_ halfHour: Int) throws {
    for leaf in backbone.leaves.indices {
      let isForced = leaf == 1 && Week.cutOff.contains(halfHour)
      let isUp = !isForced && (backbone.isUp(leaf) ? !happens(5) : happens(25))
      let isLast = leaf == 0 && Week.lastNight.contains(halfHour)
      if backbone.isUp(leaf), !isUp || isLast { tally.cuts += 1 }
      backbone.set(leaf, isUp: isUp && !isLast)
    }
    if let engine = [150: 1, 200: 0, 260: 3][halfHour] {
      backbone.wipe(engine)
      tally.wipes += 1
    }
    if halfHour % 48 == 0 { for engine in backbone.engines { engine.forgetNames() } }
    for (place, desk) in desks.enumerated() {
      try disturb(desk, place, halfHour)
    }
  }

  private func disturb(_ desk: Desk, _ place: Int, _ halfHour: Int) throws {
    switch place {
    case 7:
      if halfHour == Week.away.lowerBound {
        desk.isAway = true
        desk.site.courier.cut()
      }
      if halfHour == Week.away.upperBound { try bringBack(desk) }
    case 3:
      desk.skew = Week.fast.contains(halfHour) ? .minutes(40) : .seconds(2)
    case 12:
      desk.skew = Week.yearLost.contains(halfHour) ? .zero - TimeSpan.days(365) : .seconds(-5)
    default: break
    }
    // What a crash left of the month's last line stands in another file than the next one.
    if halfHour == Week.monthsEnd, [1, 6, 11, 16].contains(place), !desk.isOff {
      return try kill(desk, isCut: true)
    }
    if desk.isOff {
      if happens(25) { try bringBack(desk) }
    } else if happens(2), place != 7 {
      desk.site.courier.cut()
      desk.isOff = true
    } else if happens(3) {
      try kill(desk)
    }
  }

  /// Its process is killed and starts again; now and then that leaves half a line, in a copy or in its own log.
  private func kill(_ desk: Desk, isCut: Bool = false) throws {
    tally.restarts += 1
    if happens(25) || isCut {
      let isOwn = isCut || happens(20)
      let node = isOwn ? desk.site.node : desks[chance.below(desks.count)].site.node
      let store = try desk.site.store
      if store.node(node) != nil, let segment = try store.segments(of: node).last {
        desk.site.append(
          #"{"v":1,"node":"\#(node)","seq":9"#, to: Store.relativePath(node, segment))
        tally.torn += 1
      }
    }
    try desk.site.restart(remembers: happens(50))
    if desk.isAway { desk.site.courier.cut() }
  }

  private func bringBack(_ desk: Desk) throws {
    if desk.isOff { try desk.site.restart(remembers: happens(50)) }
    (desk.isOff, desk.isAway) = (false, false)
    if !desk.site.courier.isReady { desk.site.courier.connect() }
  }

  // MARK: - What is logged

  private func log(at desk: Desk) throws {
    if happens(1) { return try redact(at: desk) }
    if happens(1) { return try keepEvidence(at: desk) }
    desk.clock.set(time(at: desk))
    let known = incidents.suffix(15).filter { desk.holds($0.opened) }
    if known.isEmpty || happens(20) { return try open(at: desk) }
    let incident = known[chance.below(known.count)].id
    var entries = [entry(desk, incident)]
    if happens(30) { entries.append(entry(desk, incident)) }
    ledger += try desk.writer.append(via: .tui) { _ in entries }
  }

  private func time(at desk: Desk) -> Instant {
    Week.begin + TimeSpan(milliseconds: Int64(now)) + desk.skew
  }

  private func open(at desk: Desk) throws {
    desk.clock.set(time(at: desk))
    let at = Timestamp(desk.clock.read())
    let records = try desk.writer.append(via: .tui) { context in
      try context.numbered([
        Entry(.opened, at: at, fields: [(.title, .string("Nothing prints, \(context.node)"))]),
        Entry(.set, at: at, fields: [(.priority, .string("P3"))]),
      ])
    }
    ledger += records
    if let first = records.first, let id = first.entry.incident {
      incidents.append((id, first.ref))
    }
  }

  private func entry(_ desk: Desk, _ incident: IncidentID) -> Entry {
    let at = Timestamp(desk.clock.read())
    switch chance.below(20) {
    case 0..<9:
      return Entry(.note, incident, at: at, text: "the patient of bed \(ledger.count) waits")
    case 9..<13:
      return Entry(
        .set, incident, at: at, fields: [(.priority, .string("P\(1 + chance.below(4))"))])
    case 13: return Entry(.acknowledged, incident, at: at)
    case 14, 15: return Entry(.restored, incident, at: at)
    case 16, 17: return Entry(.resolved, incident, at: at)
    case 18: return Entry(.reopened, incident, at: at)
    default: return Entry(.closed, incident, at: at)
    }
  }

  /// A picture that somebody hands in, now and then one that travels in several pieces.
  private func keepEvidence(at desk: Desk) throws {
    desk.clock.set(time(at: desk))
    let count = happens(10) ? Piece.limit + 1 : 1 + chance.below(2000)
    let name = try desk.site.handIn(
      (0..<count).map { _ in UInt8.random(in: 0...255, using: &chance) })
    let entry = Site.evidence(name, at: Timestamp(desk.clock.read()))
    ledger += try desk.writer.append(via: .tui) { _ in [entry] }
    evidence.append(name)
  }

  /// One of the last notes, which two desks may well do at once.
  private func redact(at desk: Desk) throws {
    let notes = ledger.suffix(60).filter { $0.entry.kind == .note && desk.holds($0.ref) }
    guard let note = notes.first else { return }
    desk.clock.set(time(at: desk))
    ledger.append(
      try Redaction.redact(
        note.ref, reason: "a name", by: desk.anotherWriter(), via: .cli,
        at: Timestamp(desk.clock.read())))
    tally.redactions += 1
  }
}

/// A clock that stands until it is set.
private final class SetClock: Sendable {
  private let now: Mutex<Instant>

  init(_ now: Instant) { self.now = Mutex(now) }

  func read() -> Instant { now.withLock { $0 } }
  func set(_ instant: Instant) { now.withLock { $0 = instant } }
}
