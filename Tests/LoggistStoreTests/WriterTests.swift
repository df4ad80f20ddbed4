import Glibc
import LoggistModel
import LoggistStore
import Synchronization
import Testing

@Suite("The writer")
struct WriterTests {
  let folder = TemporaryFolder()

  @Test("Many threads with writers of their own leave one log without holes")
  func concurrentWriters() async throws {
    let store = try rehearsal(folder.path + "/store")
    let rounds = 40
    let acknowledged = try await withThrowingTaskGroup(of: [Record].self) { group in
      for name in ["ama", "ben", "eve", "kofi"] {
        group.addTask {
          let writer = try LogWriter(store: store, by: name)
          var records: [Record] = []
          for round in 0..<rounds {
            records += try writer.append(via: .tui) { context in
              [
                Entry(
                  .opened, try context.nextIncident, at: Timestamp(evening),
                  fields: [(.title, .string("\(name) \(round)"))]),
                note("beside it"),
              ]
            }
          }
          return records
        }
      }
      var all: [Record] = []
      for try await records in group { all += records }
      return all
    }
    var reader = LogReader(store: store)
    let contents = try reader.load()
    #expect(contents.records.map(\.ref.sequence) == Array(1...4 * rounds * 2))
    #expect(Set(contents.records) == Set(acknowledged))
    let incidents = contents.records.filter { $0.entry.kind == .opened }.compactMap(
      \.entry.incident)
    #expect(incidents.map(\.number) == Array(1...4 * rounds))
    #expect(try Verification.run(store).findings.isEmpty)
  }

  @Test(
    "Refuses what no reader would take, where a line claims the last number or time that there is",
    arguments: [
      (#""seq":4,"#, #""seq":999999999999999,"#, Countable.entries),
      ("2022-01-05T19:51:15.345Z", "9999-12-31T23:59:59.999Z", .time),
      ("INC-1", "INC-999999999999999", .incidents),
    ])
  func usedUp(_ old: String, _ new: String, _ what: Countable) throws {
    let sample = try SampleStore()
    var lines = sample.lines
    let last = text(lines[3])
    lines[3] = Array(last.replacing(old, with: new).utf8)
    #expect(lines[3] != Array(last.utf8))
    sample.replace(Array(lines.joined()))
    let bytes = sample.bytes
    let writer = try LogWriter(
      store: sample.store, by: "ama", clock: steppingClock(from: evening + .hours(1)))
    #expect {
      try writer.append(via: .tui) { context in
        try context.numbered([
          Entry(.opened, at: Timestamp(evening), fields: [(.title, .string("printer down"))])
        ])
      }
    } throws: { error in
      if case StoreError.usedUp(inc, what) = error { true } else { false }
    }
    #expect(sample.bytes == bytes)
    #expect(try sample.store.segments(of: inc).map(\.description) == ["2022-01.jsonl"])
  }

