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

  /// The incidents whose title decides whether entries of theirs are found: one of the words stands in it, or without it
  /// an entry that is found would lack some.
  package func incidents(titledWith word: String, in journal: Journal) -> Set<IncidentID> {
    var found: Set<IncidentID> = []
    for (id, incident) in journal.incidents
    where words.contains(where: { contains($0, in: incident.title) }) {
      if contains(word, in: incident.title)
        || incident.all.contains(where: { matches($0, title: incident.title) && !matches($0) })
      {
        found.insert(id)
      }
    }
    return found
  }
}
