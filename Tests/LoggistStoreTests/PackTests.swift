import LoggistModel
import LoggistStore
import Synchronization
import Testing

@Suite("Packs")
struct PackTests {
  private let source: Store
  private let target: Store

  init() throws {
    source = try Packing.store()
    target = try Packing.store(Packing.ward, lines: 3, seed: "ward")
  }

  private func reopened(_ store: Store) throws -> Store {
    try Store.open("/store", calls: store.calls)
  }

  @Test("A log arrives byte for byte, months and all, and the copy has no lock")
  func arrives() throws {
    let result = try Packing.unpack(Packing.pack(source), into: target)
    #expect(result.nodes.map(\.taken) == [1...8])
    let copy = Packing.log(of: inc, in: target)
    #expect(copy == Packing.copy(of: source))
    #expect(copy.keys.sorted() == ["2022-01.jsonl", "2022-02.jsonl", "node.json"])
    let verification = try Verification.run(reopened(target))
    #expect(verification.findings.isEmpty)
    #expect(verification.heads.contains(try #require(try Packing.heads(source).first)))
    #expect(try reopened(target).ownNode == Packing.ward)
  }

  @Test("The same pack again, and an older one, change nothing")
  func idempotent() throws {
    let old = try Packing.pack(source)
    try Packing.log(3, in: source, from: Packing.nearMidnight + .seconds(60))
    let new = try Packing.pack(source)
    try Packing.unpack(new, into: target)
    let before = Packing.files("/store", target.calls)
    for pack in [new, old, new] {
      let result = try Packing.unpack(pack, into: target)
      #expect(result.nodes.map(\.taken) == [nil])
      #expect(result.nodes.map(\.fork) == [nil])
    }
    #expect(Packing.files("/store", target.calls) == before)
  }

