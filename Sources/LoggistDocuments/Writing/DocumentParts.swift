import LoggistModel

/// A document in parts that have names, so that a template can put them into another order and between other words.
package struct DocumentParts: Sendable {
  let title: String
  /// Single values, each a line; nil where nothing was recorded.
  let values: [(name: String, value: Prose?)]
  /// What stands in front of the first section.
  let header: [Block]
  let sections: [Section]
  /// What stands within the sections, again, on its own.
  let pieces: [(name: String, blocks: [Block])]
  let hasContents: Bool

  struct Section: Sendable, Hashable {
    var name: String
    var heading: Heading
    var blocks: [Block]

    init(_ name: String, _ heading: String, _ blocks: [Block]) {
      (self.name, self.heading, self.blocks) = (name, Heading(heading), blocks)
    }
  }

  init(
    title: String, context: DocumentContext, values: [(name: String, value: Prose?)],
    header: [Block], sections: [Section], pieces: [(name: String, blocks: [Block])] = [],
    hasContents: Bool = false
  ) {
    self.title = title
    self.values = context.values + values
    (self.header, self.sections, self.pieces) = (header, sections, pieces)
    self.hasContents = hasContents
  }

  /// Of values, sections and pieces.
  package var names: [String] { values.map(\.name) + sections.map(\.name) + pieces.map(\.name) }

  /// The parts one behind the other.
  package var document: Document {
    var blocks = header
    if hasContents {
      blocks.append(.heading(Heading("Contents")))
      blocks.append(.contents(sections.map(\.heading)))
    }
    for section in sections { blocks += [.heading(section.heading)] + section.blocks }
    return Document(title: title, blocks: blocks)
  }
}

/// A document whose Markdown and HTML a store can lay out anew.
package protocol TemplatedDocument {
  static var template: TemplateName { get }
  var parts: DocumentParts { get }
}

extension TemplatedDocument {
  package var document: Document { parts.document }
}

extension DocumentContext {
  /// What a template can name in every document.
  fileprivate var values: [(name: String, value: Prose?)] {
    [
      ("desk", deskName.flatMap { $0.isBlank ? nil : Prose($0) }),
      ("as_of", style.prose(style.moment(asOf), at: asOf)),
      ("zone", Prose(style.namedZones(of: [asOf]))),
      (
        "heads",
        heads.isEmpty
          ? nil : Prose(heads.map { "\($0.node): \($0.text)" }.joined(separator: "; "))
      ),
      ("version", Prose(version)),
      ("rehearsal", isRehearsal ? DocumentContext.rehearsalWords : nil),
    ]
  }
}
