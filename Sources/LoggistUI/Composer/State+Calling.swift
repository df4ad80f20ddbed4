import LoggistModel

extension State {
  /// The open incidents that a call may belong to, the likeliest first: by service, place and words, then by how
  /// lately something was logged on them. At most five.
  ///
  /// Cost: linear in the open incidents.
  func callMatches(_ line: String) -> [IncidentID] {
    let spoken = SpokenWords(line, services: desk.services)
    let scored = board.open.map { incident in
      let last = incident.lastEntry?.record.logged ?? Instant(milliseconds: 0)
      let score = register.profiles[incident.id]?.score(spoken, age: now - last) ?? 0
      return (id: incident.id, score: score, last: last)
    }
    let best = scored.sorted { left, right in
      left.score != right.score ? left.score > right.score : left.last > right.last
    }
    return best.prefix(5).map(\.id)
  }

  /// Where a complaint may belong: the incident whose number is typed, open or not; else what fits the words, and
  /// those of the complaint as long as there are none.
  func attachMatches(_ line: String, _ ref: EntryRef) -> [IncidentID] {
    let own = journal.entry(ref)?.incident
    let typed = line.uppercased().split(whereSeparator: \.isWhitespace).compactMap {
      IncidentID($0)
    }
    let named = typed.filter { journal.incidents[$0] != nil && $0 != own }
    if !named.isEmpty { return named }
    let words = line.isEmpty ? journal.entry(ref)?.entry.phrase ?? "" : line
    return callMatches(words).filter { $0 != own }
  }
}