  @Test("A pack holds every node that a store knows, and passes others' logs on")
  func passesOn() throws {
    try Packing.unpack(Packing.pack(target), into: source)
    let third = try Packing.store(NodeCode("THIRD") ?? inc, lines: 1, seed: "third")
    let result = try Packing.unpack(Packing.pack(reopened(source)), into: third)
    #expect(result.nodes.map(\.taken) == [1...8, 1...3])
    #expect(
      Packing.log(of: Packing.ward, in: third) == Packing.copy(of: target, node: Packing.ward))
  }

  @Test("Since a head, since a time, and since the last head")
  func since() throws {
    let noted = try #require(try Packing.heads(source).first)
    try Packing.unpack(Packing.pack(source), into: target)
    #expect(try PackPlan(source, since: .init(heads: [noted])).unchanged == [inc])
    let later = Packing.nearMidnight + .seconds(60)
    try Packing.log(2, in: source, from: later)
    for since in [PackPlan.Since(heads: [noted]), .init(time: later)] {
      let plan = try PackPlan(source, since: since)
      #expect(plan.runs.map(\.first) == [9])
      #expect(plan.runs.map(\.last) == [10])
    }
    let result = try Packing.unpack(
      Packing.pack(source, since: .init(heads: [noted])), into: target)
    #expect(result.nodes.map(\.taken) == [9...10])
    #expect(Packing.log(of: inc, in: target) == Packing.copy(of: source))
  }

  /// The lines of these numbers have another text than was logged.
  private func alter(_ numbers: [Int], in source: Store) throws {
    for name in ["2022-01", "2022-02"] {
      let path = "/store/nodes/INC/\(name).jsonl"
      let lines = text(try source.calls.contents(of: path)).split(separator: "\n").map { line in
        numbers.contains { line.contains("\"seq\":\($0),") }
          ? "\(line.replacing("Nummer", with: "NUMMER"))" : "\(line)"
      }
      let bytes = lines.map { $0 + "\n" }.joined().utf8
      try source.calls.replace(path, with: Array(bytes), mode: 0o600)
    }
  }

  @Test(
    "Since a time, a line that was altered hides none that is newer",
    arguments: [
      // Of ten lines the last two are new.
      ([8], 8, nil), ([7, 8], 7, nil), ([9], 9, nil), ([10], 10, 9...9), ([9, 10], 9, nil),
      ([8, 9, 10], 8, nil), ([3], nil, 9...10),
    ] as [([Int], Int?, ClosedRange<Int>?)])
  func sinceBehindAltered(numbers: [Int], flaw: Int?, packed: ClosedRange<Int>?) throws {
    let later = Packing.nearMidnight + .seconds(60)
    try Packing.log(2, in: source, from: later)
    try alter(numbers, in: source)
    let plan = try PackPlan(reopened(source), since: .init(time: later))
    #expect(plan.flaws.map(\.ref.sequence) == [flaw].compactMap { $0 })
    #expect(plan.runs.map { $0.first...$0.last } == [packed].compactMap { $0 })
    #expect(plan.unchanged.isEmpty)
  }

  @Test("Since a time, the search is not led astray where it meets a line that was altered")
  func sinceAcrossAltered() throws {
    try Packing.log(2, in: source, from: Packing.nearMidnight + .seconds(60))
    let whole = try PackPlan(source, since: .init(time: Packing.nearMidnight))
    for number in 2...10 {
      let logs = try Packing.store()
      try Packing.log(2, in: logs, from: Packing.nearMidnight + .seconds(60))
      try alter([number], in: logs)
      let plan = try PackPlan(reopened(logs), since: .init(time: Packing.nearMidnight))
      #expect(plan.runs.map(\.first) == whole.runs.map(\.first))
      #expect(plan.runs.map(\.last) == [number - 1])
      #expect(plan.flaws.map(\.ref.sequence) == [number])
    }
  }

  @Test("A head that is not this log's is said, and nothing is packed")
  func foreignHead() throws {
    let digest = String(repeating: "A", count: 43)
    for (number, isMissing) in [(3, false), (99, true)] {
      let head = LogHead(ref: EntryRef(node: inc, sequence: number), digest: digest)
      do throws(StoreError) {
        _ = try PackPlan(source, since: .init(heads: [head]))
        Issue.record("packed since \(head)")
      } catch {
        guard case .headDiffers(head, isMissing) = error else {
          Issue.record("\(error)")
          continue
        }
      }
    }
  }

  @Test("A hole in front of a pack is named and nothing behind it is taken")
  func hole() throws {
    let later = Packing.nearMidnight + .seconds(60)
    try Packing.log(2, in: source, from: later)
    let before = Packing.files("/store/nodes", target.calls)
    let result = try Packing.unpack(Packing.pack(source, since: .init(time: later)), into: target)
    #expect(result.nodes.map(\.missing) == [1...8])
    #expect(result.nodes.map(\.taken) == [nil])
    #expect(Packing.files("/store/nodes", target.calls) == before)
  }

  @Test("A fork is kept on both sides and nothing is written over")
  func fork() throws {
    // A machine that was cloned: the same log up to its eighth line.
    try Packing.unpack(Packing.pack(source), into: target)
    let clone = try Packing.store()
    try Packing.log(2, in: clone, from: Packing.nearMidnight + .seconds(100))
    try Packing.log(3, in: source, from: Packing.nearMidnight + .seconds(60))
    try Packing.unpack(Packing.pack(source), into: target)
    let log = Packing.log(of: inc, in: target)
    for _ in 1...2 {
      let result = try Packing.unpack(Packing.pack(clone), into: target)
      #expect(result.nodes.map(\.fork) == [EntryRef(node: inc, sequence: 9)])
      #expect(result.nodes.map(\.putAside) == [2])
      #expect(result.nodes.map(\.known) == [8])
      #expect(Packing.log(of: inc, in: target) == log)
    }
    let kept = Packing.files("/store/sync/forks", target.calls)
    let lines = Packing.log(of: inc, in: clone)["2022-02.jsonl"] ?? []
    #expect(kept.keys.sorted() == ["INC.jsonl"])
    #expect(lines.suffix(kept["INC.jsonl"]?.count ?? 0) == kept["INC.jsonl"]?[...])
    let findings = try Verification.run(reopened(target)).findings
    #expect(findings.map(\.reason) == [.forkKept(EntryRef(node: inc, sequence: 9))])
    #expect(try !Verification.run(reopened(target)).isClean)
    #expect(Doctor.examine("/store", calls: target.calls).contains(findings[0]))
  }

  @Test("Another machine of the same code is a fork from its first line on")
  func sameCode() throws {
    let other = try Packing.store(lines: 2, seed: "another machine")
    let before = Packing.log(of: inc, in: source)
    let result = try Packing.unpack(Packing.pack(other), into: source)
    #expect(result.nodes.map(\.isOtherMachine) == [true])
    #expect(result.nodes.map(\.putAside) == [2])
    #expect(Packing.log(of: inc, in: source) == before)
  }

  @Test("Where a fork has no room, it is said how much of it is kept")
  func longFork() throws {
    let other = try Packing.store(lines: 5, seed: "another machine")
    let lines = Packing.log(of: inc, in: other).filter { $0.key.hasSuffix(".jsonl") }
      .sorted { $0.key < $1.key }.flatMap(\.value)
    let kept = lines.split(separator: 0x0A).prefix(3).reduce(0) { $0 + $1.count + 1 }
    // So much stands there already that three of the five lines find room.
    let junk = Array(repeating: UInt8(ascii: "x"), count: ForkFile.limit - kept - 1) + [0x0A]
    for folder in ["sync", "sync/forks"] { try source.calls.mkdir("/store/\(folder)", 0o700) }
    try source.calls.replace("/store/sync/forks/INC.jsonl", with: junk, mode: 0o600)
    for _ in 1...2 {
      let result = try Packing.unpack(Packing.pack(other), into: source)
      #expect(result.nodes.map(\.forked) == [5])
      #expect(result.nodes.map(\.putAside) == [3])
      let file = try source.calls.contents(of: "/store/sync/forks/INC.jsonl", limit: 1 << 30)
      #expect(file.count == ForkFile.limit)
      #expect(file.suffix(kept) == lines.prefix(kept))
    }
  }

  @Test("A fork that shows only by the line in front of it is one, too")
  func forkInFront() throws {
    let clone = try Packing.store(lines: 7)
    try Packing.log(3, in: clone, from: Packing.nearMidnight + .seconds(60))
    try Packing.unpack(Packing.pack(source), into: target)
    let since = PackPlan.Since(time: Packing.nearMidnight + .seconds(61))
    let result = try Packing.unpack(Packing.pack(clone, since: since), into: target)
    #expect(result.nodes.map(\.fork) == [EntryRef(node: inc, sequence: 9)])
  }

  @Test("Lines that were lost here come back into the log that is written here")
  func ownLines() throws {
    try Packing.unpack(Packing.pack(source), into: target)
    // The machine's disk is that of a back-up: five lines old.
    let restored = try Packing.store(lines: 5)
    let result = try Packing.unpack(Packing.pack(reopened(target)), into: restored)
    #expect(result.nodes.map(\.taken) == [6...8, 1...3])
    #expect(result.nodes.map(\.isOwn) == [true, false])
    #expect(
      Packing.log(of: inc, in: restored)["2022-02.jsonl"]
        == Packing.log(of: inc, in: source)["2022-02.jsonl"])
    try Packing.log(1, in: reopened(restored), from: Packing.nearMidnight + .seconds(200))
    #expect(try Verification.run(reopened(restored)).findings.isEmpty)
  }

  @Test("Bytes that were never a line travel in front of the line that accounts for them")
  func gap() throws {
    let path = "/store/nodes/INC/2022-02.jsonl"
    let torn = try source.calls.contents(of: path) + Array("{\"v\":1,\"node\":\"INC\",\"se".utf8)
    try source.calls.replace(path, with: torn, mode: 0o600)
    try Packing.log(2, in: reopened(source), from: Packing.nearMidnight + .seconds(60))
    let pack = try Packing.pack(reopened(source))
    #expect(text(pack).contains("{\"gap\":\""))
    let result = try Packing.unpack(pack, into: target)
    #expect(result.nodes.map(\.taken) == [1...10])
    #expect(Packing.log(of: inc, in: target) == Packing.copy(of: source))
    #expect(try Verification.run(reopened(target)).isClean)
  }

  @Test("A failed flush, and the lines that were written again after it, arrive in their order")
  func writtenAgain() throws {
    let disk = SimulatedDisk()
    let source = try Packing.store(on: disk)
    let flushes = disk.count(of: .fdatasync)
    disk.fault.withLock { $0 = { $0 == .fdatasync && $1 == flushes ? .error(.inputOutput) : nil } }
    try Packing.log(3, in: source, from: Packing.nearMidnight + .seconds(60))
    disk.fault.withLock { $0 = nil }
    #expect(Packing.log(of: inc, in: source).keys.contains("2022-02.2.jsonl"))
    let result = try Packing.unpack(Packing.pack(source), into: target)
    #expect(result.nodes.map(\.taken) == [1...12])
    #expect(try Verification.run(reopened(target)).findings.isEmpty)
    #expect(try Packing.heads(reopened(target)).contains(Packing.heads(source)[0]))
  }

  @Test("What is altered is not packed, and what stands in front of it is")
  func altered() throws {
    let path = "/store/nodes/INC/2022-01.jsonl"
    let edited = text(try source.calls.contents(of: path)).replacing("Nummer 3", with: "Nummer 4")
    try source.calls.replace(path, with: Array(edited.utf8), mode: 0o600)
    let plan = try PackPlan(source)
    let ref = EntryRef(node: inc, sequence: 4)
    #expect(plan.flaws.map(\.ref) == [ref])
    #expect(plan.flaws.map(\.flaw) == [.line(.altered(ref))])
    #expect(plan.runs.map(\.last) == [3])
    let result = try Packing.unpack(Packing.pack(source), into: target)
    #expect(result.nodes.map(\.taken) == [1...3])
  }
}
