package import LoggistModel

/// What goes into a pack: looked through before the first byte is written, so that nothing is packed that the other side
/// would refuse.
package struct PackPlan {
  package private(set) var runs: [PackHeader.Run] = []
  package private(set) var evidence: [EvidenceName] = []
  /// Of these nodes nothing is new since what was named.
  package private(set) var unchanged: [NodeCode] = []
  /// What is not as it was recorded: of that node only what stands in front of it is packed.
  package private(set) var flaws: [(ref: EntryRef, flaw: Flaw)] = []
  /// Files that entries name and that are not here, or not whole.
  package private(set) var missingEvidence: [EvidenceName] = []
  let store: Store
  private var logs: [NodeCode: ReplicaLog] = [:]

  package enum Flaw: Sendable, Hashable {
    /// No line of that number.
    case missing
    /// It does not follow from the line before it.
    case chain
    case line(ForeignLineFlaw)
    /// An entry redacts it and its text still stands here.
    case unfinishedRedaction
    case unproved
  }

  /// Where a pack begins. Of a node that no head names: at the time, where there is one, else at its first line.
  package struct Since: Sendable, Hashable {
    package var heads: [LogHead]
    package var time: Instant?

    package init(heads: [LogHead] = [], time: Instant? = nil) {
      (self.heads, self.time) = (heads, time)
    }
  }

  /// Reads and checks what is to be packed. Throws `StoreError.headDiffers` where a head that was named is not this
  /// log's.
  package init(
    _ store: Store, since: Since = Since(), withEvidence: Bool = true,
    report: PackProgress.Report = { _ in }
  ) throws(StoreError) {
    self.store = store
    for node in store.nodes where node.uuid != nil {
      logs[node.code] = try ReplicaLog(node, in: store)
    }
    // Read afterwards: what is blank was blanked by an entry that stands there by then.
    let redacts = try Redaction.redactors(in: store)
    for head in since.heads where logs[head.ref.node] == nil {
      throw .headDiffers(head, isMissing: true)
    }
    let total = logs.values.reduce(0) { $0 + $1.position.sequence }
    var (names, checked): (Set<EvidenceName>, Int) = ([], 0)
    for node in store.nodes {
      guard let log = logs[node.code], let identity = try store.nodeIdentity(of: node.code) else {
        continue
      }
      let check = try Check(log, identity, since, redacts) {
        checked += PackProgress.interval
        report(.checked(checked, of: total))
      }
      if let run = check.run { runs.append(run) }
      if let flaw = check.flaw { flaws.append(flaw) }
      if check.run == nil, check.flaw == nil { unchanged.append(node.code) }
      names.formUnion(check.evidence)
    }
    guard withEvidence else { return }
    let folder = EvidenceFolder(store)
    for name in names.sorted(by: { $0.description < $1.description }) {
      if try folder.check(name) == .whole {
        evidence.append(name)
      } else {
        missingEvidence.append(name)
      }
    }
  }

  package var lineCount: Int { runs.reduce(0) { $0 + $1.count } }

  func line(of run: PackHeader.Run, _ number: Int) throws(StoreError) -> ForeignLine {
    guard case .success(let line)? = try logs[run.node.code]?.line(number) else {
      throw .noSuchEntry(EntryRef(node: run.node.code, sequence: number))
    }
    return line
  }
}

/// Follows a node's log from where the pack begins and stops at the first line that would be refused.
private struct Check {
  private(set) var run: PackHeader.Run?
  private(set) var flaw: (ref: EntryRef, flaw: PackPlan.Flaw)?
  private(set) var evidence: Set<EvidenceName> = []

  init(
    _ log: ReplicaLog, _ identity: NodeIdentity, _ since: PackPlan.Since,
    _ redacts: [EntryRef: Set<EntryRef>], _ report: () -> Void
  ) throws(StoreError) {
    var prev = LogPosition(uuid: identity.uuid).head
    var number = 1
    if let head = since.heads.last(where: { $0.ref.node == log.node }) {
      guard let digest = try log.head(of: head.ref.sequence) else {
        throw .headDiffers(head, isMissing: true)
      }
      guard digest == head.digest else { throw .headDiffers(head, isMissing: false) }
      (number, prev) = (head.ref.sequence + 1, head.digest)
    } else if let time = since.time {
      number = try Check.first(of: log, loggedFrom: time)
      // Of a line that cannot be read nobody knows whether it came before.
      var before = number - 1
      while before > 0, case .failure(let reason)? = try log.line(before) {
        flaw = (EntryRef(node: log.node, sequence: before), .line(reason))
        before -= 1
      }
      guard flaw == nil, let head = try log.head(of: before) else { return }
      prev = head
    }
    let (first, start) = (number, prev)
    while number <= log.position.sequence {
      let ref = EntryRef(node: log.node, sequence: number)
      do throws(PackPlan.Flaw) {
        let line = try Check.line(log, ref, redacts[ref] ?? [])
        if let name = line.evidence { evidence.insert(name) }
        prev = line.head
      } catch {
        flaw = (ref, error)
        break
      }
      number += 1
      if number.isMultiple(of: PackProgress.interval) { report() }
    }
    if flaw == nil, !log.isWhole {
      flaw = (EntryRef(node: log.node, sequence: number), log.isBroken ? .chain : .missing)
    }
    if number > first {
      run = PackHeader.Run(
        node: identity, first: first, prev: start, last: number - 1, head: prev)
    }
  }

  /// The first number whose line was recorded at a moment or later; where there is none, the one behind the last.
  private static func first(
    of log: ReplicaLog, loggedFrom moment: Instant
  ) throws(StoreError) -> Int {
    // Recorded times rise with the numbers: a search by halves. A line that cannot be read tells no time, and the one
    // before it is asked.
    var (low, high) = (1, log.position.sequence + 1)
    while low < high {
      let middle = low + (high - low) / 2
      var number = middle
      var line = try log.line(number)
      while number > low, case .failure? = line {
        number -= 1
        line = try log.line(number)
      }
      if case .success(let line)? = line, line.logged >= moment {
        high = number
      } else {
        low = middle + 1
      }
    }
    return low
  }

  private static func line(
    _ log: ReplicaLog, _ ref: EntryRef, _ redactors: Set<EntryRef>
  ) throws(PackPlan.Flaw) -> ForeignLine {
    let line: ForeignLine
    switch try? log.line(ref.sequence) {
    case .success(let found): line = found
    case .failure(let flaw): throw .line(flaw)
    case nil: throw .missing
    }
    if let by = line.blankedBy {
      if !redactors.contains(by) { throw .unproved }
    } else if !redactors.isEmpty {
      throw .unfinishedRedaction
    }
    return line
  }
}

extension PackPlan.Flaw: Error {}
