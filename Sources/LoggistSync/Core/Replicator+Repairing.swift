import LoggistModel
import LoggistStore

/// Lines that others have and the stream did not bring.
struct Repair: Sendable {
  /// The last line here when it was last looked at, and since when it has been that.
  var position: Int
  var since: Int
  /// The question that is open, whom it was put to, and when.
  var asked: (number: Int, of: NodeCode, at: Int)?
  /// Machines that answered nothing of use since the last line came.
  var tried: Set<NodeCode> = []
  /// Only to keep the other history of that line.
  var isForFork = false

  /// Milliseconds in which the stream may bring the lines by itself, and in which a machine may answer.
  static let grace = 1500
  static let patience = 3000
}

/// A question about lines that are not those here: for which lines, whom it was put to, and when it may be put again.
struct Inquiry: Sendable {
  var lines: ClosedRange<Int>?
  var tried: Set<NodeCode> = []
  var next = Replicator.never

  /// Milliseconds until all are asked once more, and those in which the entry that took a text may come.
  static let rest = 60_000
  static let grace = 10_000
}

extension Replicator {
  mutating func hear(_ vector: LogVector, _ now: Int, _ courier: any Courier) {
    guard vector.node != name else { return }
    if peers[vector.node]?.heardAt != nil || peers[vector.node] == nil { evidence.reconsider() }
    var peer = peers[vector.node] ?? Peer(heard: now, logs: [:])
    (peer.heard, peer.heardAt, peer.logs) = (now, nil, vector.logs)
    for (node, theirs) in vector.logs where peer.checked[node] != theirs {
      guard let log = logs[node] else { continue }
      if log.isOwn, theirs.sequence > log.position.sequence, forks[node] == nil {
        forgotten[node] = max(forgotten[node] ?? 0, theirs.sequence)
      }
      guard theirs.sequence <= log.position.sequence else { continue }
      peer.checked[node] = theirs
      if let ours = try? log.head(of: theirs.sequence), ours != theirs.head {
        askForFork(EntryRef(node: node, sequence: theirs.sequence), of: vector.node, now, courier)
      }
    }
    peers[vector.node] = peer
    if vector.isHello { publishVector(now, courier) }
  }

  private mutating func askForFork(
    _ ref: EntryRef, of holder: NodeCode, _ now: Int, _ courier: any Courier
  ) {
    if let first = forks[ref.node]?.first, first <= ref.sequence { return }
    suspected[ref.node] = min(suspected[ref.node] ?? ref.sequence, ref.sequence)
    guard ref.sequence > 0 else { return }
    inquire(
      Fetch(node: ref.node, from: max(1, ref.sequence - 100), through: ref.sequence), of: holder,
      now, courier)
  }

  private mutating func inquire(
    _ fetch: Fetch, of holder: NodeCode, _ now: Int, _ courier: any Courier
  ) {
    guard repairs[fetch.node]?.asked == nil else { return }
    var repair = Repair(position: logs[fetch.node]?.position.sequence ?? -1, since: now)
    repair.isForFork = true
    ask(&repair, fetch, of: holder, now, courier)
    repairs[fetch.node] = repair
  }

  /// Asks for what shows where two histories part, whether lines that others have of an own log follow from it, and what a
  /// line says whose text is gone for no reason.
  private mutating func inquire(_ now: Int, _ courier: any Courier) {
    let (parted, blank) = (Set(forks.keys).union(forgotten.keys), unexplained.keys.map(\.node))
    for node in parted.union(blank).sorted() where repairs[node]?.asked == nil {
      var inquiry =
        inquiries[node] ?? Inquiry(next: parted.contains(node) ? now : now + Inquiry.grace)
      defer { inquiries[node] = inquiry }
      guard now >= inquiry.next else { continue }
      inquiry.next = now + Repair.grace
      // People have looked at it, and put it where they keep such things.
      if forks[node]?.isThere == false { forks[node] = nil }
      if let unclear = unclear(node) {
        if inquiry.lines != unclear { (inquiry.lines, inquiry.tried) = (unclear, []) }
        let holders = peers.filter { $0.value.logs[node]?.sequence ?? 0 >= unclear.upperBound }
        let fresh = holders.keys.sorted().filter { !inquiry.tried.contains($0) }
        if fresh.isEmpty {
          inquiry = Inquiry(next: now + Inquiry.rest)
        } else {
          let holder = fresh[Int.random(in: fresh.indices, using: &random)]
          inquiry.tried.insert(holder)
          let fetch = Fetch(node: node, from: unclear.lowerBound, through: unclear.upperBound)
          inquire(fetch, of: holder, now, courier)
        }
      }
    }
  }

