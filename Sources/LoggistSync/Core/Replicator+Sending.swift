import LoggistModel
import LoggistStore

extension Replicator {
  /// Reads what was logged here, and puts it on the disk before anybody else hears of it.
  mutating func lookAtOwn(_ now: Int, hasNews: Bool) {
    guard hasNews || now - lastOwnLook >= Replicator.ownLook else {
      return
    }
    lastOwnLook = now
    for node in outboxes.keys where halted[node] == nil {
      do throws(StoreError) {
        try logs[node]?.catchUp()
        try logs[node]?.flush()
      } catch {
        if case .failedDisk = error { halted[node] = error } else { leaveOut(node, error, now) }
      }
      // Nothing that is not here was ever sent from here: what was noted is of another log, or of a later state.
      if let log = logs[node], let sent = outboxes[node]?.sent, sent > log.position.sequence {
        outboxes[node]?.restart()
      }
    }
  }

  /// Hands over what the engine has not got yet, as much as may be on its way.
  mutating func offer(_ now: Int, _ courier: any Courier) {
    for node in outboxes.keys.sorted() where tooLarge[node] == nil {
      guard let log = logs[node], halted[node] == nil else { continue }
      let numbers = outboxes[node]?.offers(through: log.flushed, now: now, &random) ?? []
      do throws(StoreError) {
        // Somebody redacts here: what arrives later of that entry has to be blank, too.
        if try offer(numbers, of: log, courier) { owesRedaction = true }
      } catch {
        // The engine is offered what was not handed over when it is overdue.
        leaveOut(node, error, now)
      }
    }
  }

  /// - Returns: whether a redaction was among them.
  private func offer(
    _ numbers: [Int], of log: ReplicaLog, _ courier: any Courier
  ) throws(StoreError) -> Bool {
    var (place, redacts) = (0, false)
    while place < numbers.count {
      let first = numbers[place]
      if first == 0 {
        let identity = try store.identity(of: log.node)
        courier.offer(
          Letter(node: log.node, identity: identity),
          as: EntryRef(node: log.node, sequence: 0))
        place += 1
        continue
      }
      // Numbers that follow each other are read in one go.
      var last = place
      while last + 1 < numbers.count, numbers[last + 1] == numbers[last] + 1 { last += 1 }
      let lines = try log.lines(from: first, through: numbers[last])
      guard !lines.isEmpty else { break }
      for line in lines {
        guard let letter = Letter(node: log.node, [line]) else { continue }
        redacts = redacts || line.redacts != nil
        courier.offer(letter, as: line.ref)
      }
      place += lines.count
    }
    return redacts
  }

  /// Serves what is on the disk here to a machine that asked for it; what cannot be read is not here for it.
  mutating func answer(_ question: Question, _ courier: any Courier) {
    courier.reply((try? answer(question.fetch)) ?? nil, to: question)
  }

  private func answer(_ fetch: Fetch) throws(StoreError) -> Letter? {
    guard let log = logs[fetch.node] else { return nil }
    switch fetch.what {
    case .lines(from: 0, through: _):
      return Letter(node: fetch.node, identity: try store.identity(of: fetch.node))
    case .lines(let from, let through):
      return Letter(
        node: fetch.node, try log.lines(from: from, through: min(through, log.flushed)))
    case .evidence(let name, let offset):
      let piece = try EvidenceFolder(store).piece(of: name, at: offset, limit: Piece.limit)
      return piece.map { Letter(fetch.node, Piece(name: name, offset: offset, $0)) }
    }
  }
}
