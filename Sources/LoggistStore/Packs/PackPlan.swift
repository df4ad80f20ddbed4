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
  private var logs: [NodeCode: NumberedLog] = [:]

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
    _ store: Store, since: Since = Since(), withEvidence: Bool = true
  ) throws(StoreError) {
    self.store = store
    var redacts: [EntryRef: Set<EntryRef>] = [:]
    for node in store.nodes where node.uuid != nil {
      let log = try NumberedLog(store, node.code)
      logs[node.code] = log
      for redaction in log.redacts { redacts[redaction.ref, default: []].insert(redaction.by) }
    }
    for head in since.heads where logs[head.ref.node] == nil {
      throw .headDiffers(head, isMissing: true)
    }
    var names: Set<EvidenceName> = []
    for node in store.nodes {
      guard let log = logs[node.code], let identity = try store.nodeIdentity(of: node.code) else {
        continue
      }
      let check = try Check(log, identity, since, redacts)
      if let run = check.run { runs.append(run) } else { unchanged.append(node.code) }
      if let flaw = check.flaw { flaws.append(flaw) }
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

  func parts(
    of run: PackHeader.Run, _ number: Int
  ) throws(StoreError) -> (line: [UInt8], gap: [UInt8]) {
    guard let parts = try logs[run.node.code]?.parts(of: number) else {
      let ref = EntryRef(node: run.node.code, sequence: number)
      throw .noSuchEntry(ref)
    }
    return parts
  }
}

/// Follows a node's log from where the pack begins and stops at the first line that would be refused.
private struct Check {
  private(set) var run: PackHeader.Run?
  private(set) var flaw: (ref: EntryRef, flaw: PackPlan.Flaw)?
  private(set) var evidence: Set<EvidenceName> = []

  init(
    _ log: NumberedLog, _ identity: NodeIdentity, _ since: PackPlan.Since,
    _ redacts: [EntryRef: Set<EntryRef>]
  ) throws(StoreError) {
    let reader = ForeignLineReader()
    var prev = SHA256.base64URL(Array(identity.uuid.utf8))
    var number = 1
    if let head = since.heads.last(where: { $0.ref.node == log.node }) {
      guard let parts = try log.parts(of: head.ref.sequence),
        let line = try? reader.read(parts.line, gap: parts.gap)
      else { throw .headDiffers(head, isMissing: true) }
      guard line.headDigest == head.digest else { throw .headDiffers(head, isMissing: false) }
      (number, prev) = (head.ref.sequence + 1, head.digest)
    } else if let time = since.time {
      guard let first = try log.first(loggedFrom: time) else { return }
      if first > 1, let parts = try log.parts(of: first - 1) {
        guard let line = try? reader.read(parts.line, gap: parts.gap) else { return }
        prev = line.headDigest
      }
      number = first
    }
    let (first, start) = (number, prev)
    while number <= log.last {
      let ref = EntryRef(node: log.node, sequence: number)
      do throws(PackPlan.Flaw) {
        let line = try Check.line(log, ref, prev, reader, redacts[ref] ?? [])
        if let name = line.evidence { evidence.insert(name) }
        prev = line.headDigest
      } catch {
        flaw = (ref, error)
        break
      }
      number += 1
    }
    if number > first {
      run = PackHeader.Run(
        node: identity, first: first, prev: start, last: number - 1, head: prev)
    }
  }

  private static func line(
    _ log: NumberedLog, _ ref: EntryRef, _ prev: String, _ reader: ForeignLineReader,
    _ redactors: Set<EntryRef>
  ) throws(PackPlan.Flaw) -> ForeignLine {
    guard let parts = try? log.parts(of: ref.sequence) else { throw .missing }
    let line: ForeignLine
    do throws(ForeignLineFlaw) {
      line = try reader.read(parts.line, gap: parts.gap)
    } catch {
      throw .line(error)
    }
    if line.prev != prev { throw .chain }
    if let by = line.blankedBy {
      if !redactors.contains(by) { throw .unproved }
    } else if !redactors.isEmpty {
      throw .unfinishedRedaction
    }
    return line
  }
}

extension PackPlan.Flaw: Error {}
