import LoggistModel
import LoggistStore
import Synchronization
import TestSupport
import Testing

/// A copy of another machine's log on a disk that fails, or whose power goes.
@Suite("Copies under fault")
struct CopyFaultTests {
  private let whole: [String: [UInt8]]
  /// Of the log's first three lines, and of all of it.
  private let pack: [UInt8]
  /// A machine that has the first three lines, and the pack.
  private let before: SimulatedDisk.State

  init() throws {
    let source = try Packing.store(lines: 3)
    let first = try Packing.pack(source)
    try Packing.log(6, in: source, from: Packing.nearMidnight + .seconds(3))
    pack = try Packing.pack(source)
    whole = Packing.copy(of: source)
    let disk = SimulatedDisk()
    try Packing.unpack(first, into: Packing.store(Packing.ward, lines: 1, seed: "w", on: disk))
    try disk.calls.replace("/pack", with: pack, mode: 0o600)
    before = disk.state.withLock { $0 }
  }

  private func target() -> SimulatedDisk { SimulatedDisk(before) }

  private func open(_ disk: SimulatedDisk) throws(StoreError) -> Store {
    try Store.open("/store", calls: disk.calls)
  }

  private func isWhole(_ disk: SimulatedDisk) -> Bool {
    Packing.files("/store/nodes/INC", disk.calls) == whole
  }

  @Test("Torn at any byte of what was not acknowledged, the same pack completes it")
  func torn() throws {
    let before = target()
    for name in ["2022-01.jsonl", "2022-02.jsonl"] {
      let bytes = whole[name] ?? []
      let there = (try? before.calls.contents(of: "/store/nodes/INC/\(name)")) ?? []
      for count in there.count...bytes.count {
        for fill in [[], [UInt8](repeating: 0, count: 5), Array("rubbish\n{\"v\":1,".utf8)] {
          // Nothing behind it: at every byte. Something: at some, and at the ends of lines.
          let isEnd = [0x0A, 0x7D].contains(bytes.prefix(count).last)
          if !fill.isEmpty, !isEnd, !count.isMultiple(of: 13) { continue }
          let disk = SimulatedDisk(before.state.withLock { $0 })
          let torn = Array(bytes.prefix(count)) + fill
          try disk.calls.replace("/store/nodes/INC/\(name)", with: torn, mode: 0o600)
          if name == "2022-02.jsonl" {
            let january = whole["2022-01.jsonl"] ?? []
            try disk.calls.replace("/store/nodes/INC/2022-01.jsonl", with: january, mode: 0o600)
          }
          _ = try Unpacking("/pack", into: open(disk))
          // Behind a whole last line, only the next line to come clears what is no line.
          let isLast = count == bytes.count && name == "2022-02.jsonl"
          #expect(isWhole(disk) || isLast && !fill.isEmpty, "\(name), \(count), \(fill.count)")
        }
      }
    }
  }

