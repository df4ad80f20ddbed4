import Glibc
import LoggistModel
import LoggistStore
import Synchronization
import TestSupport
import Testing

/// A number from the environment, for `make torture`.
func number(_ name: String, otherwise: Int) -> Int {
  getenv(name).flatMap { Int(String(cString: $0)) } ?? otherwise
}

/// Says at once how far a long run has come, also where nobody watches it on a terminal.
func tell(_ text: String) {
  print(text)
  fflush(nil)
}

@Suite("Power cuts")
struct CrashTests {
  /// `LOGGIST_CRASHES` says how many states, `LOGGIST_CRASH_SEED` where the seeds begin.
  @Test("Whatever a power cut leaves of what was not flushed, nothing acknowledged is lost")
  func states() throws {
    let wanted = number("LOGGIST_CRASHES", otherwise: 4_000)
    var seed = UInt64(number("LOGGIST_CRASH_SEED", otherwise: 1))
    let first = seed
    var (tally, told) = (Tally(), 0)
    while tally.states < wanted {
      var generator = SeededGenerator(seed: seed &* 7919)
      let shift = CrashShift(seed: seed)
      tally.shifts += 1
      try tryAll(shift, seed, &generator, &tally)
      // A second shift on what some crash of the first one left, and its crashes.
      if let moment = shift.moments.filter(\.isCreated).randomElement(using: &generator),
        let damage = CrashDamage.allCases.randomElement(using: &generator)
      {
        let base = moment.disk.afterPowerCut(damage, using: &generator)
        var before = shift
        before.acknowledgedBefore(moment.acknowledged)
        let second = CrashShift(seed: seed &+ 1 << 32, on: base, before: before)
        tally.shifts += 1
        try tryAll(second, seed, &generator, &tally)
      }
      if tally.states / Self.round > told {
        told = tally.states / Self.round
        tell("power cuts: \(tally.states) of \(wanted) states, \(tally.failures) broke a promise")
      }
      seed += 1
    }
    tell(
      "\(tally.states) states after a power cut, \(tally.shifts) shifts, seeds \(first)..<\(seed), "
        + "\(tally.withLoss) with something unacknowledged lost or damaged")
    #expect(tally.failures == 0)
  }

  /// So many states go by between two words about them.
  private static let round = 20_000

  private struct Tally {
    var states = 0
    var shifts = 0
    var withLoss = 0
    var failures = 0
  }

  private func tryAll(
    _ shift: CrashShift, _ seed: UInt64, _ generator: inout SeededGenerator, _ tally: inout Tally
  ) throws {
    for (place, moment) in shift.moments.enumerated() where moment.isCreated {
      for damage in CrashDamage.allCases {
        let disk = SimulatedDisk(moment.disk.afterPowerCut(damage, using: &generator))
        tally.states += 1
        do {
          let check = CrashCheck(shift: shift, acknowledged: moment.acknowledged)
          if try check.run(disk) { tally.withLoss += 1 }
        } catch {
          tally.failures += 1
          if tally.failures <= 10 {
            Issue.record("seed \(seed), \(shift.fault), moment \(place), \(damage): \(error)")
          }
        }
      }
    }
  }

  @Test(
    "Without the flush, or without that of the folder, the same check finds what was lost",
    arguments: [SimulatedDisk.Call.fdatasync, .fsync])
  func control(lying call: SimulatedDisk.Call) throws {
    var (states, found) = (0, 0)
    for seed in UInt64(1)...12 {
      let shift = CrashShift(seed: seed, lies: [call])
      for moment in shift.moments where moment.acknowledged > 0 {
        var generator = SeededGenerator(seed: seed)
        let disk = SimulatedDisk(moment.disk.afterPowerCut(.dropped, using: &generator))
        states += 1
        do {
          _ = try CrashCheck(shift: shift, acknowledged: moment.acknowledged).run(disk)
        } catch {
          found += 1
        }
      }
    }
    print("without \(call): \(found) of \(states) states have lost something acknowledged")
    #expect(states > 100)
    #expect(found * 10 >= states * 9)
  }
}

