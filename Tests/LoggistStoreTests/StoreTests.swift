import Glibc
import LoggistModel
import LoggistStore
import Testing

@Suite("The store's folder")
struct StoreTests {
  let folder = TemporaryFolder()
  var path: String { folder.path + "/store" }

  private func mode(_ name: String) throws -> UInt32 {
    try SystemCalls.real.lstat("\(path)/\(name)").mode & 0o7777
  }

  @Test("A new store belongs to its owner alone")
  func privateStore() throws {
    let store = try Store.create(
      at: path + "/",
      options: StoreCreation(node: inc, desk: "Desk \"A\"", zone: "Africa/Lagos", now: evening))
    #expect(store.ownNode == inc)
    #expect(!store.isRehearsal)
    #expect(try mode("") == 0o700)
    #expect(try mode("nodes/INC") == 0o700)
    #expect(try mode("store.json") == 0o600)
    #expect(try SystemCalls.real.lstat(path + "/reserve").size == 1 << 20)
    let configuration = Configuration.load(store)
    #expect(configuration.desk == "Desk \"A\"")
    #expect(configuration.zone == "Africa/Lagos")
    _ = try LogWriter(store: store).append(note("x"), via: .cli)
    #expect(try mode("nodes/INC/\(store.segments(of: inc)[0])") == 0o600)
  }

  @Test("A shared store belongs to its group, whatever the umask")
  func sharedStore() throws {
    let store = try Store.create(
      at: path, options: StoreCreation(node: inc, isShared: true, now: evening))
    #expect(store.isShared)
    #expect(try mode("") == 0o2770)
    _ = try LogWriter(store: store).append(note("x"), via: .cli)
    #expect(try mode("nodes/INC/\(store.segments(of: inc)[0])") == 0o660)
    #expect(try mode("nodes/INC/lock") == 0o660)
  }

  @Test("No store is made in a store, nor among other things")
  func refusals() throws {
    _ = try rehearsal(path)
    #expect {
      try rehearsal(path)
    } throws: {
      if case StoreError.alreadyAStore = $0 { true } else { false }
    }
    folder.write("letter.txt", [1])
    #expect {
      try rehearsal(folder.path)
    } throws: {
      if case StoreError.notEmpty = $0 { true } else { false }
    }
    #expect {
      try Store.open(folder.path)
    } throws: {
      if case StoreError.noStore = $0 { true } else { false }
    }
  }

  @Test("A store that everybody may write is refused")
  func writableByAll() throws {
    _ = try rehearsal(path)
    chmod(path, 0o777)
    #expect {
      try Store.open(path)
    } throws: {
      if case StoreError.unsafe(_, .writableByAll) = $0 { true } else { false }
    }
  }

  @Test("A link in the place of a segment is not followed, and the rest is read")
  func linkedSegment() throws {
    let sample = try SampleStore()
    folder.write("elsewhere", [])
    symlink(folder.path + "/elsewhere", sample.path + "/nodes/INC/2022-02.jsonl")
    let contents = try sample.load()
    #expect(contents.records == sample.records)
    #expect(contents.findings.map(\.reason) == [.symbolicLink])
    #expect {
      try LogWriter(store: sample.store, clock: steppingClock()).append(note("x"), via: .cli)
    } throws: {
      if case StoreError.unsafe(_, .symbolicLink) = $0 { true } else { false }
    }
  }

  @Test("A FIFO in the place of a segment does not hold the program up")
  func fifo() throws {
    let sample = try SampleStore()
    mkfifo(sample.path + "/nodes/INC/2022-02.jsonl", 0o600)
    #expect(try sample.load().findings.map(\.reason) == [.notAFile])
  }

  @Test("A newer format is read and not written")
  func newerFormat() throws {
    let sample = try SampleStore()
    let identity = text(sample.folder.read("store/store.json"))
    sample.folder.write(
      "store/store.json", identity.replacing("\"format\":1", with: "\"format\":2").utf8)
    #expect {
      try Store.open(sample.path)
    } throws: {
      if case StoreError.formatTooNew(_, 2) = $0 { true } else { false }
    }
    let store = try Store.open(sample.path, access: .readOnly)
    #expect(store.warnings.map(\.reason).contains(.formatTooNew(2)))
    #expect {
      try LogWriter(store: store)
    } throws: {
      if case StoreError.readOnly = $0 { true } else { false }
    }
  }

  @Test("A network file system is written only where that is accepted")
  func networkFileSystem() throws {
    _ = try rehearsal(path)
    var calls = SystemCalls.real
    calls.fileSystem = { _ in 0x6969 }
    #expect {
      try Store.open(path, calls: calls)
    } throws: {
      if case StoreError.networkFileSystem(_, "NFS") = $0 { true } else { false }
    }
    let accepted = try Store.open(path, acceptNetworkFileSystem: true, calls: calls)
    #expect(accepted.warnings.map(\.reason) == [.networkFileSystem("NFS")])
    #expect(try Store.open(path, access: .readOnly, calls: calls).warnings.count == 1)
  }

  @Test("Of several nodes the one with a lock is this machine's")
  func nodes() throws {
    let ward = try #require(NodeCode("WARD"))
    let store = try rehearsal(path).addNode(ward, now: evening)
    #expect(store.nodes.map(\.code) == [inc, ward])
    #expect(throws: StoreError.self) { try store.ownNode(preferred: nil) }
    #expect(try store.ownNode(preferred: ward) == ward)
    try SystemCalls.real.unlink(path + "/nodes/WARD/lock")
    #expect(try Store.open(path).ownNode == inc)
    #expect(throws: StoreError.self) { try Store.open(path).ownNode(preferred: ward) }
  }
}

