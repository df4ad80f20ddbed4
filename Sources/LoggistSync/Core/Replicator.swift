import LoggistModel
import LoggistStore

/// Carries this store's logs to the other machines and theirs to it, whatever the courier does on the way.
///
/// One turn after the other, in one thread: `turn` takes what the courier brought, puts it on the disk, acknowledges it,
/// and hands over what is new here. It knows no engine, no clock and no randomness of its own.
struct Replicator {
  /// This machine's name among the others.
  let name: NodeCode
  private(set) var store: Store
  var logs: [NodeCode: ReplicaLog] = [:]
  var outboxes: [NodeCode: Outbox] = [:]
  var held = HeldLines()
  var peers: [NodeCode: Peer] = [:]
  var repairs: [NodeCode: Repair] = [:]
  var forks: [NodeCode: ForkFile] = [:]
  /// Two histories of which the other one has not come yet; 0: two machines have that code, each with an identity.
  var suspected: [NodeCode: Int] = [:]
  /// Lines of this machine's logs that others hold and it does not: it was put back to an older copy, or another machine
  /// logs under its code.
  var forgotten: [NodeCode: Int] = [:]
  /// Logs whose next line was seen elsewhere, and follows from what is here.
  var surelyForgotten: Set<NodeCode> = []
  /// What was asked for another history, by its log.
  var inquiries: [NodeCode: Inquiry] = [:]
  /// Lines that came without their texts, by an entry that is not here.
  var unexplained: [EntryRef: EntryRef] = [:]
  /// For how much of each log the stream was made to deliver everything once more.
  private var deliveredAnew: [NodeCode: Int] = [:]
  /// What the engine had acknowledged when it was reached last.
  private var sentBefore: [NodeCode: Int] = [:]
  /// Logs that are not written any more, because the disk did not keep what was written.
  var halted: [NodeCode: StoreError] = [:]
  /// Logs that could not be read or written the last time: nothing of them is taken or said until they can.
  var leftOut: [NodeCode: LeftOut] = [:]
  /// Why nothing could be written the last time.
  var failure: StoreError?
  var newer: Set<EntryRef> = []
  var tooLarge: [NodeCode: TooLarge] = [:]
  var counts = SyncReport.Counts()
  /// Deliveries that are settled once what came is on the disk.
  var settled: [NodeCode: [Receipt]] = [:]
  /// Logs with lines that are not on the disk yet.
  var touched: Set<NodeCode> = []
  /// Entries that some entry redacts.
  var redactions: Set<EntryRef> = []
  var owesRedaction = true
  /// Redacted entries that came with their texts: the engine has them, perhaps once more.
  var reappeared: Set<EntryRef> = []
  /// Why a text that was redacted still stands here, and when it is tried again.
  var redactionFailure: StoreError?
  var nextRedaction = Replicator.never
  /// Files that entries name and that are not here.
  var evidence: EvidenceWanted
  var stream: String?
  var lastOwnLook = Replicator.never
  var lastCopyLook = Replicator.never
  var lastVector = Replicator.never
  /// What the last vector said.
  private var published: [NodeCode: LogPosition] = [:]
  var pausedUntil = Replicator.never
  var random: SystemOrSeeded
  var questionNumber = 0

  struct Peer: Sendable {
    var heard: Int
    var logs: [NodeCode: LogPosition]
    /// By an earlier process: the clock's time.
    var heardAt: Instant?
    /// Heads that were compared with those here.
    var checked: [NodeCode: LogPosition] = [:]
  }

  struct LeftOut: Sendable {
    var error: StoreError
    /// So many of its lines were here.
    var held = 0
    /// Nil before the first turn.
    var since: Int?
    /// When its files are looked at again.
    var until = Replicator.never
  }

  struct TooLarge: Sendable, Hashable {
    var ref: EntryRef
    var size: Int
    var limit: Int
  }

  /// Milliseconds between two looks at the own logs, and between two vectors.
  static let ownLook = 1000
  static let vectorInterval = 30_000
  /// Milliseconds until what failed for one log is tried again, and until what is still to be blanked is.
  static let logRest = 10_000
  /// And for which the engine waits for the receipts of a log's lines: it holds so many back and no more, of all logs.
  static let receiptPatience = 600_000
  static let redactionRest = 30_000
  /// Long before any clock of milliseconds.
  static let never = -1_000_000_000_000

  init(
    _ store: Store, name: NodeCode, sent: [NodeCode: Int] = [:], stream: String? = nil,
    evidenceLimit: Int = EvidenceFolder.standardLimit, random: SystemOrSeeded
  ) {
    evidence = EvidenceWanted(limit: evidenceLimit)
    (self.store, self.name, self.stream, self.random) = (store, name, stream, random)
    for node in store.nodes where node.uuid != nil {
      if node.isOwn { outboxes[node.code] = Outbox(sent: max(-1, sent[node.code] ?? -1)) }
      do throws(StoreError) {
        try open(node.code)
      } catch {
        leftOut[node.code] = LeftOut(error: error)
      }
    }
    wantEvidence()
    for node in ForkFile.nodes(in: store) {
      if let fork = try? ForkFile(node, in: store), fork.count > 0 { forks[node] = fork }
    }
  }

