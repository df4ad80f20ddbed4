package import LoggistModel

extension LogReader {
  /// A journal of what a search has to know of a log, and what is not as it should be in the lines that were read for
  /// it: the search finds in it what it would find in the journal of all records.
  ///
  /// A pass over the bytes finds every line that has a word of the search; they are read, and with them what others say
  /// about them (corrections, strikes) and they about others. Where it depends on the title of an incident whether an
  /// entry is found, all of the incident is read, so that the title is the right one. Cost: two gigabytes a second and core, and some microseconds for each
  /// line that is read.
  ///
  /// - Parameter isKnown: which records count: those of an earlier moment.
  /// - Returns: nil where the bytes alone do not tell: the log has to be read whole.
  package static func journal(
    for search: Search, in store: Store, where isKnown: (Record) -> Bool
  ) throws(StoreError) -> (journal: Journal, findings: [Finding])? {
    guard let words = WordSearch(search, nodes: store.nodes.map(\.code)), let word = words.word,
      let map = try LogMap(store, LineQuestion(words: words, notesIncidents: false))
    else { return nil }
    var log = PartialLog(map, taking: { _ in true })
    var (journal, count) = (Journal(), 0)
    var whole: Set<IncidentID> = []
    while true {
      try log.follow { $0.subject }
      journal.apply(log.records[count...].filter(isKnown))
      count = log.records.count
      let titled = search.incidents(titledWith: word, in: journal).subtracting(whole)
      if log.hasLostLines { return nil }
      if titled.isEmpty { return (journal, log.findings) }
      whole.formUnion(titled)
      try log.takeLines(naming: titled)
    }
  }
}
