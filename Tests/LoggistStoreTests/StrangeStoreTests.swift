import Glibc
import LoggistModel
import LoggistStore
import Synchronization
import TestSupport
import Testing

@Suite("Strange clocks, strange files")
struct StrangeStoreTests {
  @Test("Whatever the clock does, recorded times go on and the log verifies")
  func clocks() throws {
    let folder = TemporaryFolder()
    let store = try rehearsal(folder.path + "/store")
    // The hour that comes twice when Europe's clocks go back: no zone has a part in what is recorded.
    let change = Instant(seconds: 1_667_091_600)
    let times = [
      evening, evening - .hours(1), evening + .days(365), evening, change - .hours(1), change,
      change + .hours(1), evening - .days(3650), evening + .days(800),
    ]
    var logged: [Instant] = []
    for time in times {
      let writer = try LogWriter(store: store, by: "ama", clock: { time })
      logged += try writer.append(via: .cli) { _ in [note("a"), note("b")] }.map(\.logged)
    }
    #expect(logged.count == times.count * 2)
    #expect(zip(logged, logged.dropFirst()).allSatisfy { $0 < $1 })
    var reader = LogReader(store: store)
    #expect(try reader.load().records.map(\.ref.sequence) == Array(1...logged.count))
    #expect(try Verification.run(store).findings.isEmpty)
  }

  @Test("A line of 16 MB is logged, read and verified like any other")
  func longLine() throws {
    let sample = try SampleStore()
    let text = String(repeating: "Gerät ", count: (16 << 20) / 7)
    let writer = try LogWriter(
      store: sample.store, by: "ama", clock: steppingClock(from: evening + .hours(1)))
    let added = try writer.append(via: .cli) { _ in [note(text), note("behind")] }
    #expect(try sample.load().records == sample.records + added)
    #expect(try sample.verify().findings.isEmpty)
  }

  private func months(_ count: Int) throws -> (folder: TemporaryFolder, store: Store, [Record]) {
    let folder = TemporaryFolder()
    let store = try rehearsal(folder.path + "/store")
    var records: [Record] = []
    for month in 0..<count {
      let start = evening + .days(31 * month)
      let writer = try LogWriter(store: store, by: "ama", clock: steppingClock(from: start))
      records += try writer.append(via: .cli) { _ in [note("a \(month)"), note("b \(month)")] }
    }
    return (folder, store, records)
  }

