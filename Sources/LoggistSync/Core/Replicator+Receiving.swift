import LoggistModel
import LoggistStore

extension Replicator {
  /// Takes what the stream delivered. It is settled when what came of it is on the disk.
  mutating func receive(_ letter: Letter, _ receipt: Receipt, _ now: Int) throws(StoreError) {
    // Neither written nor acknowledged: the engine brings it again.
    guard halted[letter.node] == nil, now >= pausedUntil else { return }
    if let out = leftOut[letter.node] {
      let isOver = now - (out.since ?? now) >= Replicator.receiptPatience
      if isOver { settled[letter.node, default: []].append(receipt) }
      return
    }
    let keepsReceipt = try take(letter, receipt, now)
    if !keepsReceipt { settled[letter.node, default: []].append(receipt) }
  }

  /// Takes a letter's lines in, whoever brought it.
  ///
  /// - Returns: whether a line is held that keeps the receipt.
  @discardableResult
  mutating func take(
    _ letter: Letter, _ receipt: Receipt?, _ now: Int
  ) throws(StoreError) -> Bool {
    if letter.isIdentity {
      try introduce(letter)
      return false
    }
    let lines: [ForeignLine]
    do throws(ForeignLineFlaw) {
      lines = try letter.lines()
    } catch {
      if case .uncheckable(let ref) = error { newer.insert(ref) } else { counts.altered += 1 }
      return false
    }
    var isHeld = false
    for (place, line) in lines.enumerated() {
      let own = place == lines.count - 1 ? receipt : nil
      isHeld = try take(line, own, now)
    }
    return isHeld
  }

  private mutating func introduce(_ letter: Letter) throws(StoreError) {
    guard let uuid = letter.uuid else {
      counts.altered += 1
      return
    }
    guard let log = logs[letter.node] else {
      try adopt(letter.node, identity: letter.bytes)
      try drain(letter.node)
      return
    }
    if log.uuid != uuid { suspected[letter.node] = 0 }
  }

  private mutating func take(
    _ line: ForeignLine, _ receipt: Receipt?, _ now: Int
  ) throws(StoreError) -> Bool {
    let node = line.ref.node
    // The log is not held here: with two owners each new line would copy the places of all others.
    guard let acceptance = try logs[node]?.acceptance(of: line) else {
      return hold(line, receipt, now)
    }
    let isOwn = logs[node]?.isOwn == true
    switch acceptance {
    case .next where isOwn:
      // Only this machine logs there, and this follows from what it has: it has forgotten what it once sent.
      surelyForgotten.insert(node)
      forgotten[node] = max(forgotten[node] ?? 0, line.ref.sequence)
    case .next:
      write(line)
      try drain(node)
    case .ahead where forks[node]?.holds(line.prev) == true: try keepFork(line)
    case .ahead where isOwn:
      forgotten[node] = max(forgotten[node] ?? 0, line.ref.sequence)
    case .ahead: return hold(line, receipt, now)
    case .known: try recognize(line, isOwn: isOwn)
    case .fork: try keepFork(line)
    }
    return false
  }

  /// A line that is here. If it has a text and ours has none, somebody has redacted the entry; or somebody has said so who
  /// may not, and the text is put back.
  private mutating func recognize(_ line: ForeignLine, isOwn: Bool) throws(StoreError) {
    counts.known += 1
    guard line.blankedBy == nil else { return }
    if redactions.contains(line.ref) {
      reappeared.insert(line.ref)
      return
    }
    guard !isOwn, case .success(let here)? = try logs[line.ref.node]?.line(line.ref.sequence),
      here.blankedBy != nil
    else { return }
    do throws(StoreError) {
      // It may have been redacted here just now.
      try learnRedactions()
      if redactions.contains(line.ref) { return }
      try logs[line.ref.node]?.restore(line)
      unexplained[line.ref] = nil
    } catch {
      failure = error
    }
    touched.insert(line.ref.node)
  }

  private mutating func learnRedactions() throws(StoreError) {
    let survey = try RedactionSurvey(store)
    (redactions, unexplained) = (survey.redacted, survey.unexplained)
  }

  /// - Returns: whether it keeps its receipt.
  private mutating func hold(_ line: ForeignLine, _ receipt: Receipt?, _ now: Int) -> Bool {
    let dropped = held.hold(HeldLines.Held(line: line, receipt: receipt, since: now))
    for receipt in dropped { settled[line.ref.node, default: []].append(receipt) }
    return receipt.map { !dropped.contains($0) } ?? false
  }

  private mutating func write(_ line: ForeignLine) {
    let node = line.ref.node
    logs[node]?.append(line)
    touched.insert(node)
    counts.received += 1
    if let ref = line.redacts {
      redactions.insert(ref)
      unexplained[ref] = nil
      owesRedaction = true
    }
    if redactions.contains(line.ref) {
      owesRedaction = true
      if line.blankedBy == nil { reappeared.insert(line.ref) }
    } else if let redactor = line.blankedBy {
      unexplained[line.ref] = redactor
    }
    if let name = line.evidence, !EvidenceFolder(store).contains(name) {
      evidence.want(name, for: line.ref)
    }
  }

  /// Takes the lines that were held for the one that has come.
  private mutating func drain(_ node: NodeCode) throws(StoreError) {
    while let position = logs[node]?.position,
      let held = held.take(EntryRef(node: node, sequence: position.sequence + 1))
    {
      if held.line.prev == position.head {
        write(held.line)
      } else {
        try keepFork(held.line)
      }
      if let receipt = held.receipt { settled[node, default: []].append(receipt) }
    }
  }

  /// Two histories: the other one is kept beside, and nothing here is changed.
  private mutating func keepFork(_ line: ForeignLine) throws(StoreError) {
    let node = line.ref.node
    if forks[node] == nil { forks[node] = try ForkFile(node, in: store) }
    try forks[node]?.keep([line])
    (suspected[node], forgotten[node]) = (nil, nil)
  }

  /// Puts on the disk what came, then settles the deliveries, then does what redactions ask for.
  mutating func keep(_ now: Int, _ courier: any Courier) {
    for node in touched.sorted() {
      do throws(StoreError) {
        try logs[node]?.flush()
        touched.remove(node)
        failure = nil
      } catch {
        touched.remove(node)
        settled[node] = nil
        if case .failedDisk = error {
          (halted[node], failure) = (error, error)
        } else {
          leaveOut(node, error, now)
        }
        do throws(StoreError) { try logs[node]?.abandon() } catch { leaveOut(node, error, now) }
      }
    }
    for (node, receipts) in settled where halted[node] == nil {
      for receipt in receipts { courier.acknowledge(receipt) }
    }
    settled = [:]
    if owesRedaction, now >= nextRedaction { redact(now) }
  }

  /// Whoever logs here holds a lock for a moment; whoever holds it for longer is named, and not waited for.
  private mutating func redact(_ now: Int) {
    do throws(StoreError) {
      _ = try Redaction.finish(store, patience: 1000)
      try learnRedactions()
      (owesRedaction, redactionFailure) = (false, nil)
    } catch {
      (redactionFailure, nextRedaction) = (error, now + Replicator.redactionRest)
    }
  }
}