@Suite("Reading on")
struct PollTests {
  @Test("A reader sees what others append, whole lines alone")
  func poll() throws {
    let sample = try SampleStore()
    var reader = LogReader(store: sample.store)
    _ = try reader.load()
    func appended() throws -> [Record] {
      guard case .appended(let contents) = try reader.poll() else { return [] }
      return contents.records
    }
    #expect(try appended().isEmpty)
    let good = sample.bytes
    let writer = try LogWriter(store: sample.store, clock: steppingClock(from: evening + .hours(1)))
    let added = try writer.append(via: .tui) { _ in [note("a"), note("b")] }
    let whole = sample.bytes
    // The same file, byte by byte: as a reader may meet it while it is written.
    for count in good.count...whole.count {
      let file = open(sample.path + "/" + SampleStore.segment, O_WRONLY)
      ftruncate(file, off_t(count))
      pwrite(file, whole, count, 0)
      close(file)
      if count == whole.count { break }
      var fresh = LogReader(store: sample.store)
      let lines = whole.prefix(count).count { $0 == 0x0A }
      let contents = try fresh.load()
      #expect(contents.records.count == lines)
      #expect(contents.findings.isEmpty)
    }
    #expect(try appended() == added)
    #expect(try appended().isEmpty)
  }

  @Test("A segment that shrinks, vanishes or is replaced means: load again")
  func reload() throws {
    let sample = try SampleStore()
    let path = sample.path + "/" + SampleStore.segment
    func reason(_ change: () -> Void) throws -> ReloadReason? {
      var reader = LogReader(store: sample.store)
      _ = try reader.load()
      change()
      guard case .reload(let reason) = try reader.poll() else { return nil }
      return reason
    }
    let bytes = sample.bytes
    #expect(try reason { truncate(path, 10) } == .shrank(SampleStore.segment))
    #expect(
      try reason {
        sample.folder.write("store/new", bytes)
        rename(sample.path + "/new", path)
      } == .replaced(SampleStore.segment))
    #expect(try reason { unlink(path) } == .vanished(SampleStore.segment))
  }

  @Test("The tail wakes who waits when a line is appended and when a segment appears")
  func tail() throws {
    let sample = try SampleStore()
    let tail = try LogTail(store: sample.store)
    #expect(!tail.drain())
    for hours in [1, 24 * 40] {
      let clock = steppingClock(from: evening + .hours(hours))
      _ = try LogWriter(store: sample.store, clock: clock).append(note("x"), via: .cli)
      var waiting = pollfd(fd: tail.descriptor, events: Int16(POLLIN), revents: 0)
      #expect(Glibc.poll(&waiting, 1, 1000) == 1)
      #expect(tail.drain())
    }
  }

  @Test("What matters for one incident is found without the rest")
  func incident() throws {
    let folder = TemporaryFolder()
    let store = try rehearsal(folder.path + "/store")
    let writer = try LogWriter(store: store, clock: steppingClock())
    let (first, second) = (IncidentID(node: inc, number: 1), IncidentID(node: inc, number: 12))
    func ref(_ number: Int) -> JSONValue { .string("INC.\(number)") }
    let at = Timestamp(evening)
    _ = try writer.append(via: .cli) { _ in
      [
        Entry(.opened, first, at: at, fields: [(.title, .string("a"))]),
        Entry(.opened, second, at: at, fields: [(.title, .string("b"))]),
        Entry(.complaint, at: at, text: "unattached"),
        Entry(.attached, first, at: at, fields: [(.ref, ref(3))]),
        Entry(.note, at: at, text: "says \"INC-1\""),
        Entry(.struck, at: at, fields: [(.ref, ref(4)), (.reason, .string("no"))]),
        Entry(.unstruck, at: at, fields: [(.ref, ref(6)), (.reason, .string("yes"))]),
        Entry(.merged, second, at: at, fields: [(.into, .string("INC-1"))]),
      ]
    }
    let found = try #require(try LogReader.records(about: first, in: store)).records
    #expect(found.map(\.ref.sequence) == [1, 2, 3, 4, 6, 7, 8])
  }
}

