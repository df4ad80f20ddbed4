package import LoggistModel

/// A log that is nowhere but in memory: what scripts and tests write into.
package struct MemoryLog: Sendable {
  package let node: NodeCode
  private var sequence = 0
  private var number = 0
  private var last = Instant(milliseconds: .min)

  package init(node: NodeCode, after records: [Record] = []) {
    self.node = node
    for record in records where record.ref.node == node {
      sequence = max(sequence, record.ref.sequence)
      last = max(last, record.logged)
      if record.entry.kind == .opened, let id = record.entry.incident, id.node == node {
        number = max(number, id.number)
      }
    }
  }

  /// Logs a submission as the writer of a store would.
  package mutating func append(_ submission: Submission, by user: String, at now: Instant)
    -> [Record]
  {
    if submission.opensIncident { number += 1 }
    return submission.entries.map { entry in
      var entry = entry
      if submission.opensIncident, entry.incident == nil {
        entry.incident = IncidentID(node: node, number: number)
      }
      sequence += 1
      last = max(now, last + TimeSpan(milliseconds: 1))
      return Record(
        ref: EntryRef(node: node, sequence: sequence), logged: last, by: user, via: .tui,
        entry: entry)
    }
  }
}
