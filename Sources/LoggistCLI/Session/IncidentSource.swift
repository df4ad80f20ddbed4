import LoggistModel
import LoggistStore

/// Where the incidents of a period come from.
enum IncidentSource {
  case journal(Journal)
  /// Each incident is folded when its turn comes and let go: ten years of a desk in little memory.
  case index(LogIndex, asOf: Instant?)

  /// Shows every incident to one of two threads; the values of both.
  func fold<Value: Sendable>(
    from start: Value,
    _ take: @escaping @Sendable (_ value: inout Value, _ incident: IncidentOutline) -> Void
  ) -> [Value] {
    switch self {
    case .index(let index, let asOf): return index.fold(asOf: asOf, from: start, take)
    case .journal(let journal):
      let incidents = Array(journal.incidents.values)
      let middle = incidents.count / 2
      return inParallel([incidents[..<middle], incidents[middle...]]) { half in
        var value = start
        for incident in half { take(&value, IncidentOutline(incident)) }
        return value
      }
    }
  }

  /// The last entry of each node.
  var lastEntries: [EntryRef] {
    switch self {
    case .index(let index, let asOf): return index.lastEntries(asOf: asOf)
    case .journal(let journal): return journal.lastEntries
    }
  }
}

extension Journal {
  /// The last entry of each node.
  var lastEntries: [EntryRef] {
    var last: [NodeCode: EntryRef] = [:]
    for record in records {
      last[record.ref.node] = max(record.ref, last[record.ref.node] ?? record.ref)
    }
    return last.values.sorted()
  }
}