  @Test("Whatever call fails, once or for good, nothing that is said to be here is lost")
  func failures() throws {
    for call in SimulatedDisk.Call.allCases {
      let rehearsal = target()
      let from = rehearsal.count(of: call)
      _ = try Unpacking("/pack", into: open(rehearsal))
      for (error, isForGood) in [(Errno.inputOutput, false), (.noSpace, true)] {
        for number in from..<rehearsal.count(of: call) {
          let disk = target()
          disk.fault.withLock {
            $0 = { kind, count in
              kind == call && (count == number || isForGood && count > number) ? .error(error) : nil
            }
          }
          let taken = try? Unpacking("/pack", into: open(disk)).nodes.first?.taken
          disk.fault.withLock { $0 = nil }
          // What a failed flush left may be gone with the power.
          var generator = SeededGenerator(seed: UInt64(number))
          let after = disk.afterPowerCut(.dropped, using: &generator)
          if taken != nil { #expect(isWhole(after), "\(call) \(number)") }
          for disk in [disk, after] {
            _ = try Unpacking("/pack", into: open(disk))
            #expect(isWhole(disk), "\(call) \(number) \(error) \(isForGood)")
          }
        }
      }
    }
  }

  /// `LOGGIST_COPY_SEEDS` says how many, `LOGGIST_CRASH_SEED` where they begin.
  @Test(
    "Whatever a power cut leaves, what was acknowledged is there and the same pack completes the rest"
  )
  func powerCuts() throws {
    let rehearsal = target()
    let from = rehearsal.state.withLock { $0.changes }
    _ = try Unpacking("/pack", into: open(rehearsal))
    let to = rehearsal.state.withLock { $0.changes }
    let start = number("LOGGIST_CRASH_SEED", otherwise: 1)
    var states = 0
    for seed in start..<start + number("LOGGIST_COPY_SEEDS", otherwise: 4) {
      var generator = SeededGenerator(seed: UInt64(seed))
      for cut in from...to {
        for damage in CrashDamage.allCases {
          let disk = target()
          disk.cut.withLock { $0 = cut }
          let isDone = (try? Unpacking("/pack", into: open(disk))) != nil
          let after = disk.afterPowerCut(damage, using: &generator)
          states += 1
          if isDone { #expect(isWhole(after), "seed \(seed), cut \(cut), \(damage)") }
          _ = try Unpacking("/pack", into: open(after))
          #expect(isWhole(after), "seed \(seed), cut \(cut), \(damage), mended")
        }
      }
    }
    print("\(states) states of a copy after a power cut, seeds from \(start)")
    #expect(states > 100)
  }

  @Test("Without the flush the same check finds what was lost: the rig bites")
  func control() throws {
    var lost = 0
    for lie in [SimulatedDisk.Call.fdatasync, .fsync] {
      let disk = SimulatedDisk(target().state.withLock { $0 }, lying: [lie])
      _ = try Unpacking("/pack", into: open(disk))
      var generator = SeededGenerator(seed: 1)
      if !isWhole(disk.afterPowerCut(.dropped, using: &generator)) { lost += 1 }
    }
    #expect(lost == 2)
  }

  @Test("Two processes do not append to one copy at a time")
  func lock() throws {
    let disk = target()
    let store = try open(disk)
    let lock = try CopyLock(store)
    do throws(StoreError) {
      _ = try Unpacking("/pack", into: store)
      Issue.record("both had the lock")
    } catch {
      guard case .locked = error else { throw error }
    }
    lock.close()
    _ = try Unpacking("/pack", into: store)
    #expect(isWhole(disk))
  }

  @Test("A line that is gone from the middle of a copy is put back where it was")
  func middle() throws {
    let disk = target()
    _ = try Unpacking("/pack", into: open(disk))
    let path = "/store/nodes/INC/2022-01.jsonl"
    let lines = try disk.calls.contents(of: path).split(separator: 0x0A)
    let damaged = lines.enumerated().filter { $0.offset != 1 }.flatMap { $0.element + [0x0A] }
    try disk.calls.replace(path, with: damaged, mode: 0o600)
    let result = try Unpacking("/pack", into: open(disk))
    #expect(result.nodes.map(\.taken?.lowerBound) == [2])
    #expect(result.nodes.map(\.fork) == [nil])
    #expect(isWhole(disk))
  }

  @Test("A hole in the newest file is filled in front of the lines behind it")
  func hole() throws {
    let disk = target()
    _ = try Unpacking("/pack", into: open(disk))
    let path = "/store/nodes/INC/2022-02.jsonl"
    let lines = try disk.calls.contents(of: path).split(separator: 0x0A)
    for missing in 0..<lines.count - 1 {
      let damaged = lines.enumerated().filter { $0.offset != missing }.flatMap {
        $0.element + [0x0A]
      }
      try disk.calls.replace(path, with: damaged, mode: 0o600)
      _ = try Unpacking("/pack", into: open(disk))
      #expect(isWhole(disk), "\(missing)")
    }
  }
}
