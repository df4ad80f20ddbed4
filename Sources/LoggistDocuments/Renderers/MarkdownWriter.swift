/// CommonMark with GFM tables.
package struct MarkdownWriter: DocumentWriter {
  private var blocks: [String] = []

  package init() {}

  package mutating func begin(title: String) {
    blocks.append("# \(markdown(title, .heading))")
  }

  package mutating func write(_ heading: Heading) {
    let marks = String(repeating: "#", count: heading.level + 1)
    blocks.append("\(marks) \(markdown(heading.text, .heading))")
  }

  package mutating func write(_ paragraph: Prose) {
    blocks.append(inline(paragraph, .lineStart))
  }

  package mutating func write(_ facts: [Fact]) {
    blocks.append(
      facts.map { fact in
        "- **\(markdown(fact.name, .inline)):** \(inline(indented: fact.value))"
      }.joined(separator: "\n"))
  }

  package mutating func write(list: [Prose], isOrdered: Bool) {
    blocks.append(
      list.enumerated().map { place, item in
        let marker = isOrdered ? "\(place + 1)." : "-"
        let text = inline(item, .lineStart).replacingLineFeeds(
          with: "\n" + String(repeating: " ", count: marker.utf8.count + 1))
        return "\(marker) \(text)"
      }.joined(separator: "\n"))
  }

  package mutating func write(_ table: Table) {
    func row(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }
    let rules = table.columns.map { $0.shape == .number ? "--:" : "---" }
    let lines =
      [row(table.columns.map { markdown($0.title, .cell) }), row(rules)]
      + table.cells.map { row($0.map { inline($0, .cell) }) }
    blocks.append(lines.joined(separator: "\n"))
  }

  package mutating func write(contents: [Heading]) {
    var lines: [String] = []
    var number = 0
    for heading in contents {
      if heading.level == 1 { number += 1 }
      let marker = heading.level == 1 ? "\(number)." : "   -"
      lines.append("\(marker) [\(markdown(heading.text, .inline))](#\(slug(heading.text)))")
    }
    blocks.append(lines.joined(separator: "\n"))
  }

  package mutating func finish() -> String { blocks.joined(separator: "\n\n") + "\n" }

  // MARK: - Runs

  private func inline(indented prose: Prose) -> String {
    inline(prose, .inline).replacingLineFeeds(with: "\n  ")
  }

  private func inline(_ prose: Prose, _ place: MarkdownPlace) -> String {
    var text = ""
    for run in prose.runs where !run.text.isEmpty {
      // Only the first run begins a line.
      let here: MarkdownPlace = place == .lineStart && !text.isEmpty ? .inline : place
      switch run.mark {
      case .plain, .time: text += markdown(run.text, here, hasNeighbours: prose.runs.count > 1)
      case .strong: text += "**\(markdown(run.text, here == .lineStart ? .inline : here))**"
      case .emphasis: text += "*\(markdown(run.text, here == .lineStart ? .inline : here))*"
      }
    }
    return text
  }
}

extension MarkdownWriter {
  /// Some blocks of a document alone.
  static func markup(of blocks: [Block]) -> String {
    var writer = MarkdownWriter()
    for block in blocks { writer.write(block) }
    return writer.blocks.joined(separator: "\n\n")
  }

  /// Words that may stand anywhere: on one line, and escaped for its beginning.
  static func line(_ prose: Prose) -> String {
    prose.runs.map { run in
      let text = markdown(run.text, .anywhere, hasNeighbours: prose.runs.count > 1)
      return switch run.mark {
      case .plain, .time: text
      case .strong: "**\(text)**"
      case .emphasis: "*\(text)*"
      }
    }.joined()
  }
}

extension String {
  func replacingLineFeeds(with text: String) -> String { lines.joined(separator: text) }
}

/// The anchor that GitHub and most others give a heading: small letters, hyphens for spaces, no punctuation.
func slug(_ text: String) -> String {
  var slug = ""
  for scalar in text.lowercased().unicodeScalars {
    if scalar == " " || scalar == "-" {
      slug += "-"
    } else if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
      slug.unicodeScalars.append(scalar)
    }
  }
  return slug
}