  @Test("A failed flush moves the unacknowledged lines into a new segment, behind an io_error")
  func failedFlush() throws {
    let disk = SimulatedDisk()
    let store = try rehearsal("/store", calls: disk.calls)
    let writer = try LogWriter(store: store, by: "ama", clock: steppingClock())
    _ = try writer.append(via: .tui) { _ in [note("one")] }
    let flushes = disk.count(of: .fdatasync)
    disk.fault.withLock {
      $0 = { call, count in call == .fdatasync && count == flushes ? .error(.inputOutput) : nil }
    }
    let second = try writer.append(via: .tui) { _ in [note("two")] }
    #expect(try store.segments(of: inc).map(\.description) == ["2022-01.jsonl", "2022-01.2.jsonl"])
    // The first segment's last page never reached the platter.
    let after = disk.afterPowerCut { _ in 0 }
    var reader = LogReader(store: try Store.open("/store", calls: after.calls))
    let records = try reader.load().records
    #expect(records.map(\.ref.sequence) == [1, 2, 3])
    #expect(records.map(\.entry.kind) == [.note, .note, .ioError])
    #expect(records[1] == second[0])
    // Where nothing was lost, the line stands twice and counts once.
    #expect(try Verification.run(store).findings.isEmpty)
    let third = try writer.append(via: .tui) { _ in [note("three")] }
    #expect(third.map(\.ref.sequence) == [4])
    // Another process finds the end behind the repeated lines.
    let other = try LogWriter(
      store: store, by: "ben", clock: steppingClock(from: evening + .hours(1)))
    #expect(try other.append(note("four"), via: .cli)?.ref.sequence == 5)
    #expect(try Verification.run(store).findings.isEmpty)
    // A second failure is an alarm, and nothing is written any more.
    disk.fault.withLock { $0 = { call, _ in call == .fdatasync ? .error(.inputOutput) : nil } }
    for _ in 0..<2 {
      #expect {
        try writer.append(via: .tui) { _ in [note("five")] }
      } throws: {
        if case StoreError.failedDisk = $0 { true } else { false }
      }
    }
  }

  @Test("A full disk gives up the reserve first, then says so, and works again when there is room")
  func fullDisk() throws {
    let disk = SimulatedDisk()
    let store = try rehearsal("/store", calls: disk.calls)
    let writer = try LogWriter(store: store, by: "ama", clock: steppingClock())
    _ = try writer.append(via: .tui) { _ in [note("one")] }
    #expect((try? disk.calls.lstat("/store/reserve")) != nil)
    let writes = disk.count(of: .write)
    disk.fault.withLock {
      $0 = { call, count in call == .write && count == writes ? .error(.noSpace) : nil }
    }
    #expect(try writer.append(via: .tui) { _ in [note("two")] }.count == 1)
    #expect((try? disk.calls.lstat("/store/reserve")) == nil)
    disk.fault.withLock { $0 = { call, _ in call == .write ? .error(.noSpace) : nil } }
    #expect {
      try writer.append(via: .tui) { _ in [note("three")] }
    } throws: {
      if case StoreError.diskFull(_, .noSpace, let standing) = $0 {
        standing.isEmpty
      } else {
        false
      }
    }
    disk.fault.withLock { $0 = nil }
    #expect(try writer.append(via: .tui) { _ in [note("three")] }.map(\.ref.sequence) == [3])
    _ = try Store.open("/store", calls: disk.calls)
    #expect((try? disk.calls.lstat("/store/reserve")) != nil)
  }

  @Test("A clock that steps back does not take the log with it")
  func clockStepsBack() throws {
    let store = try rehearsal(folder.path + "/store")
    let first = try LogWriter(store: store, clock: { evening }).append(note("a"), via: .cli)
    let second = try LogWriter(store: store, clock: { evening - .hours(1) })
      .append(via: .cli) { context in
        #expect(context.clockBehind == .hours(1))
        return [note("b")]
      }
    #expect(second.first?.logged == first.map { $0.logged + TimeSpan(milliseconds: 1) })
    #expect(try Verification.run(store).findings.isEmpty)
  }

  @Test("Who waits too long for the lock is told who holds it")
  func lockHeld() throws {
    let disk = SimulatedDisk()
    let store = try rehearsal("/store", calls: disk.calls)
    let writer = try LogWriter(store: store, clock: steppingClock())
    let other = try LogWriter(store: store, clock: steppingClock(), lockLimit: 20)
    _ = try writer.append(via: .cli) { _ in
      #expect {
        try other.append(note("b"), via: .cli)
      } throws: {
        if case StoreError.locked(_, "ama, process 4711") = $0 { true } else { false }
      }
      return [note("a")]
    }
  }

  @Test("A chosen clock is for rehearsals alone")
  func chosenClock() throws {
    let store = try Store.create(
      at: folder.path + "/real", options: StoreCreation(node: inc, now: evening))
    #expect(throws: StoreError.self) { try LogWriter(store: store, clock: { evening }) }
    #expect(try LogWriter(store: store).append(note("now"), via: .cli)?.ref.sequence == 1)
  }

  @Test("What the batch throws comes back, and nothing was written")
  func refusedBatch() throws {
    struct Refusal: Error {}
    let store = try rehearsal(folder.path + "/store")
    let writer = try LogWriter(store: store, clock: steppingClock())
    #expect {
      try writer.append(via: .cli) { _ in throw Refusal() }
    } throws: {
      if case StoreError.refused(let error) = $0 { error is Refusal } else { false }
    }
    #expect(try store.segments(of: inc).isEmpty)
  }

  @Test("An incident's number is never given twice, also where the line that opened it is damaged")
  func incidentNumbers() throws {
    let sample = try SampleStore(lines: 1)
    let line = text(sample.bytes).replacing(#"{"v":1,"#, with: #"{"v":x,"#)
    sample.replace(Array(line.utf8))
    let writer = try LogWriter(
      store: sample.store, clock: steppingClock(from: evening + .hours(1)))
    _ = try writer.append(via: .cli) { context in
      let number = try context.nextIncidentNumber
      #expect(number == 2)
      return []
    }
  }
}
