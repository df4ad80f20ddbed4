package import LoggistModel
internal import Synchronization

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
    let next = Mutex(groups.shares[...])
    return inParallel([0, 1]) { _ in
      let reader = IndexReader(self, in: groups)
      var value = start
      while let share = next.withLock({ $0.popFirst() }) {
        for group in share {
          let entries = IndexedEntries(of: group, by: reader)
          ClosedEntries(entries.moments, from: entries).eachIncident { take(&value, $0) }
        }
      }
      return value
    }
  }
}

extension LineGroups {
  /// The groups in pieces that one of two threads folds at a time.
  fileprivate var shares: [ArraySlice<Range<Int>>] {
    stride(from: 0, to: groups.count, by: 256).map { groups[$0..<min($0 + 256, groups.count)] }
  }
}
