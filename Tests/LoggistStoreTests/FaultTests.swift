import LoggistModel
import LoggistStore
import Synchronization
import TestSupport
import Testing

/// One shift on a simulated disk: two processes write, a month ends in between.
private struct Shift {
  var acknowledged: [Record] = []
  var failures: [StoreError] = []
  var isCreated = false

  /// Goes on after every failure, as a person does.
  init(on disk: SimulatedDisk) {
    let nearMidnight = Instant(milliseconds: 1_643_673_597_000)  // 2022-01-31T23:59:57Z
    let clock = steppingClock(from: nearMidnight)
    let options = StoreCreation(node: inc, isRehearsal: true, seed: "shift", now: nearMidnight)
    do throws(StoreError) {
      let store: Store
      if let opened = try? Store.open("/store", calls: disk.calls) {
        store = opened
      } else {
        store = try Store.create(at: "/store", options: options, calls: disk.calls)
      }
      isCreated = true
      let writers = [
        try LogWriter(store: store, by: "ama", clock: clock, lockLimit: 50),
        try LogWriter(store: store, by: "ben", clock: clock, lockLimit: 50),
      ]
      for round in 0..<6 {
        do throws(StoreError) {
          acknowledged += try writers[round % 2].append(via: .tui) { context in
            let incident = try context.nextIncident
            let title = JSONValue.string("round \(round)")
            return round % 3 == 0
              ? [
                Entry(
                  .opened, incident, at: Timestamp(nearMidnight), fields: [(.title, title)]),
                Entry(.complaint, incident, at: Timestamp(nearMidnight), text: "beside it"),
              ] : [note("round \(round)")]
          }
        } catch {
          failures.append(error)
        }
      }
    } catch {
      failures.append(error)
    }
  }
}

/// What must hold of a disk, whatever happened to it before.
private func check(
  _ disk: SimulatedDisk, holds shift: Shift, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  guard shift.isCreated else { return }
  let store = try Store.open("/store", calls: disk.calls)
  var reader = LogReader(store: store)
  let records = try reader.load().records
  for record in shift.acknowledged {
    let count = records.count { $0 == record }
    #expect(count == 1, "\(record.ref)", sourceLocation: sourceLocation)
  }
  // And work goes on.
  let later = Instant(milliseconds: 1_643_680_000_000)
  let writer = try LogWriter(store: store, by: "ama", clock: steppingClock(from: later))
  let added = try writer.append(via: .cli) { _ in [note("after"), note("it")] }
  let again = try reader.poll()
  guard case .appended(let contents) = again else {
    Issue.record("\(again)", sourceLocation: sourceLocation)
    return
  }
  #expect(contents.records == added, sourceLocation: sourceLocation)
  let verification = try Verification.run(store)
  for finding in verification.findings {
    switch finding.reason {
    case .alteredEntry, .alteredHead, .alteredFirst, .fork, .gapDiffers, .uncoveredBytes,
      .loggedGoesBack, .tornTail:
      Issue.record("\(finding)", sourceLocation: sourceLocation)
    default: break
    }
  }
}

@Suite("Faults")
struct FaultTests {
  @Test("A disk that works acknowledges everything and verifies")
  func control() throws {
    let disk = SimulatedDisk()
    let shift = Shift(on: disk)
    #expect(shift.failures.isEmpty)
    #expect(shift.acknowledged.count == 8)
    try check(disk, holds: shift)
    #expect(try Verification.run(Store.open("/store", calls: disk.calls)).findings.isEmpty)
  }

  @Test(
    "Whatever call fails, once or for good, nothing acknowledged is lost",
    arguments: SimulatedDisk.Call.allCases)
  func failure(of call: SimulatedDisk.Call) throws {
    let rehearsal = SimulatedDisk()
    _ = Shift(on: rehearsal)
    for errno in [Errno.inputOutput, .noSpace, .readOnlyFileSystem] {
      for number in 0..<rehearsal.count(of: call) {
        for isForGood in [false, true] {
          let disk = SimulatedDisk()
          disk.fault.withLock {
            $0 = { kind, count in
              kind == call && (count == number || isForGood && count > number)
                ? .error(errno) : nil
            }
          }
          let shift = Shift(on: disk)
          disk.fault.withLock { $0 = nil }
          try check(disk.copy(), holds: shift)
          // What was acknowledged is on the platter, not only in memory.
          try check(disk.afterPowerCut { _ in 0 }, holds: shift)
        }
      }
    }
  }

  @Test(
    "Once a call has failed, the next append works",
    arguments: [SimulatedDisk.Call.write, .fdatasync])
  func recovery(from call: SimulatedDisk.Call) throws {
    for number in 0..<3 {
      let disk = SimulatedDisk()
      disk.fault.withLock {
        $0 = { kind, count in kind == call && count == 16 + number ? .error(.inputOutput) : nil }
      }
      let shift = Shift(on: disk)
      #expect(shift.failures.count <= 1)
    }
  }

  @Test("A write that takes only some bytes loses nothing, at whatever length")
  func shortWrites() throws {
    for limit in stride(from: 1, to: 700, by: 3) {
      let disk = SimulatedDisk()
      disk.fault.withLock {
        $0 = { kind, count in kind == .write && count % 2 == 1 ? .short(limit) : nil }
      }
      let shift = Shift(on: disk)
      #expect(shift.failures.isEmpty)
      #expect(shift.acknowledged.count == 8)
      disk.fault.withLock { $0 = nil }
      try check(disk, holds: shift)
    }
  }

  @Test("Wherever the power goes, what was acknowledged is there afterwards")
  func powerCuts() throws {
    let rehearsal = SimulatedDisk()
    _ = Shift(on: rehearsal)
    var generator = SeededGenerator(seed: 5)
    for cut in 0...rehearsal.changes {
      let disk = SimulatedDisk()
      disk.cut.withLock { $0 = cut }
      let shift = Shift(on: disk)
      disk.cut.withLock { $0 = nil }
      try check(disk.afterPowerCut { _ in 0 }, holds: shift)
      try check(disk.afterPowerCut { $0 }, holds: shift)
      for _ in 0..<8 {
        try check(
          disk.afterPowerCut { count in
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: 0
            case 1: count
            default: Int.random(in: 0...count, using: &generator)
            }
          }, holds: shift)
      }
    }
  }

  @Test("The rig finds a disk that lies: without the flush, acknowledged lines are lost")
  func lyingDisk() throws {
    let disk = SimulatedDisk(lying: [.fdatasync, .fsync])
    let shift = Shift(on: disk)
    #expect(shift.acknowledged.count == 8)
    let after = disk.afterPowerCut { _ in 0 }
    #expect(throws: StoreError.self) { try Store.open("/store", calls: after.calls) }
  }
}

extension SimulatedDisk {
  /// The same disk in another process.
  fileprivate func copy() -> SimulatedDisk {
    var state = state.withLock { $0 }
    (state.files, state.locks, state.counts) = ([:], [:], [:])
    return SimulatedDisk(state)
  }
}
