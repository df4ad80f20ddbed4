import LoggistModel

extension State {
  /// What was typed for an incident and not logged yet, so that the board says where it waits: the key that logs such
  /// an entry brings it back. Nil where nothing waits. Cost: linear in the drafts.
  func draft(on id: IncidentID) -> (what: String, draft: Draft)? {
    let found = drafts.values.compactMap { draft in
      draftOwner(draft).flatMap { $0.incident == id ? (what: $0.what, draft: draft) : nil }
    }
    return found.min { $0.draft.name < $1.draft.name }
  }

  private func draftOwner(_ draft: Draft) -> (incident: IncidentID, what: String)? {
    if draft.name == PastedScreen.draftName(openPaste(draft)), let id = openPaste(draft) {
      return (id, "pasted lines")
    }
    switch Purpose(draftName: draft.name) {
    case .entry(let kind, let id): return (id, spaced(kind.name))
    case .correction(let ref), .correctionReason(let ref, _), .strike(let ref):
      return journal.entry(ref)?.incident.map { ($0, "about \(ref)") }
    default: return nil
    }
  }

  /// The incident that a review of a paste is for.
  private func openPaste(_ draft: Draft) -> IncidentID? {
    draft.name.split(separator: " ").last.flatMap { IncidentID($0) }
  }
}
