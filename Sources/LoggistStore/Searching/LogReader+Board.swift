package import LoggistModel

extension LogReader {
  /// A journal of what a board has to know of a log: the incidents that are not over, or came to their end on a day of
  /// interest, each with all of its entries, and the complaints that no incident has. It shows no other incidents.
  ///
  /// Which incidents are over is told by the entries that end incidents, those that open them again and what is said about
  /// these: one pass finds them. What may be open is read in another. Cost: two passes over the bytes, and some
  /// microseconds for each line that is read.
  ///
  /// - Parameters:
  ///   - isOfInterest: asked for the time when an incident ended.
  ///   - isKnown: which records count: those of an earlier moment.
  /// - Returns: nil where the bytes alone do not tell: the log has to be read whole.
  package static func boardJournal(
    of store: Store, where isKnown: (Record) -> Bool, isOfInterest: (Instant) -> Bool
  ) throws(StoreError) -> (journal: Journal, findings: [Finding])? {
    let question = LineQuestion(words: WordSearch(Turning.kinds), wantsUnnamed: true)
    guard let map = try LogMap(store, question) else { return nil }
    var turns = PartialLog(map, taking: { _ in true })
    let moved = try turns.takeMoved()
    let over = Turning(turns.records.filter(isKnown)).incidentsThatAreOver(isOfInterest)
    var open = map.incidents.subtracting(over)
    open.formUnion(turns.records.flatMap(\.entry.incidents).filter { !over.contains($0) })

    guard let lines = try map.again(LineQuestion(incidents: open), except: []) else { return nil }
    var log = PartialLog(lines, taking: { _ in true })
    let unattached = turns.records.filter {
      $0.entry.kind == .complaint && $0.entry.incident == nil
    }
    try log.takeLines(of: moved.union(unattached.map(\.ref)))
    try log.takeAll(of: open, isRead: true)
    if turns.hasLostLines || log.hasLostLines { return nil }
    let journal = Journal(log.records.filter(isKnown)).showing(log.incidents)
    return (journal, turns.findings + Set(log.findings).subtracting(turns.findings))
  }
}

/// The entries by which incidents come to their end and begin anew, and what is said about these.
private struct Turning {
  private let records: [Record]

  static let kinds: [Kind] = [
    .resolved, .closed, .cancelled, .reopened, .merged, .corrected, .struck, .unstruck, .redacted,
    .detached,
  ]

  init(_ records: [Record]) {
    self.records = records
  }

  /// Those that ended, whatever other entries they have. Where incidents were merged, it takes all of their entries to say
  /// which is what.
  func incidentsThatAreOver(_ isOfInterest: (Instant) -> Bool) -> Set<IncidentID> {
    let merged = Set(records.flatMap(\.entry.mergedIncidents))
    var over: Set<IncidentID> = []
    for (id, incident) in Journal(records).incidents
    where !incident.status.isOpen && !merged.contains(id) {
      if let ended = incident.ended, !isOfInterest(ended) { over.insert(id) }
    }
    return over
  }
}

extension PartialLog {
  /// Takes the entries of which another entry says that they are of another kind or incident, and says which these are.
  fileprivate mutating func takeMoved() throws(StoreError) -> Set<EntryRef> {
    var moved: Set<EntryRef> = []
    var next = Set(records.filter(\.entry.moves).compactMap(\.entry.subject))
    while !next.isEmpty {
      moved.formUnion(next)
      try takeLines(of: next)
      // What is said about a correction is said about what it corrects.
      next = Set(records.filter { next.contains($0.ref) }.compactMap(\.entry.subject))
        .subtracting(moved)
    }
    return moved
  }
}

extension Entry {
  /// It may say of another entry that it is of another kind or incident.
  fileprivate var moves: Bool {
    switch kind {
    case .attached, .detached: true
    case .corrected: self[.set]?.names(oneOf: ["incident", "kind", "set"]) ?? false
    default: false
    }
  }

  /// Its own and those that its fields name.
  fileprivate var incidents: [IncidentID] { incidentsNamed + [incident].compactMap(\.self) }
}

extension JSONValue {
  /// Whether a member of one of these names stands in it, however deep.
  fileprivate func names(oneOf names: Set<String>) -> Bool {
    switch self {
    case .object(let members):
      members.contains { names.contains($0.name) || $0.value.names(oneOf: names) }
    case .array(let values): values.contains { $0.names(oneOf: names) }
    default: false
    }
  }
}
