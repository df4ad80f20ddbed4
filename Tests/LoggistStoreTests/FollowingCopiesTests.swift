import Glibc
import LoggistModel
import LoggistStore
import Testing

/// A reader that stands open while other tools bring another machine's log.
@Suite("Following copies")
struct FollowingCopiesTests: @unchecked Sendable {
  private let sample: SampleStore
  private let segment: [UInt8]
  private let identity: [UInt8]
  private let ward = NodeCode("WARD") ?? inc

  init() throws {
    sample = try SampleStore()
    let folder = TemporaryFolder()
    let other = try Store.create(
      at: folder.path + "/store",
      options: StoreCreation(node: ward, isRehearsal: true, seed: "ward", now: evening))
    let writer = try LogWriter(store: other, by: "ben", clock: steppingClock())
    for number in 1...3 { _ = try writer.append(note("ward \(number)"), via: .tui) }
    segment = folder.read("store/nodes/WARD/2022-01.jsonl")
    identity = folder.read("store/nodes/WARD/node.json")
  }

  private func bring(lines: Int) throws {
    try stage(lines: lines)
    place()
  }

  private func stage(lines: Int) throws {
    if (try? SystemCalls.real.lstat(sample.path + "/nodes/WARD")) == nil {
      try SystemCalls.real.mkdir(sample.path + "/nodes/WARD", 0o700)
      sample.folder.write("store/nodes/WARD/node.json", identity)
    }
    let bytes = segment.split(separator: 0x0A).prefix(lines).flatMap { $0 + [0x0A] }
    sample.folder.write("store/nodes/WARD/.syncthing.2022-01.jsonl.tmp", bytes)
  }

  private func place() {
    let folder = sample.path + "/nodes/WARD"
    rename("\(folder)/.syncthing.2022-01.jsonl.tmp", "\(folder)/2022-01.jsonl")
  }

  @Test("A log that has just come is read, and the reader goes on")
  func newNode() throws {
    var reader = LogReader(store: sample.store)
    _ = try reader.load()
    try bring(lines: 2)
    guard case .reload(let reason) = try reader.poll() else {
      Issue.record("a new node was not seen")
      return
    }
    #expect(reason == .newNode(ward))
    #expect(reason.isCopying(in: reader.store))
    #expect(try reader.load().records.count == 6)
    // Not told again and again.
    guard case .appended(let contents) = try reader.poll() else {
      Issue.record("told to reload again")
      return
    }
    #expect(contents.isEmpty)
  }

  @Test("A file that was replaced is read anew; of the own log it is something to say")
  func replaced() throws {
    try bring(lines: 2)
    var reader = LogReader(store: sample.store)
    _ = try reader.load()
    try bring(lines: 3)
    guard case .reload(let reason) = try reader.poll() else {
      Issue.record("not seen")
      return
    }
    #expect(reason == .replaced("nodes/WARD/2022-01.jsonl"))
    #expect(reason.isCopying(in: reader.store))
    #expect(!ReloadReason.replaced(SampleStore.segment).isCopying(in: reader.store))
    #expect(try reader.load().records.count == 7)
  }

  @Test("A copy that is away for a moment is waited for, one that stays away is told")
  func away() throws {
    try bring(lines: 2)
    var calls = SystemCalls.real
    let sleeps = Counter()
    let back = self
    calls.sleep = { _ in if sleeps.next() == 3 { back.place() } }
    var reader = LogReader(store: try Store.open(sample.path, calls: calls))
    _ = try reader.load()
    try stage(lines: 3)
    unlink(sample.path + "/nodes/WARD/2022-01.jsonl")
    guard case .reload(.replaced) = try reader.poll() else {
      Issue.record("not waited for")
      return
    }
    _ = try reader.load()
    unlink(sample.path + "/nodes/WARD/2022-01.jsonl")
    guard case .reload(.vanished) = try reader.poll() else {
      Issue.record("not told")
      return
    }
  }

  @Test("The tail wakes for what happens in a folder that came after it")
  func tail() throws {
    let tail = try LogTail(store: sample.store)
    func isWoken() -> Bool {
      var waiting = pollfd(fd: tail.descriptor, events: Int16(POLLIN), revents: 0)
      return Glibc.poll(&waiting, 1, 1000) == 1 && tail.drain()
    }
    try bring(lines: 1)
    #expect(isWoken())
    while tail.drain() {}
    try bring(lines: 2)
    #expect(isWoken())
  }
}
