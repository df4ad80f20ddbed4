internal import LoggistModel

/// Takes one node's stretch of a pack into the log that a store has of it.
struct Intake {
  private let store: Store
  /// Nil until the first line of a node that is not known here, and for another machine's.
  private var log: ReplicaLog?
  private var result: Unpacking.NodeResult
  /// Bytes that are not on the disk yet.
  private var size = 0
  private var fork: ForkFile?
  /// Lines of the fork that are not in its file yet, and their bytes.
  private var aside: [ForeignLine] = []
  private var asideSize = 0

  init(_ run: PackHeader.Run, into store: Store) throws(StoreError) {
    self.store = store
    result = Unpacking.NodeResult(run)
    guard let node = store.node(run.node.code) else { return }
    result.isOwn = node.isOwn
    result.isOtherMachine = node.uuid.map { $0 != run.node.uuid } ?? false
    if node.uuid != nil, !result.isOtherMachine { log = try ReplicaLog(node, in: store) }
  }

  var node: NodeCode { result.run.node.code }

  func close() { log?.close() }

  /// Whether a line of that number has its text here, or is about to have it.
  func wants(_ sequence: Int) throws(StoreError) -> Bool {
    guard !result.isOtherMachine else { return false }
    guard case .success(let line)? = try log?.line(sequence) else { return true }
    return line.blankedBy == nil
  }

  mutating func take(_ line: ForeignLine) throws(StoreError) {
    if result.missing != nil { return }
    if result.fork != nil || result.isOtherMachine { return try putAside(line) }
    var acceptance = try acceptance(of: line)
    if acceptance == .next, log?.canAppend != true {
      try open()
      // Somebody may have logged here in between.
      acceptance = try self.acceptance(of: line)
    }
    switch acceptance {
    case .next: try add(line)
    case .known: result.known += 1
    case .ahead(let missing): result.missing = missing
    case .fork: try putAside(line)
    }
  }

  private func acceptance(of line: ForeignLine) throws(StoreError) -> Acceptance {
    if let log { return try log.acceptance(of: line) }
    return try Acceptance.of(line, at: LogPosition(uuid: result.run.node.uuid)) { _ in nil }
  }

  /// Makes the log one that can be appended to: of an unknown node by making room for it, of this machine's by its lock.
  private mutating func open() throws(StoreError) {
    log?.close()
    log = nil
    let identity = NodeFile(
      code: node, uuid: result.run.node.uuid, created: result.run.node.created)
    let store = result.isOwn ? store : try store.adopt(node, identity: identity.bytes)
    guard let known = store.node(node) else { throw .unknownNode(node) }
    log = try ReplicaLog(known, in: store, restoring: true)
  }

  private mutating func add(_ line: ForeignLine) throws(StoreError) {
    log?.append(line)
    let first = result.taken?.lowerBound ?? line.ref.sequence
    result.taken = first...line.ref.sequence
    size += line.bytes.count
    if size > 1 << 20 {
      try log?.flush()
      size = 0
    }
  }

  private mutating func putAside(_ line: ForeignLine) throws(StoreError) {
    if result.fork == nil { result.fork = line.ref }
    // Behind one that found no room the others would follow from nothing.
    let isFull = result.putAside + aside.count < result.forked
    result.forked += 1
    if isFull { return }
    aside.append(line)
    asideSize += line.bytes.count
    if asideSize > 1 << 20 { try keepAside() }
  }

  private mutating func keepAside() throws(StoreError) {
    if aside.isEmpty { return }
    if fork == nil { fork = try ForkFile(node, in: store) }
    result.putAside += try fork?.keep(aside) ?? 0
    (aside, asideSize) = ([], 0)
  }

  mutating func finish() throws(StoreError) -> Unpacking.NodeResult {
    // What was known may be a process's that was killed before its own flush.
    try log?.flush()
    try keepAside()
    return result
  }
}
