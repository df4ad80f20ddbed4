/// A document as a value: a title and blocks in reading order. What it looks like is the writer's business.
///
/// Every text in it is data. A writer makes whatever a caller said inert in its own format; nothing that builds a
/// document escapes anything.
package struct Document: Sendable, Hashable {
  package var title: String
  package var blocks: [Block]

  package init(title: String, blocks: [Block]) {
    (self.title, self.blocks) = (title, blocks)
  }
}

package enum Block: Sendable, Hashable {
  case heading(Heading)
  /// Lines of one text stay lines.
  case paragraph(Prose)
  /// Named values, one a line.
  case facts([Fact])
  case list([Prose], isOrdered: Bool)
  case table(Table)
  /// The table of contents, with links where the format has them.
  case contents([Heading])
  case figure(Figure)
}

/// A heading below the title's level. Its words are ours and plain, so that a link to it can be derived from them.
package struct Heading: Sendable, Hashable {
  /// 1 for the sections under the title.
  package var level: Int
  package var text: String

  package init(_ text: String, level: Int = 1) {
    (self.text, self.level) = (text, level)
  }
}

package struct Fact: Sendable, Hashable {
  package var name: String
  package var value: Prose

  package init(_ name: String, _ value: Prose) {
    (self.name, self.value) = (name, value)
  }
}

extension Block {
  /// Paragraphs of a text that somebody wrote: blank lines part them.
  static func paragraphs(_ text: String) -> [Block] {
    var paragraphs: [[Substring]] = [[]]
    for line in text.lines {
      if line.unicodeScalars.allSatisfy({ $0.properties.isWhitespace }) {
        if paragraphs.last?.isEmpty == false { paragraphs.append([]) }
      } else {
        paragraphs[paragraphs.count - 1].append(line)
      }
    }
    return paragraphs.filter { !$0.isEmpty }.map { .paragraph(Prose($0.joined(separator: "\n"))) }
  }
}
