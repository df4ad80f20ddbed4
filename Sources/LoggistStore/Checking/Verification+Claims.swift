internal import LoggistModel

extension Verification {
  /// Heads that entries noted, against the logs as they are.
  ///
  /// - Parameter digests: of the heads of every line, by its name; more than one where two lines claim one number.
  static func check(
    _ noted: [(head: LogHead, by: EntryRef, place: Claims.Place)], in store: Store,
    _ digests: (EntryRef) -> [String]
  ) -> [Finding] {
    noted.compactMap { head, by, place in
      let claims = digests(head.ref)
      if claims.contains(head.digest) { return nil }
      if !claims.isEmpty { return place.finding(.differsFromNote(head.ref, by: by)) }
      // What another machine wrote arrives here when it arrives; what this one wrote was there.
      let isOwn = store.node(head.ref.node)?.isOwn ?? false
      return place.finding(
        isOwn ? .notedAndMissing(head.ref, by: by) : .copyIsBehind(head.ref, by: by))
    }
  }

  /// Every file that an entry names, whole; and the files that no entry names.
  static func check(
    _ evidence: [(name: EvidenceName?, by: EntryRef, place: Claims.Place)], in store: Store
  ) throws(StoreError) -> [Finding] {
    let folder = EvidenceFolder(store)
    var findings: [Finding] = []
    var conditions: [EvidenceName: EvidenceFolder.Condition] = [:]
    for (name, by, place) in evidence {
      guard let name else {
        findings.append(place.finding(.evidenceNameless(by)))
        continue
      }
      let condition: EvidenceFolder.Condition
      if let known = conditions[name] {
        condition = known
      } else {
        condition = try folder.check(name)
        conditions[name] = condition
      }
      switch condition {
      case .whole: break
      case .missing: findings.append(Finding(path: name.path, reason: .evidenceMissing(by)))
      case .altered: findings.append(Finding(path: name.path, reason: .evidenceAltered(by)))
      }
    }
    let (kept, others) = folder.contents()
    for name in kept where conditions[name] == nil {
      findings.append(Finding(path: name.path, reason: .evidenceUnclaimed))
    }
    for path in others {
      findings.append(Finding(path: path, reason: path.hasSuffix(".new") ? .leftover : .notALog))
    }
    return findings
  }
}
