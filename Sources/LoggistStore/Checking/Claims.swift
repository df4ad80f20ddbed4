internal import LoggistModel

/// What entries say that can be checked against the rest of the store: heads that they noted, files that they name.
struct Claims: Sendable {
  private(set) var heads: [(head: LogHead, by: EntryRef, place: Place)] = []
  private(set) var evidence: [(name: EvidenceName?, by: EntryRef, place: Place)] = []

  /// Where the entry stands that says so.
  struct Place: Sendable {
    let path: String
    let line: Int
    let offset: Int
    let length: Int

    func finding(_ reason: FindingReason) -> Finding {
      Finding(path: path, line: line, offset: offset, length: length, reason: reason)
    }
  }

  /// An imported entry speaks of the store that it comes from, and of none here.
  mutating func take(_ entry: Entry, _ ref: EntryRef, _ place: Place) {
    guard entry.source == nil else { return }
    switch entry.kind {
    case .handover, .signed:
      for member in entry[.heads]?.members ?? [] {
        guard let head = member.value.string.flatMap({ LogHead($0) }) else { continue }
        heads.append((head, ref, place))
      }
    case .evidence:
      guard let name = entry.string(.sha256) else { return }
      evidence.append((EvidenceName(name), ref, place))
    default: break
    }
  }

  mutating func add(_ other: Claims) {
    heads += other.heads
    evidence += other.evidence
  }
}
