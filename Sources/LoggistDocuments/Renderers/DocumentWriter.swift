/// Writes a document in one format: a function a block. What stands between blocks is the writer's, too.
package protocol DocumentWriter {
  mutating func begin(title: String)
  mutating func write(_ heading: Heading)
  mutating func write(_ paragraph: Prose)
  mutating func write(_ facts: [Fact])
  mutating func write(list: [Prose], isOrdered: Bool)
  mutating func write(_ table: Table)
  mutating func write(contents: [Heading])
  mutating func write(_ figure: Figure)
  /// The whole document; nothing may be written after it.
  mutating func finish() -> String
}

extension DocumentWriter {
  mutating func write(_ block: Block) {
    switch block {
    case .heading(let heading): write(heading)
    case .paragraph(let prose): write(prose)
    case .facts(let facts): write(facts)
    case .list(let items, let isOrdered): write(list: items, isOrdered: isOrdered)
    case .table(let table): write(table)
    case .contents(let headings): write(contents: headings)
    case .figure(let figure): write(figure)
    }
  }

  /// A format without pictures says what they show.
  package mutating func write(_ figure: Figure) {
    for block in figure.words { write(block) }
  }
}

extension Document {
  package func written(by writer: some DocumentWriter) -> String {
    var writer = writer
    writer.begin(title: title)
    for block in blocks { writer.write(block) }
    return writer.finish()
  }

  /// CommonMark with GFM tables.
  package var markdown: String { written(by: MarkdownWriter()) }

  /// A page in one file, with that style sheet in it.
  package func html(style: Stylesheet) -> String { written(by: HTMLWriter(style: style)) }

  /// Plain columns for mail and terminals; no line is wider than `width` cells unless one character is.
  package func text(width: Int = 100, measure: TextMeasure) -> String {
    written(by: TextWriter(width: width, measure: measure))
  }
}