/// What must hold of a disk after a crash.
struct CrashCheck {
  let shift: CrashShift
  /// How many of its records were acknowledged.
  let acknowledged: Int

  struct Broken: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }

  /// True where something that nobody had acknowledged is not there, or damaged.
  func run(_ disk: SimulatedDisk) throws -> Bool {
    let store = try Store.open("/store", calls: disk.calls)
    var reader = LogReader(store: store)
    let records = try reader.load().records
    let promised = shift.acknowledged.prefix(acknowledged)
    for record in promised {
      let count = records.count { $0 == record }
      if count != 1 { throw Broken("\(record.ref) is there \(count) times") }
    }
    let findings = try Verification.run(store).findings
    let named = Set(findings.compactMap { finding in finding.reason.alteredEntry })
    for record in records where !named.contains(record.ref) {
      guard record.entry.kind != .ioError else { continue }
      if !shift.texts.contains(record.entry.text ?? "") {
        throw Broken("\(record.ref) is shown, and nobody wrote it: \(record.entry)")
      }
    }
    try check(findings, Set(promised.map(\.ref)))
    try goOn(store, &reader, records)
    return records.count < shift.texts.count || !findings.isEmpty
  }

  /// No finding says anything against what was acknowledged.
  private func check(_ findings: [Finding], _ promised: Set<EntryRef>) throws {
    for finding in findings {
      switch finding.reason {
      case .alteredEntry(let ref) where !promised.contains(ref): break
      // Two lines disagree, and one of them was never flushed: a torn `prev` that is base64 all the same.
      case .alteredHead(let ref, let by) where !promised.isSuperset(of: [ref, by]): break
      case .uncoveredBytes(let ref, _) where !promised.contains(ref): break
      // The pieces of a short write that it accounts for were never flushed.
      case .gapDiffers(let ref) where !promised.contains(ref): break
      case .missing(let first, let last), .missingSegment(let first, let last):
        if let lost = promised.first(where: { (first.sequence...last).contains($0.sequence) }) {
          throw Broken("\(lost) is missing: \(finding)")
        }
      case .alteredEntry, .alteredHead, .alteredFirst, .fork, .gapDiffers, .uncoveredBytes,
        .loggedGoesBack:
        throw Broken("\(finding)")
      default: break
      }
    }
  }

  /// And work goes on behind it.
  private func goOn(_ store: Store, _ reader: inout LogReader, _ before: [Record]) throws {
    let later = Instant(milliseconds: 1_643_680_000_000) + .hours(48)
    let writer = try LogWriter(store: store, by: "ama", clock: steppingClock(from: later))
    let added = try writer.append(via: .cli) { _ in [note("after"), note("it")] }
    if added.count != 2 { throw Broken("no way on") }
    var again = LogReader(store: store)
    let records = try again.load().records
    if Array(records.suffix(2)) != added { throw Broken("what was added is not last: \(records)") }
    if !Set(before).isSubset(of: Set(records)) { throw Broken("writing on has cost a record") }
    guard case .appended(let contents) = try reader.poll() else { throw Broken("told to reload") }
    if !added.allSatisfy(contents.records.contains) { throw Broken("a reader does not see it") }
    for finding in try Verification.run(store).findings {
      switch finding.reason {
      case .alteredFirst, .fork, .loggedGoesBack, .tornTail: throw Broken("\(finding)")
      case .uncoveredBytes(let ref, _) where added.contains { $0.ref == ref },
        .gapDiffers(let ref) where added.contains { $0.ref == ref }:
        throw Broken("\(finding)")
      default: break
      }
    }
  }
}

extension FindingReason {
  fileprivate var alteredEntry: EntryRef? {
    switch self {
    case .alteredEntry(let ref), .alteredHead(let ref, _): ref
    default: nil
    }
  }
}