  /// One round: everything that is there to be done now. What fails for one log leaves that log out for a while, and
  /// the others go on.
  mutating func turn(now: Int, hasNews: Bool = true, _ courier: any Courier) {
    readmit(now, courier)
    for event in courier.events() {
      do throws(StoreError) {
        try take(event, now, courier)
      } catch {
        if let node = event.log { leaveOut(node, error, now) }
      }
    }
    lookAtCopies(now, courier)
    keep(now, courier)
    lookAtOwn(now, hasNews: hasNews)
    guard courier.isReady else { return }
    offer(now, courier)
    if isVectorDue(now) { publishVector(now, courier) }
    repair(now, courier)
    askForEvidence(now, courier)
    for receipt in held.releaseReceipts(before: now - 60_000) { courier.acknowledge(receipt) }
  }

  private mutating func take(
    _ event: CourierEvent, _ now: Int, _ courier: any Courier
  ) throws(StoreError) {
    switch event {
    case .ready(let stream):
      if stream != self.stream {
        for node in outboxes.keys { outboxes[node]?.restart() }
        self.stream = stream
      }
      for node in outboxes.keys { outboxes[node]?.resume() }
      sentBefore = outboxes.mapValues(\.sent)
      repairs = [:]
      evidence.interrupt()
      lastVector = now
      courier.publish(vector(isHello: true))
    case .interrupted:
      repairs = [:]
      evidence.interrupt()
    case .accepted(let ref): outboxes[ref.node]?.accepted(ref.sequence)
    case .refused(let ref): outboxes[ref.node]?.refused(ref.sequence, now: now, &random)
    case .tooLarge(let ref, let size, let limit):
      tooLarge[ref.node] = TooLarge(ref: ref, size: size, limit: limit)
    case .delivered(let letter, let receipt): try receive(letter, receipt, now)
    case .caughtUp(let last): compare(last, courier)
    case .vector(let vector): hear(vector, now, courier)
    case .asked(let question): answer(question, courier)
    case .answer(let number, let letter):
      if evidence.isAsked(number) {
        takePiece(letter, now)
      } else {
        try take(letter, number: number, now)
      }
    }
  }

  /// The stream has delivered everything.
  ///
  /// Where it has lost what it had acknowledged, it was put back to an older copy: the lines are offered again, and what
  /// was erased there may be back. Where it has lines that are not here, they were taken away since, or waited in a process
  /// that was killed: they come once more; if they cannot be taken, they need not come a third time.
  private mutating func compare(_ last: [NodeCode: Int], _ courier: any Courier) {
    for (node, sent) in sentBefore where sent > last[node] ?? -1 {
      outboxes[node]?.restart(behind: last[node] ?? -1)
      reappeared.formUnion(redactions)
    }
    let missing = last.filter { node, last in
      last > logs[node]?.position.sequence ?? -1 && last > deliveredAnew[node] ?? -1
        && outboxes[node] == nil && forks[node] == nil && suspected[node] == nil
        && halted[node] == nil && leftOut[node] == nil
    }
    if missing.isEmpty { return }
    deliveredAnew.merge(missing) { max($0, $1) }
    courier.deliverAnew()
  }

  mutating func adopt(_ node: NodeCode, identity: [UInt8]) throws(StoreError) {
    store = try store.adopt(node, identity: identity)
    try open(node)
  }

  /// Reads a log that this store has. One without an identity comes from the others.
  mutating func open(_ node: NodeCode) throws(StoreError) {
    guard let found = store.node(node), found.uuid != nil else { return }
    logs[node] = try ReplicaLog(found, in: store)
    touched.insert(node)
  }

  /// The same of a log that was left out: its folder may have been put right since, or taken away.
  mutating func reopen(_ node: NodeCode) throws(StoreError) {
    store = try store.refreshed()
    try open(node)
    owesRedaction = true
  }

  /// What is on the disk here.
  var positions: [NodeCode: LogPosition] {
    logs.compactMapValues { log in
      log.flushed == log.position.sequence ? log.position : nil
    }
  }

  func vector(isHello: Bool = false) -> LogVector {
    LogVector(node: name, logs: positions, isHello: isHello)
  }

  mutating func publishVector(_ now: Int, _ courier: any Courier) {
    lastVector = now
    let vector = vector()
    published = vector.logs
    courier.publish(vector)
  }

  /// At the latest every so often; sooner where more is held here now, as much later as there are more to hear of it.
  private func isVectorDue(_ now: Int) -> Bool {
    let passed = now - lastVector
    if passed >= Replicator.vectorInterval { return true }
    return passed >= max(1000, 100 * peers.count) && positions != published
  }
}

/// Chance, or in a test what follows from a seed.
struct SystemOrSeeded: RandomNumberGenerator, Sendable {
  private var generator: any RandomNumberGenerator & Sendable

  init(_ generator: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()) {
    self.generator = generator
  }

  mutating func next() -> UInt64 { generator.next() }
}
