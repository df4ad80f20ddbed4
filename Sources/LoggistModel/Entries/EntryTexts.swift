/// Entries as the bytes that a log holds of them, but for what is known only when they are logged: their incidents and
/// their salts.
///
/// Whoever holds a log's lock has so little left to do, and what is left needs no entry any more.
package struct EntryTexts: Sendable {
  package let bytes: [UInt8]
  package let texts: [EntryText]

  /// - Parameter bytes: what the texts are parts of.
  package init(_ bytes: [UInt8], _ texts: [EntryText]) {
    (self.bytes, self.texts) = (bytes, texts)
  }

  package init(_ entries: some Sequence<Entry>) {
    var builder = EntryTextBuilder()
    var texts: [EntryText] = []
    for entry in entries { texts.append(builder.add(entry)) }
    bytes = builder.bytes
    self.texts = texts
  }
}

/// Where one entry's bytes lie.
package struct EntryText: Sendable {
  /// `{"kind":"note"`.
  package private(set) var front: Range<Int>
  /// From `,"at":` on, without the closing brace.
  package private(set) var body: Range<Int>
  /// The salt stands in the body.
  package let hasSalt: Bool
  package let isOpening: Bool
  package var incident: IncidentID?

  init(_ entry: Entry, front: Range<Int>, body: Range<Int>) {
    (self.front, self.body) = (front, body)
    (hasSalt, isOpening, incident) = (entry.salt != nil, entry.kind == .opened, entry.incident)
  }

  /// The same text where so many bytes stand in front of those that it was made with.
  package func behind(_ length: Int) -> EntryText {
    var text = self
    text.front = (front.lowerBound + length)..<(front.upperBound + length)
    text.body = (body.lowerBound + length)..<(body.upperBound + length)
    return text
  }
}

/// Writes entries one behind the other.
package struct EntryTextBuilder: ~Copyable {
  private var writer: JSONWriter

  /// - Parameter capacity: bytes that are likely to be written; it grows.
  package init(capacity: Int = 512) {
    writer = JSONWriter(capacity: capacity)
  }

  package var bytes: [UInt8] { writer.bytes }

  /// - Parameter rest: writes members that are to stand behind the entry's fields, each with a comma in front.
  package mutating func add(
    _ entry: Entry, _ rest: (inout JSONWriter) -> Void = { _ in }
  ) -> EntryText {
    let start = writer.count
    entry.writeKind(into: &writer)
    let middle = writer.count
    entry.writeBody(into: &writer)
    rest(&writer)
    if let salt = entry.salt {
      writer.raw(",\"salt\":")
      writer.write(salt)
    }
    return EntryText(entry, front: start..<middle, body: middle..<writer.count)
  }
}
