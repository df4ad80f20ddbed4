extension Search {
  /// What is found in a journal, in timeline order: entries of incidents and those of the desk's, without the ones that
  /// are about other entries.
  package func hits(in journal: Journal, includingStruck: Bool) -> [EffectiveEntry] {
    var hits: [EffectiveEntry] = []
    for incident in journal.incidents.values {
      let entries = includingStruck ? incident.all : incident.entries
      hits += entries.filter { matches($0, title: incident.title) }
    }
    hits += journal.deskWide.filter { (includingStruck || !$0.isStruck) && matches($0) }
    return hits.sorted(by: EffectiveEntry.inTimelineOrder)
  }

  /// The incidents whose title decides whether an entry of theirs is found: a word stands in it, or an entry has some
  /// of the words and not all of them.
  package func incidentsFoundByTitle(in journal: Journal) -> Set<IncidentID> {
    var found: Set<IncidentID> = []
    for (id, incident) in journal.incidents {
      let isTitled = words.contains { contains($0, in: incident.title) }
      if isTitled || words.count > 1 && incident.all.contains(where: { hasPart($0) }) {
        found.insert(id)
      }
    }
    return found
  }

  private func hasPart(_ entry: EffectiveEntry) -> Bool {
    let count = words.count { stands($0, in: entry) }
    return count > 0 && count < words.count
  }
}
