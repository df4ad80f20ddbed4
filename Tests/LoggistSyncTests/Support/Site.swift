import Glibc
import LoggistModel
import LoggistStore
import Synchronization
import TestSupport
import Testing

@testable import LoggistSync

/// A machine with a store, somebody who logs, and what carries the logs.
final class Site {
  let node: NodeCode
  let path: String
  let courier: FakeCourier
  var replicator: Replicator
  private let seed: UInt64
  private var logged = 0

  private let evidenceLimit: Int

  init(
    _ name: String, at post: Post, seed: UInt64, now: Instant = evening,
    evidenceLimit: Int = EvidenceFolder.standardLimit
  ) throws {
    self.evidenceLimit = evidenceLimit
    // In memory where there is such a place: what a disk keeps is tried elsewhere.
    let folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(folder)/loggist-sync-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template), let node = NodeCode(name) else { throw Errno(EINVAL) }
    path = String(cString: made)
    (self.node, self.seed) = (node, seed)
    let store = try Store.create(
      at: path,
      options: StoreCreation(node: node, isRehearsal: true, seed: "\(seed)", now: now))
    courier = FakeCourier(node, at: post)
    replicator = Replicator(
      store, name: node, evidenceLimit: evidenceLimit,
      random: SystemOrSeeded(SeededGenerator(seed: seed)))
    courier.connect()
  }

  deinit { remove(path) }

  private func remove(_ path: String) {
    for name in (try? SystemCalls.real.names(path)) ?? [] {
      if unlink("\(path)/\(name)") != 0 { remove("\(path)/\(name)") }
    }
    rmdir(path)
  }

  var store: Store { get throws { try Store.open(path) } }

  func writer() throws -> LogWriter {
    let count = Counter(logged)
    return try LogWriter(
      store: store, node: node,
      clock: { evening + TimeSpan(milliseconds: Int64(count.next()) * 1000) })
  }

  func log(_ count: Int, _ word: String = "entry") throws {
    let writer = try writer()
    for number in 0..<count {
      _ = try writer.append(
        Entry(.note, at: Timestamp(evening), text: "\(word) \(logged + number) of \(node)"),
        via: .cli)
    }
    logged += count
  }

  /// Keeps a file and logs it, as `loggist evidence add` does.
  @discardableResult
  func keepEvidence(_ bytes: [UInt8]) throws -> (EvidenceName, EntryRef) {
    let name = try handIn(bytes)
    let record = try #require(
      try writer().append(Site.evidence(name, at: Timestamp(evening)), via: .cli))
    logged += 1
    return (name, record.ref)
  }

  /// Puts a file into the store, which no entry names yet.
  func handIn(_ bytes: [UInt8]) throws -> EvidenceName {
    let file = "\(path)/handed-in"
    try SystemCalls.real.replace(file, with: bytes, mode: 0o600)
    return try EvidenceFolder(store).keep(file).name
  }

  static func evidence(_ name: EvidenceName, at moment: Timestamp) -> Entry {
    Entry(
      .evidence, at: moment, text: "a screen",
      fields: [(.sha256, .string(name.description))])
  }

  /// The process was killed and is started again: it knows what is on the disk, and perhaps what it had sent.
  func restart(remembers: Bool) throws {
    let sent = remembers ? replicator.outboxes.mapValues(\.sent) : [:]
    let stream = remembers ? replicator.stream : nil
    replicator = try Replicator(
      store, name: node, sent: sent, stream: stream, evidenceLimit: evidenceLimit,
      random: SystemOrSeeded(SeededGenerator(seed: seed &+ 1)))
    courier.restart()
  }

  func turn(_ now: Int, hasNews: Bool = true) throws {
    courier.tick(now)
    replicator.turn(now: now, hasNews: hasNews, courier)
  }

  /// Every file of every log, by its path.
  func files() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for node in try store.nodes {
      let folder = "nodes/\(node.code)"
      for name in try SystemCalls.real.names("\(path)/\(folder)") where name != "lock" {
        files["\(folder)/\(name)"] = try SystemCalls.real.contents(
          of: "\(path)/\(folder)/\(name)", limit: 1 << 30)
      }
    }
    return files
  }

  /// It is put back to an older copy of its own log, which has so many lines.
  func forget(after count: Int) throws {
    let name = "nodes/\(node)/2022-01.jsonl"
    let lines = try (files()[name] ?? []).split(separator: 0x0A).prefix(count)
    let size = lines.reduce(0) { $0 + $1.count + 1 }
    if truncate("\(path)/\(name)", size) != 0 { throw Errno(errno) }
  }

  func append(_ bytes: String, to name: String) {
    let file = open("\(path)/\(name)", O_WRONLY | O_APPEND)
    let bytes = Array(bytes.utf8)
    let count = write(file, bytes, bytes.count)
    precondition(count == bytes.count)
    close(file)
  }
}

/// Wednesday 5 January 2022, 19:51:12 UTC.
let evening = Instant(milliseconds: 1_641_412_272_345)

final class Counter: Sendable {
  private let value: Mutex<Int>

  init(_ start: Int) { value = Mutex(start) }

  func next() -> Int {
    value.withLock { value in
      defer { value += 1 }
      return value
    }
  }
}

/// Some machines at one post, and the time that passes for them.
final class Ward {
  let post: Post
  let sites: [Site]
  private(set) var now = 0

  init(
    _ names: [String], seed: UInt64, evidenceLimit: Int = EvidenceFolder.standardLimit
  ) throws {
    let post = Post(seed: seed)
    self.post = post
    sites = try names.enumerated().map {
      try Site($1, at: post, seed: seed &+ UInt64($0), evidenceLimit: evidenceLimit)
    }
  }

  func pass(milliseconds: Int, step: Int = 50) throws {
    let end = now + milliseconds
    while now < end {
      now += step
      for site in sites { try site.turn(now) }
    }
  }

  /// Lets time pass until every machine has the same files, or too much has passed.
  func converge(within milliseconds: Int = 300_000) throws -> Bool {
    let end = now + milliseconds
    while now < end {
      try pass(milliseconds: 500)
      if try areEqual() { return true }
    }
    return false
  }

  func areEqual() throws -> Bool {
    let positions = sites.map(\.replicator.positions)
    guard positions.allSatisfy({ $0 == positions[0] }), positions[0].count >= sites.count else {
      return false
    }
    let files = try sites.map { try $0.files() }
    return files.allSatisfy { $0 == files[0] } && sites.allSatisfy(\.replicator.evidence.isSettled)
  }
}
