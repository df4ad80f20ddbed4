/// Entries of which no other entry of the log speaks, and that speak of no other: they can be folded on their own.
package struct ClosedEntries {
  private let entries: [EffectiveEntry]

  /// - Parameter entries: as recorded.
  package init(_ entries: [EffectiveEntry]) {
    self.entries = entries
  }

  /// The incidents that they make, as a `Journal` of the whole log has them.
  package var incidents: [Incident] {
    if let id = entries.first?.incident, let effective = simplyRemarked(id) {
      guard effective.contains(where: { !$0.kind.isControl }) else { return [] }
      return [Incident(id, entries: effective, mergedInto: nil, sources: [], reports: [])]
    }
    return Array(Journal(entries.lazy.map(\.record)).incidents.values)
  }

  /// What they say now, where all are one incident's, none leaves it, and no remark is remarked on itself: that is nearly
  /// every incident there is, and a journal's tables would cost more than the folding. Nil else.
  private func simplyRemarked(_ id: IncidentID) -> [EffectiveEntry]? {
    var remarks: [(subject: EntryRef, place: Int)] = []
    for place in entries.indices {
      guard entries[place].incident == id else { return nil }
      switch entries[place].kind {
      case .merged, .unmerged, .attached, .detached: return nil
      default: break
      }
      if let subject = entries[place].recordedSubject { remarks.append((subject, place)) }
    }
    if remarks.isEmpty { return entries }
    var effective = entries
    for place in entries.indices {
      let ref = entries[place].ref
      guard remarks.contains(where: { $0.subject == ref }) else { continue }
      if remarks.contains(where: { $0.place == place }) { return nil }
      let about = remarks.filter { $0.subject == ref }.map { entries[$0.place] }
        .sorted(by: EffectiveEntry.inRecordOrder)
      effective[place] = EffectiveEntry(entries[place].record, about: about)
      if effective[place].incident != id || effective[place].kind == .merged { return nil }
    }
    return effective
  }
}