  private func unclear(_ node: NodeCode) -> ClosedRange<Int>? {
    let position = logs[node]?.position.sequence ?? 0
    if let fork = forks[node], let first = fork.first, first > 1 {
      let follows = (try? logs[node]?.head(of: first - 1)) == fork.root
      return follows ? nil : max(1, first - 100)...first - 1
    }
    if let last = forgotten[node], last > position, suspected[node] == nil,
      !surelyForgotten.contains(node)
    {
      return position + 1...min(last, position + 100)
    }
    let blank = unexplained.keys.filter { $0.node == node && outboxes[node] == nil }.min()
    return blank.map { $0.sequence...$0.sequence }
  }

  private mutating func ask(
    _ repair: inout Repair, _ fetch: Fetch, of holder: NodeCode, _ now: Int, _ courier: any Courier
  ) {
    questionNumber += 1
    repair.asked = (questionNumber, holder, now)
    courier.ask(fetch, of: holder, number: questionNumber)
  }

  /// Asks for what others hold and the stream has not brought for a while.
  mutating func repair(_ now: Int, _ courier: any Courier) {
    for (node, repair) in repairs {
      guard let asked = repair.asked, now - asked.at > Repair.patience else { continue }
      repairs[node]?.asked = nil
      repairs[node]?.tried.insert(asked.of)
      if repair.isForFork { repairs[node] = nil }
    }
    inquire(now, courier)
    var best: [NodeCode: Int] = [:]
    for peer in peers.values {
      for (node, theirs) in peer.logs { best[node] = max(best[node] ?? 0, theirs.sequence) }
    }
    for (node, last) in best.sorted(by: { $0.key < $1.key }) {
      let position = logs[node]?.position.sequence ?? -1
      guard logs[node]?.isOwn != true, outboxes[node] == nil, halted[node] == nil,
        leftOut[node] == nil, now >= pausedUntil
      else { continue }
      if last <= position {
        if repairs[node]?.isForFork != true { repairs[node] = nil }
      } else {
        pursue(node, position, last, now, courier)
      }
    }
  }

  private mutating func pursue(
    _ node: NodeCode, _ position: Int, _ last: Int, _ now: Int, _ courier: any Courier
  ) {
    var repair = repairs[node] ?? Repair(position: position, since: now)
    if repair.isForFork { return }
    defer { repairs[node] = repair }
    if repair.position != position {
      // It goes on: by the stream, which is left alone, or by the answer to a question, which is followed by the next.
      let isByAnswer = repair.asked == nil && repair.since == Replicator.never
      repair = Repair(position: position, since: isByAnswer ? Replicator.never : now)
    }
    guard repair.asked == nil,
      repair.since == Replicator.never || now - repair.since >= Repair.grace
    else {
      return
    }
    let holders = peers.filter { $0.value.logs[node].map { $0.sequence > position } ?? false }
      .keys.sorted()
    let fresh = holders.filter { !repair.tried.contains($0) }
    if fresh.isEmpty {
      // Of another history more is asked for seldom: it does not become part of the log here.
      (repair.tried, repair.since) = ([], forks[node] == nil ? now : now + Inquiry.rest)
      return
    }
    let holder = fresh[Int.random(in: fresh.indices, using: &random)]
    let fetch = Fetch(
      node: node, from: position + 1, through: position < 0 ? 0 : min(last, position + 10_000))
    ask(&repair, fetch, of: holder, now, courier)
  }

  /// Takes the answer to a question; one that nobody waits for any more is left out.
  mutating func take(_ letter: Letter?, number: Int, _ now: Int) throws(StoreError) {
    guard let (node, repair) = repairs.first(where: { $0.value.asked?.number == number }),
      let asked = repair.asked
    else { return }
    let before = counts.received
    let hadLog = logs[node] != nil
    if let letter, letter.node == node, leftOut[node] == nil { try take(letter, nil, now) }
    counts.fetched += counts.received - before
    if repair.isForFork {
      repairs[node] = nil
      return
    }
    repairs[node]?.asked = nil
    if counts.received > before || logs[node] != nil && !hadLog {
      repairs[node]?.since = Replicator.never
    } else {
      repairs[node]?.tried.insert(asked.of)
    }
  }

  /// What others hold and this machine does not.
  var holes: [SyncReport.Hole] {
    var last: [NodeCode: Int] = [:]
    for peer in peers.values {
      for (node, theirs) in peer.logs { last[node] = max(last[node] ?? 0, theirs.sequence) }
    }
    return last.sorted { $0.key < $1.key }.compactMap { node, last in
      let here = logs[node]?.position.sequence ?? 0
      return last > here ? SyncReport.Hole(node: node, from: here + 1, through: last) : nil
    }
  }
}
