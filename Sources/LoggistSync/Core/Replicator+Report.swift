import LoggistModel
import LoggistStore

extension Replicator {
  /// What replication has seen so far, as far as it knows it without the engine.
  func report(at time: Instant, now: Int = 0) -> SyncReport {
    var report = SyncReport(node: name, at: time)
    report.sent = outboxes.mapValues(\.sent)
    report.logs = positions
    report.peers = peers.sorted { $0.key < $1.key }.map { node, peer in
      SyncReport.Peer(
        node: node,
        heard: peer.heardAt ?? time - TimeSpan(milliseconds: Int64(max(0, now - peer.heard))),
        logs: peer.logs)
    }
    report.holes = holes
    report.forks = Set(forks.keys).union(suspected.keys).sorted().compactMap { node in
      let first = forks[node]?.first ?? suspected[node] ?? 0
      guard first > 0 else { return nil }
      return SyncReport.Fork(
        ref: EntryRef(node: node, sequence: first),
        file: forks[node] == nil ? nil : ForkFile.path(of: node))
    }
    report.twins = suspected.filter { $0.value == 0 && forks[$0.key] == nil }.keys.sorted()
    report.missingEvidence = evidence.count
    report.counts = counts
    report.counts.failures = outboxes.values.reduce(0) { $0 + $1.failures }
    return report
  }
}

extension Replicator {
  /// What is wrong with the logs, as far as it is known without the engine.
  var problems: [SyncProblem] {
    var problems: [SyncProblem] = []
    let report = report(at: Instant(milliseconds: 0))
    for fork in report.forks { problems.append(.fork(fork.ref, file: fork.file)) }
    for node in report.twins { problems.append(.twin(node)) }
    for (node, last) in forgotten.sorted(by: { $0.key < $1.key }) {
      let here = logs[node]?.position.sequence ?? 0
      if last > here, suspected[node] == nil {
        problems.append(.forgotten(node, from: here + 1, through: last))
      }
    }
    for stopped in tooLarge.values.sorted(by: { $0.ref < $1.ref }) {
      problems.append(.tooLarge(stopped.ref, size: stopped.size, limit: stopped.limit))
    }
    for (ref, redactor) in unexplained.sorted(by: { $0.key < $1.key }) {
      problems.append(.unexplained(ref, redactor: redactor))
    }
    if let first = newer.min() { problems.append(.newer(first)) }
    for (node, error) in halted.sorted(by: { $0.key < $1.key }) {
      problems.append(.disk(node, words: error.sentence))
    }
    for (node, out) in leftOut.sorted(by: { $0.key < $1.key }) where halted[node] == nil {
      problems.append(.leftOut(node, words: out.error.sentence))
    }
    if halted.isEmpty, let failure { problems.append(.disk(nil, words: failure.sentence)) }
    if let redactionFailure { problems.append(.notBlanked(words: redactionFailure.sentence)) }
    return problems
  }

  /// Everything that was logged here is with the engine, and nothing is known that others hold and is not here; what is
  /// left out is not known.
  var isSettled: Bool {
    outboxes.allSatisfy { node, outbox in
      outbox.sent >= logs[node]?.position.sequence ?? 0 || tooLarge[node] != nil
    } && holes.isEmpty && touched.isEmpty && !evidence.isExpected && leftOut.isEmpty
      && redactionFailure == nil
  }

  /// When to take a turn although nothing happened.
  func nextLook(now: Int) -> Int {
    var next = lastOwnLook + Replicator.ownLook
    for outbox in outboxes.values { next = min(next, outbox.nextLook(now: now)) }
    if !repairs.isEmpty || evidence.isExpected { next = min(next, now + 200) }
    return max(next, now + 1)
  }

  /// What the process before this one had heard of the others: better than nothing until they speak again.
  mutating func recall(_ report: SyncReport?) {
    for peer in report?.peers ?? [] where peer.node != name {
      peers[peer.node] = Peer(heard: 0, logs: peer.logs, heardAt: peer.heard)
    }
    for fork in report?.forks ?? [] where fork.file == nil {
      suspected[fork.ref.node] = fork.ref.sequence
    }
    for node in report?.twins ?? [] { suspected[node] = 0 }
  }
}
