package import LoggistModel

extension LogIndex {
  /// Folds every incident as a journal of the whole log would, shows it and lets it go. Two threads share them, each with a
  /// value of its own; the values of both.
  ///
  /// - Parameters:
  ///   - asOf: only what had been recorded by then.
  ///   - start: what each thread begins with.
  package func fold<Value: Sendable>(
    asOf: Instant?, from start: Value,
    _ take: @escaping @Sendable (_ value: inout Value, _ incident: IncidentOutline) -> Void
  ) -> [Value] {
    let groups = LineGroups(self, asOf: asOf)
    return inParallel(groups.halves) { half in
      let maker = RecordMaker()
      var value = start
      for group in half {
        let entries = IndexedEntries(groups.lines(of: group), of: self, maker)
        for incident in ClosedEntries(entries.moments, from: entries).incidents {
          take(&value, incident)
        }
      }
      return value
    }
  }
}

extension LineGroups {
  /// The groups with about half of the lines, and the others.
  fileprivate var halves: [ArraySlice<Range<Int>>] {
    let lines = groups.last?.upperBound ?? 0
    let middle = groups.firstIndex { 2 * $0.lowerBound >= lines } ?? groups.endIndex
    return [groups[..<middle], groups[middle...]]
  }
}
