package import LoggistModel

/// What a store says of redactions: which entries are redacted, and which lines lost their texts without that.
package struct RedactionSurvey: Sendable {
  /// Entries that some entry redacts.
  package private(set) var redacted: Set<EntryRef> = []
  /// Lines without their texts that no entry here redacts, and the entry that they name for it.
  package private(set) var unexplained: [EntryRef: EntryRef] = [:]

  /// Cost: that of `LogBytes`.
  package init(_ store: Store) throws(StoreError) {
    var logs = try LogBytes(store)
    var visited = LogBytes.Visited()
    let decoder = EntryDecoder()
    var (redacted, blank): (Set<EntryRef>, [EntryRef: EntryRef]) = ([], [:])
    logs.eachLine(containing: Array("\"redacted\"".utf8), except: &visited) { line, node, _, _ in
      let (record, _) = line.record(node: node, decoder: decoder)
      if record.entry.kind == .redacted, let ref = record.entry.ref { redacted.insert(ref) }
      if let redactor = record.entry.redactedBy { blank[record.ref] = redactor }
    }
    self.redacted = redacted
    unexplained = blank.filter { !redacted.contains($0.key) }
  }
}
