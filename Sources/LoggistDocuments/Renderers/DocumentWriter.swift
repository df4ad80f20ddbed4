/// Writes a document in one format: a function a block. What stands between blocks is the writer's, too.
package protocol DocumentWriter {
  mutating func begin(title: String)
  mutating func write(_ heading: Heading)
  mutating func write(_ paragraph: Prose)
  mutating func write(_ facts: [Fact])
  mutating func write(list: [Prose], isOrdered: Bool)
  mutating func write(_ table: Table)
  mutating func write(contents: [Heading])
  /// The whole document; nothing may be written after it.
  mutating func finish() -> String
}

extension Document {
  package func written(by writer: some DocumentWriter) -> String {
    var writer = writer
    writer.begin(title: title)
    for block in blocks {
      switch block {
      case .heading(let heading): writer.write(heading)
      case .paragraph(let prose): writer.write(prose)
      case .facts(let facts): writer.write(facts)
      case .list(let items, let isOrdered): writer.write(list: items, isOrdered: isOrdered)
      case .table(let table): writer.write(table)
      case .contents(let headings): writer.write(contents: headings)
      }
    }
    return writer.finish()
  }

  /// CommonMark with GFM tables.
  package var markdown: String { written(by: MarkdownWriter()) }

  /// Plain columns for mail and terminals; no line is wider than `width` cells unless one character is.
  package func text(width: Int = 100, measure: TextMeasure) -> String {
    written(by: TextWriter(width: width, measure: measure))
  }
}
