import Glibc
import LoggistModel
import LoggistStore
import Synchronization
import TestSupport
import Testing

/// A log of another machine, and its lines as they would come.
private struct Source {
  let node: NodeCode
  let identity: [UInt8]
  let lines: [ForeignLine]
  /// Every segment's bytes, by its name.
  let files: [String: [UInt8]]

  /// Nine lines over the end of a month, with a fragment that a crash left in front of the fifth.
  init() throws {
    let folder = TemporaryFolder()
    let nearMidnight = Instant(milliseconds: 1_643_673_594_000)  // 2022-01-31T23:59:54Z
    let store = try Store.create(
      at: folder.path,
      options: StoreCreation(node: inc, isRehearsal: true, seed: "source", now: nearMidnight))
    let writer = try LogWriter(store: store, clock: steppingClock(from: nearMidnight))
    for number in 0..<9 {
      if number == 4 {
        let name = "nodes/INC/2022-01.jsonl"
        folder.write(name, folder.read(name) + Array(#"{"v":1,"node":"INC","se"#.utf8))
      }
      _ = try writer.append(
        note("line \(number) \(String(repeating: "x", count: number * 90))"), via: .cli)
    }
    node = inc
    identity = folder.read("nodes/INC/node.json")
    let log = try ReplicaLog(try #require(store.node(inc)), in: store)
    lines = try log.lines(from: 1, through: 9)
    var files: [String: [UInt8]] = [:]
    for segment in try store.segments(of: inc) {
      files["\(segment)"] = folder.read("nodes/INC/\(segment)")
    }
    self.files = files
  }
}

@Suite("Copies of other machines' logs")
struct ReplicaLogTests {
  /// A store on a simulated disk of a machine called WARD, with the copy's folder.
  private func copy(of source: Source, on disk: SimulatedDisk) throws -> Store {
    let options = StoreCreation(
      node: try #require(NodeCode("WARD")), isRehearsal: true, seed: "copy", now: evening)
    let store = try Store.create(at: "/store", options: options, calls: disk.calls)
    return try store.adopt(source.node, identity: source.identity)
  }

  private func log(_ source: Source, in store: Store) throws -> ReplicaLog {
    try ReplicaLog(try #require(store.node(source.node)), in: store)
  }

  /// Writes what is missing, three lines a flush; says after each how many are on the disk.
  private func receive(
    _ source: Source, _ log: inout ReplicaLog, _ flushed: (Int) -> Void = { _ in }
  ) throws {
    while log.position.sequence < source.lines.count {
      let first = log.position.sequence
      for line in source.lines[first..<min(first + 3, source.lines.count)] { log.append(line) }
      try log.flush()
      flushed(log.flushed)
    }
  }

  private func expectWhole(_ source: Source, on disk: SimulatedDisk) {
    for (name, bytes) in source.files {
      #expect((try? disk.calls.contents(of: "/store/nodes/INC/\(name)")) == bytes, "\(name)")
    }
  }

  @Test("A copy is the log, byte for byte, fragments and months too")
  func whole() throws {
    let source = try Source()
    #expect(source.files.count == 2)
    #expect(source.lines.map(\.gap.count) == [0, 0, 0, 0, 24, 0, 0, 0, 0])
    let disk = SimulatedDisk()
    var log = try log(source, in: copy(of: source, on: disk))
    try receive(source, &log)
    expectWhole(source, on: disk)
    #expect(log.position.sequence == 9)
  }

  @Test("Whatever a power cut leaves, what was flushed is there, and the copy becomes whole")
  func powerCuts() throws {
    let source = try Source()
    let disk = SimulatedDisk()
    var log = try log(source, in: copy(of: source, on: disk))
    let moments = Mutex<[(SimulatedDisk.State, Int)]>([])
    let flushed = Mutex(0)
    disk.watch.withLock { watch in
      watch = { state in
        let count = flushed.withLock { $0 }
        moments.withLock { $0.append((state, count)) }
      }
    }
    try receive(source, &log) { count in flushed.withLock { $0 = count } }
    var generator = SeededGenerator(seed: 1)
    let all = moments.withLock { $0 }
    #expect(all.count > 8)
    for (state, count) in all {
      for damage in CrashDamage.allCases {
        let after = SimulatedDisk(state.afterPowerCut(damage, using: &generator))
        let store = try Store.open("/store", calls: after.calls)
        var log = try self.log(source, in: store)
        #expect(log.position.sequence >= count, "\(damage)")
        try receive(source, &log)
        #expect(try self.log(source, in: store).position.sequence == 9)
        expectWhole(source, on: after)
      }
    }
  }

  @Test("What a failed flush leaves in doubt is not there any more, and comes again")
  func failedFlush() throws {
    let source = try Source()
    let disk = SimulatedDisk()
    var log = try log(source, in: copy(of: source, on: disk))
    let before = disk.count(of: .fdatasync)
    disk.fault.withLock {
      $0 = { call, count in
        call == .fdatasync && count == before + 1 ? .error(.inputOutput) : nil
      }
    }
    for line in source.lines.prefix(3) { log.append(line) }
    try log.flush()
    for line in source.lines[3..<6] { log.append(line) }
    #expect(throws: StoreError.self) { try log.flush() }
    try log.abandon()
    #expect(log.position.sequence == 3)
    #expect(
      try self.log(source, in: Store.open("/store", calls: disk.calls)).position.sequence == 3)
    try receive(source, &log)
    expectWhole(source, on: disk)
  }

  @Test("A full disk takes no part of a batch, and all of it once there is room")
  func fullDisk() throws {
    let source = try Source()
    let disk = SimulatedDisk()
    var log = try log(source, in: copy(of: source, on: disk))
    let before = disk.count(of: .pwrite)
    disk.fault.withLock {
      $0 = { call, count in
        call == .pwrite && count == before ? .error(.noSpace) : nil
      }
    }
    for line in source.lines.prefix(2) { log.append(line) }
    #expect(throws: StoreError.self) { try log.flush() }
    try log.abandon()
    #expect(log.position.sequence == 0)
    try receive(source, &log)
    expectWhole(source, on: disk)
  }

  @Test("What becomes of a line: next, known, ahead, another history")
  func acceptance() throws {
    let source = try Source()
    let lines = source.lines
    func verdict(_ line: ForeignLine, after count: Int) throws -> Acceptance {
      let head = count == 0 ? lines[0].prev : lines[count - 1].head
      return try Acceptance.of(line, at: LogPosition(sequence: count, head: head)) {
        lines[$0 - 1].head
      }
    }
    #expect(try verdict(lines[0], after: 0) == .next)
    #expect(try verdict(lines[3], after: 3) == .next)
    #expect(try verdict(lines[2], after: 3) == .known)
    #expect(try verdict(lines[5], after: 3) == .ahead(missing: 4...5))
    let other = try changed(lines[3], #""via":"cli""#, #""via":"tui""#)
    #expect(try verdict(other, after: 4) == .fork)
    #expect(try verdict(other, after: 3) == .next)
  }

  private func changed(_ line: ForeignLine, _ from: String, _ to: String) throws -> ForeignLine {
    let text = String(decoding: line.bytes, as: UTF8.self)
    let parts = text.split(separator: from, maxSplits: 1)
    return try ForeignLineReader().read(Array("\(parts[0])\(to)\(parts[1])".utf8))
  }

  @Test("No line is read that its own digests do not hold for, or that has something around it")
  func altered() throws {
    let source = try Source()
    let line = source.lines[3]
    let ref = EntryRef(node: source.node, sequence: 4)
    #expect(throws: ForeignLineFlaw.altered(ref)) { try changed(line, "line 3", "line 4") }
    let whole = LogParcel([line])
    #expect(try whole.lines(of: source.node) == [line])
    let segment = try #require(line.placement).segment
    for (front, back) in [("x", ""), ("x\n", ""), ("", "x"), ("", " \n"), ("", "\r\n")] {
      let bytes = Array(front.utf8) + line.bytes + Array(back.utf8) + [0x0A]
      let parcel = LogParcel([.init(segment: segment, bytes: bytes)])
      #expect(throws: ForeignLineFlaw.self, "\(front)…\(back)") {
        try parcel.lines(of: source.node)
      }
    }
    let unended = LogParcel([.init(segment: segment, bytes: line.bytes)])
    #expect(throws: ForeignLineFlaw.self) { try unended.lines(of: source.node) }
  }

  @Test("A folder that a kill left without its identity becomes the copy that it was to be")
  func halfAdopted() throws {
    let source = try Source()
    let disk = SimulatedDisk()
    let store = try copy(of: source, on: disk)
    try disk.calls.unlink("/store/nodes/INC/node.json")
    var log = try log(source, in: store.adopt(source.node, identity: source.identity))
    try receive(source, &log)
    #expect(try disk.calls.contents(of: "/store/nodes/INC/node.json") == source.identity)
    expectWhole(source, on: disk)
  }

  @Test(
    "Lines that another tool copied behind a hole stay, in their order; another history is put aside"
  )
  func hole() throws {
    let source = try Source()
    let disk = SimulatedDisk()
    let store = try copy(of: source, on: disk)
    let other = try changed(source.lines[2], #""via":"cli""#, #""via":"tui""#)
    // The first line, another third one, and the fourth: the second is missing.
    let lines = [source.lines[0], other, source.lines[3]]
    let name = "\(try #require(source.lines[0].placement).segment)"
    let path = "/store/nodes/INC/\(name)"
    try disk.calls.replace(path, with: lines.flatMap { $0.bytes + [0x0A] }, mode: 0o600)
    var log = try log(source, in: store)
    #expect(log.position.sequence == 1)
    #expect(!log.isWhole)
    log.append(source.lines[1])
    try log.flush()
    // Of the two third ones nobody can say yet which belongs there: both link to the second.
    #expect(try ForkFile(source.node, in: store).count == 0)
    #expect(log.position.sequence == 3)
    for line in source.lines[2...] {
      if try log.acceptance(of: line) == .fork {
        var fork = try ForkFile(source.node, in: store)
        try fork.keep([line])
      }
    }
    #expect(try ForkFile(source.node, in: store).first == 3)
  }

  @Test("A line of another history that stands where the next one belongs is put aside, not lost")
  func otherHistory() throws {
    let source = try Source()
    let disk = SimulatedDisk()
    let store = try copy(of: source, on: disk)
    let (first, second) = (source.lines[0], source.lines[1])
    let other = try changed(second, second.prev, source.lines[4].prev)
    let path = "/store/nodes/INC/\(try #require(first.placement).segment)"
    let lines = [first, other, source.lines[2]]
    try disk.calls.replace(path, with: lines.flatMap { $0.bytes + [0x0A] }, mode: 0o600)
    var log = try log(source, in: store)
    #expect(log.position.sequence == 1)
    #expect(log.isBroken)
    #expect(try log.acceptance(of: second) == .next)
    log.append(second)
    try log.flush()
    #expect(log.position.sequence == 3)
    let kept = try disk.calls.contents(of: "/store/\(ForkFile.path(of: source.node))")
    #expect(kept == other.bytes + [0x0A])
    try receive(source, &log)
    expectWhole(source, on: disk)
  }

  @Test("A label says which bytes belong to which segment")
  func labels() throws {
    let january = SegmentName(year: 2022, month: 1, number: 2)
    let parcel = LogParcel([
      .init(segment: january, bytes: [1, 2]),
      .init(segment: SegmentName(year: 2022, month: 2), bytes: [3]),
    ])
    #expect(parcel.label == "2022-01.2.jsonl:2 2022-02.jsonl")
    #expect(LogParcel(label: parcel.label, bytes: parcel.bytes) == parcel)
    for wrong in [
      "", "x.jsonl", "2022-01.jsonl:9 2022-02.jsonl", "2022-01.jsonl:1", "../2022-01.jsonl",
    ] {
      #expect(LogParcel(label: wrong, bytes: [1, 2, 3]) == nil, "\(wrong)")
    }
  }

  @Test(
    "Whoever wrote what was seen last runs for as long as it holds the lock, whoever has its number"
  )
  func running() throws {
    let folder = TemporaryFolder()
    let store = try rehearsal(folder.path)
    var report = SyncReport(node: inc, at: evening)
    // This process is alive and carries nothing.
    report.process = Int(getpid())
    try report.save(in: store)
    #expect(SyncReport.load(store)?.isRunning == false)
    let lock = try CopyLock(store)
    #expect(SyncReport.load(store)?.isRunning == true)
    report.process = nil
    try report.save(in: store)
    #expect(SyncReport.load(store)?.isRunning == false)
    report.process = Int(getpid())
    try report.save(in: store)
    lock.close()
    #expect(SyncReport.load(store)?.isRunning == false)
  }

  @Test("What was seen last is read as it was written")
  func report() throws {
    let folder = TemporaryFolder()
    let store = try rehearsal(folder.path)
    #expect(SyncReport.load(store) == nil)
    let ward = try #require(NodeCode("WARD"))
    var report = SyncReport(node: inc, at: evening)
    report.process = 4711
    report.isConnected = true
    report.servers = [
      .init(name: "a", version: "2.15.1", policy: .always),
      .init(name: "b", version: "2.15.1", policy: .seconds(120)),
      .init(name: "c", version: "2.10.27", policy: .unknown),
    ]
    report.stream = .init(name: "LOGGIST_CARE", created: "2022-01-05T19:51:12Z", replicas: 3)
    report.sent = [inc: 7]
    let head = String(repeating: "A", count: 43)
    report.logs = [
      inc: LogPosition(sequence: 9, head: head), ward: LogPosition(sequence: 3, head: head),
    ]
    report.peers = [
      .init(
        node: ward, heard: evening,
        logs: [
          inc: LogPosition(sequence: 8, head: head), ward: LogPosition(sequence: 5, head: head),
        ])
    ]
    report.holes = [.init(node: ward, from: 4, through: 5)]
    report.forks = [.init(ref: EntryRef(node: ward, sequence: 2), file: nil)]
    report.twins = [ward]
    report.problems = [.init(code: "fork", sentence: "there are two")]
    report.counts.received = 3
    try report.save(in: store)
    #expect(SyncReport.load(store) == report)
    let reaches = [8, 9].map { report.carriage.reach(of: EntryRef(node: inc, sequence: $0)) }
    #expect(reaches == [.held(by: 1), .saved])
    report.sent = [inc: 9]
    #expect(report.carriage.reach(of: EntryRef(node: inc, sequence: 9)) == .sent)
    #expect(report.lag(of: ward) == 2)
  }
}
