import LoggistModel
import LoggistStore

extension Replicator {
  /// Asks one of the others for the next part of a file that is not here.
  mutating func askForEvidence(_ now: Int, _ courier: any Courier) {
    guard now >= pausedUntil, var download = evidence.current(now), now >= download.pausedUntil
    else { return }
    if let asked = download.asked {
      guard now - asked.at > EvidenceWanted.patience else { return }
      download.asked = nil
      download.tried.insert(asked.of)
    }
    guard isStillNamed(download.name, now) else { return evidence.forget(download.name) }
    // Who logged it has it first.
    let fresh = peers.filter { $0.value.heardAt == nil && !download.tried.contains($0.key) }.keys
    guard let holder = fresh.contains(download.node) ? download.node : fresh.min() else {
      return evidence.stall(download, at: now)
    }
    questionNumber += 1
    download.asked = (questionNumber, holder, now)
    evidence.goOn(download)
    courier.ask(
      Fetch(node: download.node, evidence: download.name, at: download.bytes.count), of: holder,
      number: questionNumber)
  }

  /// An entry that stands here with its text names it: one that was blanked meanwhile brings nothing back.
  private mutating func isStillNamed(_ name: EvidenceName, _ now: Int) -> Bool {
    for ref in evidence.namedBy(name) where !redactions.contains(ref) {
      do throws(StoreError) {
        if case .success(let line)? = try logs[ref.node]?.line(ref.sequence), line.evidence == name
        {
          return true
        }
      } catch {
        leaveOut(ref.node, error, now)
      }
    }
    return false
  }

  /// Takes the answer to the open question for a part.
  mutating func takePiece(_ letter: Letter?, _ now: Int) {
    guard var download = evidence.handOver() else { return }
    guard let asked = download.asked else { return evidence.goOn(download) }
    download.asked = nil
    defer { if evidence.current(now)?.name == download.name { evidence.goOn(download) } }
    guard let piece = letter.flatMap({ Piece($0) }), piece.name == download.name,
      piece.offset == download.bytes.count
    else {
      download.tried.insert(asked.of)
      return
    }
    // What is larger than is kept here stays where it is, and is named as missing.
    guard piece.size <= evidence.limit else {
      return evidence.giveUp(download.name)
    }
    download.bytes += piece.bytes
    (download.tried, download.stalls) = ([], 0)
    download.givers.insert(asked.of)
    if download.bytes.count == piece.size { keep(&download, now) }
  }

  private mutating func keep(_ download: inout EvidenceWanted.Download, _ now: Int) {
    guard isStillNamed(download.name, now) else { return evidence.forget(download.name) }
    var rest: [UInt8]? = download.bytes
    do throws(StoreError) {
      try EvidenceFolder(store).keep(download.name) {
        defer { rest = nil }
        return rest
      }
      evidence.forget(download.name)
      counts.evidence += 1
      failure = nil
    } catch {
      (download.bytes, download.tried, download.givers) = ([], download.givers, [])
      if case .notEvidence = error {
        counts.altered += 1
      } else {
        (failure, pausedUntil) = (error, now + 5000)
      }
    }
  }
}
