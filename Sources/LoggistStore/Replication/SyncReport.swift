internal import Glibc
package import LoggistModel

/// What replication saw last: `sync/state.json`, written by whoever carries the logs and read by `doctor` and the screens.
///
/// All of it can be found out again: without the file everything is offered once more, and whoever has it drops it.
package struct SyncReport: Sendable, Hashable {
  /// This machine's name among the others.
  package var node: NodeCode
  /// When it was written.
  package var at: Instant
  /// The process that writes it; nil once that has ended.
  package var process: Int?
  /// Of one that was loaded: that process is alive and carries the logs.
  package private(set) var isRunning = false
  package var isConnected = false
  package var servers: [Server] = []
  package var stream: Stream?
  /// How far the engine has each log of this machine; -1: not even its identity.
  package var sent: [NodeCode: Int] = [:]
  /// What is on the disk here.
  package var logs: [NodeCode: LogPosition] = [:]
  package var peers: [Peer] = []
  package var holes: [Hole] = []
  package var forks: [Fork] = []
  /// Codes that two machines have, as far as is known before the second one's entries are.
  package var twins: [NodeCode] = []
  /// Files that entries name and that are not here.
  package var missingEvidence = 0
  package var problems: [Problem] = []
  /// Since the process began.
  package var counts = Counts()

  package init(node: NodeCode, at: Instant) {
    (self.node, self.at) = (node, at)
  }

  package struct Server: Sendable, Hashable {
    package var name: String
    package var version: String
    package var policy: FlushPolicy

    package init(name: String, version: String, policy: FlushPolicy) {
      (self.name, self.version, self.policy) = (name, version, policy)
    }
  }

  /// When a server puts on its disk what it acknowledges.
  package enum FlushPolicy: Sendable, Hashable {
    case always
    /// Every so many seconds: a power cut takes what came since.
    case seconds(Int)
    /// The server does not tell.
    case unknown
  }

  package struct Stream: Sendable, Hashable {
    package var name: String
    /// The moment at which the engine made it: another one is another stream.
    package var created: String
    package var replicas: Int

    package init(name: String, created: String, replicas: Int) {
      (self.name, self.created, self.replicas) = (name, created, replicas)
    }
  }

  /// What another machine said that it holds.
  package struct Peer: Sendable, Hashable {
    package var node: NodeCode
    package var heard: Instant
    package var logs: [NodeCode: LogPosition]

    package init(node: NodeCode, heard: Instant, logs: [NodeCode: LogPosition]) {
      (self.node, self.heard, self.logs) = (node, heard, logs)
    }
  }

  /// Lines that others have and this machine has not.
  package struct Hole: Sendable, Hashable {
    package var node: NodeCode
    package var from: Int
    package var through: Int

    package init(node: NodeCode, from: Int, through: Int) {
      (self.node, self.from, self.through) = (node, from, through)
    }
  }

  /// Two histories of one log.
  package struct Fork: Sendable, Hashable {
    /// The first entry of which there are two, as far as is known.
    package var ref: EntryRef
    /// Where the other one is kept, relative to the store; nil where it has not come yet.
    package var file: String?

    package init(ref: EntryRef, file: String?) {
      (self.ref, self.file) = (ref, file)
    }
  }

  /// What keeps replication from its work: a word for programs and a sentence for people.
  package struct Problem: Sendable, Hashable {
    package var code: String
    package var sentence: String

    package init(code: String, sentence: String) {
      (self.code, self.sentence) = (code, sentence)
    }

    /// Two histories of one log, or two machines that are about to make them: the one thing here that says something
    /// against the record.
    package var isFork: Bool { code == "fork" || code == "twin" }
  }

  package struct Counts: Sendable, Hashable {
    /// Lines that were written here.
    package var received = 0
    /// That came again.
    package var known = 0
    /// That were not what their log says, and were left out.
    package var altered = 0
    /// That were asked for from another machine.
    package var fetched = 0
    /// Files of evidence that were fetched.
    package var evidence = 0
    /// Offers that failed.
    package var failures = 0
    /// Errors that the client library called back with.
    package var faults = 0

    package init() {}
  }
}

extension SyncReport {
  /// What has got where. Of a log with two histories only those hold what is here who say the same of its end.
  package var carriage: Carriage {
    let forked = Set(forks.map(\.ref.node))
    return Carriage(
      sent: sent,
      held: peers.map { peer in
        peer.logs.filter { !forked.contains($0.key) || $0.value == logs[$0.key] }
          .mapValues(\.sequence)
      })
  }

