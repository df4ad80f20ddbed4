extension Journal {
  /// The public entries as they read now, each as if it had been recorded so at once.
  ///
  /// What was said about an entry is in it already (corrections, strikes, attachments), since the entries that said so
  /// are mostly internal and must not be seen, but must not be undone either.
  func publicPart(_ withheld: inout Withheld) -> Journal {
    var records: [Record] = []
    for place in self.records.indices {
      let effective = entry(at: place)
      if effective.kind.isControl || effective.isStruck { continue }
      if effective.entry.isPublic, !effective.isSettled {
        records.append(effective.settled)
      } else {
        withheld.entries[effective.incident, default: 0] += 1
      }
    }
    return Journal(records)
  }
}

extension EffectiveEntry {
  /// What it did is in another entry already, or was taken back.
  fileprivate var isSettled: Bool {
    switch kind {
    case .attached, .detached, .unmerged: true
    case .merged: unmerged != nil
    default: false
    }
  }

  fileprivate var settled: Record {
    var record = record
    record.entry = entry
    record.entry.incident = incident
    // A digest can no longer be guessed at from a text whose salt is known.
    record.entry.salt = nil
    // The entry that says so may not be seen, and nobody waits any more.
    if informed != nil { record.entry[.callback] = nil }
    return record
  }
}
