package import LoggistModel

/// An entry that is to be logged, before it has a number.
package struct PlannedEntry: Sendable {
  /// Without its source.
  package let entry: Entry
  let origin: Origin
  package let line: Int

  /// The incident's name where it comes from; empty: none.
  package var incident: String { origin.incident }
}

/// Planned entries that go into the log together, and what they will be there, written beforehand.
package struct PlannedBatch: Sendable {
  let entries: [PlannedEntry]
  let texts: EntryTexts

  package init(_ entries: [PlannedEntry], system: String) {
    var builder = EntryTextBuilder(capacity: entries.count * 320)
    var texts: [EntryText] = []
    texts.reserveCapacity(entries.count)
    for planned in entries { texts.append(builder.add(planned.entry, planned.origin, system)) }
    self.entries = entries
    self.texts = EntryTexts(builder.bytes, texts)
  }
}

extension EntryTextBuilder {
  mutating func add(_ entry: Entry, _ origin: Origin, _ system: String) -> EntryText {
    add(entry.asRead) { origin.write(system: system, into: &$0) }
  }
}