  /// How many others have all of a log that is here.
  package func holders(of node: NodeCode) -> Int {
    let last = logs[node]?.sequence ?? 0
    return carriage.held.count { $0[node] ?? 0 >= last }
  }

  /// Whether the process that wrote this still carries the logs. Its lock says so: after a restart of the machine its
  /// number is another program's.
  private func isRunning(in store: Store) -> Bool {
    guard let process, process > 0 else { return false }
    return CopyLock.isHeld(in: store) ?? (kill(pid_t(clamping: process), 0) == 0 || errno == EPERM)
  }

  /// How many lines of a log this machine is behind what it knows of the others.
  package func lag(of node: NodeCode) -> Int {
    let most = peers.compactMap { $0.logs[node]?.sequence }.max() ?? 0
    return max(0, most - (logs[node]?.sequence ?? 0))
  }
}

// MARK: - The file

extension SyncReport {
  static let notRunning =
    "config.yaml has 'sync', and nothing was carried yet: start it with 'loggist sync run'"

  package static func path(in store: Store) -> String { "\(store.path)/sync/state.json" }

  /// Nil where there is none, or none that can be understood: nothing depends on it.
  package static func load(_ store: Store) -> SyncReport? {
    guard let bytes = try? store.calls.contents(of: path(in: store)),
      let json = try? JSONText.parse(bytes)
    else { return nil }
    var report = SyncReport(json)
    if let loaded = report { report?.isRunning = loaded.isRunning(in: store) }
    return report
  }

  package func save(in store: Store) throws(StoreError) {
    let path = SyncReport.path(in: store)
    try calling("create", path) { () throws(Errno) in
      try store.calls.makeFolder("\(store.path)/sync", mode: store.folderMode)
      try store.calls.replace(path, with: Array(json.text.utf8) + [0x0A], mode: store.fileMode)
    }
  }

  package var json: JSONValue {
    var members = [
      JSONMember("v", .integer(1)), JSONMember("node", .string(node.description)),
      JSONMember("at", .string(Timestamp.utcText(at))),
      JSONMember("process", process.map { .integer($0) } ?? .null),
      JSONMember("connected", .bool(isConnected)),
      JSONMember("servers", .array(servers.map(\.json))),
      JSONMember("stream", stream?.json ?? .null),
      JSONMember("sent", SyncReport.byNode(sent) { .integer($0) }),
      JSONMember("logs", SyncReport.byNode(logs) { $0.json }),
    ]
    members += [
      JSONMember("peers", .array(peers.map(\.json))),
      JSONMember("holes", .array(holes.map(\.json))),
      JSONMember("forks", .array(forks.map(\.json))),
      JSONMember("twins", .array(twins.map { .string($0.description) })),
      JSONMember("evidence_missing", .integer(missingEvidence)),
      JSONMember("problems", .array(problems.map(\.json))), JSONMember("counts", counts.json),
    ]
    return .object(members)
  }

  private static func byNode<Value>(
    _ values: [NodeCode: Value], _ json: (Value) -> JSONValue
  ) -> JSONValue {
    .object(
      values.sorted { $0.key < $1.key }.map { JSONMember($0.key.description, json($0.value)) })
  }

  private static func nodes<Value>(
    _ json: JSONValue?, _ value: (JSONValue) -> Value?
  ) -> [NodeCode: Value] {
    var values: [NodeCode: Value] = [:]
    for member in json?.members ?? [] {
      if let node = NodeCode(member.name), let value = value(member.value) { values[node] = value }
    }
    return values
  }

  private init?(_ json: JSONValue) {
    guard let node = json["node"]?.string.flatMap({ NodeCode($0) }),
      let at = json["at"]?.string.flatMap({ Timestamp($0)?.instant })
    else { return nil }
    self.init(node: node, at: at)
    process = json["process"]?.integer
    isConnected = json["connected"]?.bool ?? false
    servers = (json["servers"]?.array ?? []).compactMap { Server($0) }
    stream = json["stream"].flatMap { Stream($0) }
    sent = SyncReport.nodes(json["sent"]) { $0.integer }
    logs = SyncReport.nodes(json["logs"]) { LogPosition($0) }
    peers = (json["peers"]?.array ?? []).compactMap { Peer($0) }
    holes = (json["holes"]?.array ?? []).compactMap { Hole($0) }
    forks = (json["forks"]?.array ?? []).compactMap { Fork($0) }
    twins = (json["twins"]?.array ?? []).compactMap { $0.string.flatMap { NodeCode($0) } }
    problems = (json["problems"]?.array ?? []).compactMap { Problem($0) }
    missingEvidence = json["evidence_missing"]?.integer ?? 0
    counts = Counts(json["counts"])
  }