  @Test("Segments that change places are read whole, and told")
  func swapped() throws {
    let (folder, store, records) = try months(3)
    let (first, second) = ("store/nodes/INC/2022-01.jsonl", "store/nodes/INC/2022-02.jsonl")
    let bytes = (folder.read(first), folder.read(second))
    folder.write(first, bytes.1)
    folder.write(second, bytes.0)
    var reader = LogReader(store: store)
    #expect(try reader.load().records.map(\.ref).sorted() == records.map(\.ref))
    #expect(
      try Verification.run(store).findings.map(\.reason).contains(
        .outOfOrder(EntryRef(node: inc, sequence: 1))))
  }

  @Test("A segment that is there twice counts once")
  func doubled() throws {
    let (folder, store, records) = try months(2)
    folder.write("store/nodes/INC/2022-01.2.jsonl", folder.read("store/nodes/INC/2022-01.jsonl"))
    var reader = LogReader(store: store)
    #expect(try reader.load().records == records)
    let verification = try Verification.run(store)
    #expect(verification.isClean && verification.lines == records.count)
    let clock = steppingClock(from: evening + .days(40))
    let added = try LogWriter(store: store, by: "ama", clock: clock).append(note("on"), via: .cli)
    #expect(added?.ref.sequence == 5)
  }

  @Test("A copy under an older month's name speaks against no line of the file that it was made of")
  func copied() throws {
    let (folder, store, records) = try months(3)
    let bytes = folder.read("store/nodes/INC/2022-02.jsonl")
    for copy in [bytes, Array(bytes.prefix { $0 != 0x0A }) + [0x0A]] {
      folder.write("store/nodes/INC/2020-01.jsonl", copy)
      for closely in [false, true] {
        let verification = try Verification.run(store, closely: closely)
        #expect(verification.findings.isEmpty && verification.lines == records.count)
      }
    }
  }

  @Test("A segment under another month's name is told once, however closely one looks")
  func renamed() throws {
    let folder = TemporaryFolder()
    let store = try rehearsal(folder.path + "/store")
    for month in 0..<3 {
      let start = evening + .days(31 * month)
      let writer = try LogWriter(store: store, by: "ama", clock: steppingClock(from: start))
      _ = try writer.append(via: .cli) { _ in (0..<8).map { note("\(month) \($0)") } }
    }
    let nodes = store.folder(of: inc)
    try SystemCalls.real.rename("\(nodes)/2022-02.jsonl", "\(nodes)/2027-01.jsonl")
    let quick = try Verification.run(store)
    #expect(quick.findings.map(\.reason) == [.outOfOrder(EntryRef(node: inc, sequence: 9))])
    #expect(try Verification.run(store, closely: true).findings == quick.findings)
  }

  @Test("An editor that puts a new file in its place, with a line break more, costs nothing")
  func editor() throws {
    let sample = try SampleStore()
    var reader = LogReader(store: sample.store)
    _ = try reader.load()
    sample.folder.write("store/new", sample.bytes + [0x0A])
    rename(sample.path + "/new", sample.path + "/" + SampleStore.segment)
    guard case .reload(.replaced) = try reader.poll() else {
      Issue.record("no reload")
      return
    }
    #expect(try reader.load().records == sample.records)
    #expect(try sample.verify().isClean)
    let clock = steppingClock(from: evening + .hours(1))
    let added = try LogWriter(store: sample.store, clock: clock).append(note("on"), via: .cli)
    #expect(added?.ref.sequence == sample.records.count + 1)
    #expect(try sample.verify().isClean)
  }

  @Test("A segment that may not be read does not hide the others")
  func unreadable() throws {
    let (folder, store, records) = try months(3)
    defer { withExtendedLifetime(folder) {} }
    var calls = SystemCalls.real
    calls.open = { (path, flags, mode) throws(Errno) in
      if path.hasSuffix("2022-02.jsonl") { throw Errno(EACCES) }
      return try SystemCalls.real.open(path, flags, mode)
    }
    var reader = LogReader(store: try Store.open(store.path, access: .readOnly, calls: calls))
    let contents = try reader.load()
    #expect(contents.records == records.filter { ![3, 4].contains($0.ref.sequence) })
    #expect(contents.findings.map(\.reason) == [.unreadable(Errno(EACCES))])
  }

  @Test("A log under another node's uuid is told at its first line")
  func otherNode() throws {
    let sample = try SampleStore()
    let own = text(sample.folder.read("store/nodes/INC/node.json"))
    let other = try Store.create(
      at: sample.folder.path + "/other",
      options: StoreCreation(node: inc, isRehearsal: true, seed: "another", now: evening))
    let theirs = try SystemCalls.real.contents(of: other.path + "/nodes/INC/node.json")
    #expect(own != text(theirs))
    sample.folder.write("store/nodes/INC/node.json", theirs)
    #expect(
      try Verification.run(Store.open(sample.path)).findings.map(\.reason) == [
        .alteredFirst(EntryRef(node: inc, sequence: 1))
      ])
  }

  /// `LOGGIST_FLIPS` says how many bits of the 64 KiB, `LOGGIST_FLIP_SEED` which.
  @Test("A flipped bit in a store of every kind is found, and named by its line")
  func flips() throws {
    let wanted = number("LOGGIST_FLIPS", otherwise: 150)
    let seed = number("LOGGIST_FLIP_SEED", otherwise: 1)
    let disk = SimulatedDisk()
    let store = try rehearsal("/store", calls: disk.calls)
    let writer = try LogWriter(store: store, by: "ama", clock: steppingClock())
    let path = "/store/nodes/INC/2022-01.jsonl"
    var place = 0
    while disk.size(of: path) < 64 << 10 {
      let kind = Kind.allKnown[place % Kind.allKnown.count]
      // A redaction says something about another line; it has tests of its own.
      if kind != .redacted {
        _ = try writer.append(via: .tui) { _ in
          [
            Entry(
              kind, IncidentID(node: inc, number: 1), at: Timestamp(evening),
              text: "Gerät „ä“ \(place)")
          ]
        }
      }
      place += 1
    }
    let bytes = disk.bytes(of: path)
    var owner: [Int] = []
    for (index, line) in bytes.split(separator: 0x0A).enumerated() {
      owner += repeatElement(index + 1, count: line.count + 1)
    }
    let heads = try Verification.run(store).heads
    var generator = SeededGenerator(seed: UInt64(seed))
    let isEvery = wanted >= bytes.count * 8
    for number in 0..<min(wanted, bytes.count * 8) {
      let bit = isEvery ? number : Int.random(in: 0..<bytes.count * 8, using: &generator)
      var damaged = bytes
      damaged[bit / 8] ^= 1 << (bit % 8)
      if number > 0, number % 20_000 == 0 { tell("\(number) of \(wanted) bits flipped") }
      disk.setBytes(damaged, of: path)
      let line = owner[bit / 8]
      let hit = bytes[bit / 8] == 0x0A ? [line, line + 1] : [line]
      let findings = try Verification.run(store, since: heads).findings
      #expect(
        findings.contains { hit.contains($0.line ?? 0) } || line == owner.last && !findings.isEmpty,
        "bit \(bit % 8) of byte \(bit / 8), line \(line): \(findings)")
    }
    tell("\(min(wanted, bytes.count * 8)) of \(bytes.count * 8) bits flipped, seed \(seed)")
  }
}

extension SimulatedDisk {
  fileprivate func size(of path: String) -> Int { bytes(of: path).count }

  fileprivate func bytes(of path: String) -> [UInt8] {
    state.withLock { state in
      guard let node = try? state.find(path) else { return [] }
      return state.nodes[node]?.data ?? []
    }
  }

  fileprivate func setBytes(_ bytes: [UInt8], of path: String) {
    state.withLock { state in
      guard let node = try? state.find(path) else { return }
      state.nodes[node]?.data = bytes
    }
  }
}
