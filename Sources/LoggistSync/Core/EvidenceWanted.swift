import LoggistModel
import LoggistStore

/// Files of evidence that entries name and that are not here: one is fetched at a time, part by part, from whoever has it.
struct EvidenceWanted: Sendable {
  /// So many bytes a file may have here.
  let limit: Int
  private var refs: [EvidenceName: Set<EntryRef>] = [:]
  /// Nobody had it: not asked for again before.
  private var postponed: [EvidenceName: Int] = [:]
  private var download: Download?

  /// A file that is being fetched.
  struct Download: Sendable {
    let name: EvidenceName
    /// Whose entry names it.
    let node: NodeCode
    var bytes: [UInt8] = []
    /// The question that is open, whom it was put to, and when.
    var asked: (number: Int, of: NodeCode, at: Int)?
    /// Machines that did not answer since the last part came, or have not got it.
    var tried: Set<NodeCode> = []
    /// Who gave what came so far: if it is not what its name says, one of them has something else.
    var givers: Set<NodeCode> = []
    /// How often all were asked in vain since the last part came, and until when nobody is asked.
    var stalls = 0
    var pausedUntil = 0
  }

  /// Milliseconds in which a machine may answer, and after which all are asked again for what nobody had.
  static let patience = 5000
  static let rest = 60_000
  /// A file of which a part is here is tried so often more before another one has its turn.
  static let mostStalls = 3

  init(limit: Int) {
    self.limit = limit
  }

  var count: Int { refs.count }

  /// Something may come soon.
  var isExpected: Bool { download != nil || refs.keys.contains { postponed[$0] == nil } }

  /// Everything is here that is to be kept here.
  var isSettled: Bool { refs.keys.allSatisfy { postponed[$0] == .max } }

  mutating func want(_ name: EvidenceName, for ref: EntryRef) {
    refs[name, default: []].insert(ref)
    postponed[name] = nil
  }

  /// It is here, or nothing names it any more.
  mutating func forget(_ name: EvidenceName) {
    (refs[name], postponed[name]) = (nil, nil)
    if download?.name == name { download = nil }
  }

  /// It will not be kept here, whoever has it.
  mutating func giveUp(_ name: EvidenceName) {
    postponed[name] = .max
    if download?.name == name { download = nil }
  }

  /// Somebody is there who was not before, and may have what nobody had.
  mutating func reconsider() {
    postponed = postponed.filter { $0.value == .max }
  }

  mutating func postpone(_ name: EvidenceName, at now: Int) {
    postponed[name] = now + EvidenceWanted.rest
    if download?.name == name { download = nil }
  }

  /// The entries that name it.
  func namedBy(_ name: EvidenceName) -> Set<EntryRef> { refs[name] ?? [] }

  func isAsked(_ number: Int) -> Bool { download?.asked?.number == number }

  /// No question is answered any more; what came already is kept.
  mutating func interrupt() { download?.asked = nil }

  /// The file to go on with, or the next one.
  mutating func current(_ now: Int) -> Download? {
    if let download { return download }
    let next = refs.filter { postponed[$0.key] ?? now <= now }
      .min { ($0.value.min(), $0.key.description) < ($1.value.min(), $1.key.description) }
    guard let next, let ref = next.value.min() else { return nil }
    download = Download(name: next.key, node: ref.node)
    return download
  }

  /// All were asked for the next part in vain.
  mutating func stall(_ download: Download, at now: Int) {
    guard !download.bytes.isEmpty, download.stalls < EvidenceWanted.mostStalls else {
      return postpone(download.name, at: now)
    }
    var download = download
    (download.tried, download.stalls) = ([], download.stalls + 1)
    download.pausedUntil = now + EvidenceWanted.patience
    self.download = download
  }

  mutating func goOn(_ download: Download) { self.download = download }

  /// The file that is being fetched, and its bytes with it: with two owners each part would copy all parts before it. They
  /// come back by `goOn`.
  mutating func handOver() -> Download? {
    defer { download?.bytes = [] }
    return download
  }
}

private func < (_ left: (EntryRef?, String), _ right: (EntryRef?, String)) -> Bool {
  guard let a = left.0, let b = right.0, a != b else { return left.1 < right.1 }
  return a < b
}