@Suite("Redaction")
struct RedactionTests {
  @Test("A redacted entry keeps kind, incident and time, and the rest verifies")
  func redact() throws {
    let sample = try SampleStore(lines: 5)
    let ref = EntryRef(node: inc, sequence: 3)
    let writer = try LogWriter(
      store: sample.store, by: "ama", clock: steppingClock(from: evening + .hours(1)))
    let record = try Redaction.redact(
      ref, reason: "names a patient", by: writer, via: .cli, at: Timestamp(evening))
    let redacted = try #require(try sample.load().records.first { $0.ref == ref })
    #expect(redacted.entry.isRedacted)
    #expect(redacted.entry.text == nil)
    #expect(redacted.entry.kind == .observation)
    #expect(redacted.entry.incident == sample.records[2].entry.incident)
    #expect(redacted.entry.at == sample.records[2].entry.at)
    #expect(!text(sample.bytes).contains("Nummer 3"))
    let verification = try sample.verify()
    #expect(verification.isClean)
    #expect(
      verification.findings.map(\.reason)
        == [.redacted(ref, by: record.ref, reason: "names a patient")])
    // Work goes on behind it, also once more on the same entry.
    _ = try Redaction.redact(ref, reason: "again", by: writer, via: .cli, at: Timestamp(evening))
    #expect(try sample.verify().isClean)
    #expect(throws: StoreError.self) {
      try Redaction.redact(
        EntryRef(node: inc, sequence: 99), reason: "?", by: writer, via: .cli,
        at: Timestamp(evening))
    }
  }

  @Test("A redaction that a crash cut short is found and finished")
  func unfinished() throws {
    let sample = try SampleStore()
    let ref = EntryRef(node: inc, sequence: 2)
    let writer = try LogWriter(store: sample.store, clock: steppingClock(from: evening + .hours(1)))
    let entry = Entry(
      .redacted, at: Timestamp(evening),
      fields: [(.ref, .string("INC.2")), (.reason, .string("names a patient"))])
    let record = try #require(try writer.append(entry, via: .cli))
    #expect(
      try sample.verify().findings.map(\.reason) == [.unfinishedRedaction(ref, by: record.ref)])
    #expect(try Redaction.finish(sample.store) == [ref])
    #expect(try sample.verify().isClean)
    #expect(try Redaction.finish(sample.store).isEmpty)
  }

  @Test("Many that were cut short are finished with as few looks at the log as one")
  func manyUnfinished() throws {
    func reads(finishing refs: [EntryRef]) throws -> Int {
      let disk = SimulatedDisk()
      let store = try rehearsal("/store", calls: disk.calls)
      let writer = try LogWriter(store: store, by: "ama", clock: steppingClock())
      _ = try writer.append(via: .tui) { _ in
        (1...99).map { note("names a patient, \($0)") }
          + refs.map {
            Entry(
              .redacted, at: Timestamp(evening),
              fields: [(.ref, .string("\($0)")), (.reason, .string("a patient"))])
          }
      }
      let before = disk.count(of: .pread)
      #expect(try Redaction.finish(store) == refs)
      let count = disk.count(of: .pread) - before
      #expect(try Redaction.finish(store).isEmpty)
      #expect(try Verification.run(store).isClean)
      return count
    }
    let refs = [5, 6, 50, 51, 55].map { EntryRef(node: inc, sequence: $0) }
    #expect(try reads(finishing: refs) == reads(finishing: [refs[0]]))
  }

  @Test("An entry that only claims to be redacted is an altered one")
  func claimed() throws {
    let sample = try SampleStore()
    let line = text(sample.bytes).replacing(
      #""text":"Nummer 3"#, with: #""redacted":"INC.9","text":"Nummer 3"#)
    sample.replace(Array(line.utf8))
    #expect(
      try sample.verify().findings.map(\.reason)
        == [.alteredEntry(EntryRef(node: inc, sequence: 3))])
  }
}

@Suite("Digests")
struct DigestTests {
  @Test("SHA-256 as in FIPS 180-4")
  func vectors() {
    #expect(
      SHA256.hex("abc".utf8) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(SHA256.base64URL("".utf8) == "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU")
  }

  @Test("A log says what docs/format.md says, recomputed by hand")
  func format() throws {
    let sample = try SampleStore(lines: 2)
    let lines = sample.lines.map { text($0.dropLast()) }
    let uuid = try #require(
      try JSONText.parse(sample.folder.read("store/nodes/INC/node.json"))["uuid"]?.string)
    var prev = SHA256.base64URL(uuid.utf8)
    for line in lines {
      let parts = line.split(separator: ",\"entry\":", maxSplits: 1)
      #expect(parts[0].contains("\"prev\":\"\(prev)\""))
      #expect(parts[0].hasSuffix("\"digest\":\"\(SHA256.base64URL(parts[1].dropLast().utf8))\""))
      prev = SHA256.base64URL(parts[0].utf8)
    }
    #expect(try sample.verify().heads.map(\.description) == ["INC.2 \(prev)"])
    #expect(LogHead("INC.2:\(prev)") == (try sample.verify().heads.first))
  }
}