  fileprivate static func positions(_ json: JSONValue?) -> [NodeCode: LogPosition] {
    nodes(json) { LogPosition($0) }
  }

  fileprivate static func json(_ positions: [NodeCode: LogPosition]) -> JSONValue {
    byNode(positions) { $0.json }
  }
}

extension LogPosition {
  fileprivate var json: JSONValue { .array([.integer(sequence), .string(head)]) }

  fileprivate init?(_ json: JSONValue) {
    guard let pair = json.array, pair.count == 2, let sequence = pair[0].integer,
      let head = pair[1].string
    else { return nil }
    self.init(sequence: sequence, head: head)
  }
}

extension SyncReport.Server {
  fileprivate var json: JSONValue {
    let policy: JSONValue =
      switch policy {
      case .always: .string("always")
      case .seconds(let seconds): .integer(seconds)
      case .unknown: .null
      }
    return .object([
      JSONMember("name", .string(name)), JSONMember("version", .string(version)),
      JSONMember("sync_interval", policy),
    ])
  }

  fileprivate init?(_ json: JSONValue) {
    guard let name = json["name"]?.string, let version = json["version"]?.string else { return nil }
    let interval = json["sync_interval"]
    self.init(
      name: name, version: version,
      policy: interval?.string == "always"
        ? .always : interval?.integer.map { .seconds($0) } ?? .unknown)
  }
}

extension SyncReport.Stream {
  fileprivate var json: JSONValue {
    .object([
      JSONMember("name", .string(name)), JSONMember("created", .string(created)),
      JSONMember("replicas", .integer(replicas)),
    ])
  }

  fileprivate init?(_ json: JSONValue) {
    guard let name = json["name"]?.string, let created = json["created"]?.string else { return nil }
    self.init(name: name, created: created, replicas: json["replicas"]?.integer ?? 0)
  }
}

extension SyncReport.Peer {
  fileprivate var json: JSONValue {
    .object([
      JSONMember("node", .string(node.description)),
      JSONMember("heard", .string(Timestamp.utcText(heard))),
      JSONMember("logs", SyncReport.json(logs)),
    ])
  }

  fileprivate init?(_ json: JSONValue) {
    guard let node = json["node"]?.string.flatMap({ NodeCode($0) }),
      let heard = json["heard"]?.string.flatMap({ Timestamp($0)?.instant })
    else { return nil }
    self.init(node: node, heard: heard, logs: SyncReport.positions(json["logs"]))
  }
}

extension SyncReport.Hole {
  fileprivate var json: JSONValue {
    .object([
      JSONMember("node", .string(node.description)), JSONMember("from", .integer(from)),
      JSONMember("through", .integer(through)),
    ])
  }

  fileprivate init?(_ json: JSONValue) {
    guard let node = json["node"]?.string.flatMap({ NodeCode($0) }),
      let from = json["from"]?.integer, let through = json["through"]?.integer
    else { return nil }
    self.init(node: node, from: from, through: through)
  }
}

extension SyncReport.Fork {
  fileprivate var json: JSONValue {
    .object([
      JSONMember("ref", .string(ref.description)),
      JSONMember("file", file.map { .string($0) } ?? .null),
    ])
  }

  fileprivate init?(_ json: JSONValue) {
    guard let ref = json["ref"]?.string.flatMap({ EntryRef($0) }) else { return nil }
    self.init(ref: ref, file: json["file"]?.string)
  }
}

extension SyncReport.Problem {
  fileprivate var json: JSONValue {
    .object([JSONMember("code", .string(code)), JSONMember("says", .string(sentence))])
  }

  fileprivate init?(_ json: JSONValue) {
    guard let code = json["code"]?.string, let says = json["says"]?.string else { return nil }
    self.init(code: code, sentence: says)
  }
}

extension SyncReport.Counts {
  fileprivate var json: JSONValue {
    .object([
      JSONMember("received", .integer(received)), JSONMember("known", .integer(known)),
      JSONMember("altered", .integer(altered)), JSONMember("fetched", .integer(fetched)),
      JSONMember("evidence", .integer(evidence)), JSONMember("failures", .integer(failures)),
      JSONMember("faults", .integer(faults)),
    ])
  }

  fileprivate init(_ json: JSONValue?) {
    received = json?["received"]?.integer ?? 0
    known = json?["known"]?.integer ?? 0
    altered = json?["altered"]?.integer ?? 0
    fetched = json?["fetched"]?.integer ?? 0
    evidence = json?["evidence"]?.integer ?? 0
    failures = json?["failures"]?.integer ?? 0
    faults = json?["faults"]?.integer ?? 0
  }
}
