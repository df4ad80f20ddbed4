import LoggistModel
import LoggistStore

extension Replicator {
  /// Goes on without a log whose files cannot be read or written: it is no longer held here, and what comes of it is
  /// neither taken nor acknowledged, so that it comes again; after a while it is acknowledged all the same, so that the
  /// engine goes on with the others. A full disk is no log's own: everything waits for a moment.
  mutating func leaveOut(_ node: NodeCode, _ error: StoreError, _ now: Int) {
    if error.isFull {
      (failure, pausedUntil) = (error, now + 5000)
      return
    }
    leftOut[node] = LeftOut(
      error: error, held: leftOut[node]?.held ?? logs[node]?.position.sequence ?? 0,
      since: leftOut[node]?.since ?? now, until: now + Replicator.logRest)
    (logs[node], settled[node], repairs[node]) = (nil, nil, nil)
    touched.remove(node)
  }

  /// Reads logs again that were left out: somebody may have put their files right, or taken them away, and then they come
  /// from the stream and the others.
  mutating func readmit(_ now: Int, _ courier: any Courier) {
    var isBehind = false
    for (node, out) in leftOut where now >= out.until {
      do throws(StoreError) {
        try reopen(node)
        // This machine's own log comes from nobody else.
        if logs[node] == nil, outboxes[node] != nil {
          leaveOut(node, out.error, now)
        } else {
          leftOut[node] = nil
          isBehind =
            isBehind || logs[node]?.position.sequence ?? -1 < out.held
            || now - (out.since ?? now) >= Replicator.receiptPatience
        }
        wantEvidence()
      } catch {
        leaveOut(node, error, now)
      }
    }
    // What was acknowledged and is not here comes once more; with the next connection it does by itself.
    if isBehind, courier.isReady { courier.deliverAnew() }
  }

  /// Nothing is said of a copy that is not on the disk any more: somebody may have moved it away, or put it back.
  mutating func lookAtCopies(_ now: Int, _ courier: any Courier) {
    guard now - lastCopyLook >= Replicator.vectorInterval else { return }
    lastCopyLook = now
    var isBehind = false
    for node in logs.keys where logs[node]?.isOwn == false && halted[node] == nil {
      let before = logs[node]?.position.sequence ?? 0
      do throws(StoreError) {
        try logs[node]?.catchUp()
      } catch {
        leaveOut(node, error, now)
      }
      guard let log = logs[node] else { continue }
      if log.flushed != log.position.sequence { touched.insert(node) }
      isBehind = isBehind || log.position.sequence < before
    }
    if isBehind, courier.isReady { courier.deliverAnew() }
  }

  /// Files that entries name and that are not here are asked for. What cannot be read names none.
  mutating func wantEvidence() {
    for (file, refs) in (try? EvidenceFolder(store).missing()) ?? [:] {
      for ref in refs { evidence.want(file, for: ref) }
    }
  }
}

extension CourierEvent {
  /// The log that it brings something of.
  var log: NodeCode? {
    switch self {
    case .delivered(let letter, _): letter.node
    case .answer(_, let letter): letter?.node
    default: nil
    }
  }
}

extension StoreError {
  /// There is no room, for whatever it may be.
  fileprivate var isFull: Bool {
    switch self {
    case .diskFull: true
    case .system(let failure): failure.error.isFull
    default: false
    }
  }
}
