/// Plain columns for mail and terminals.
package struct TextWriter: DocumentWriter {
  private let width: Int
  private let measure: TextMeasure
  private var blocks: [[String]] = []

  package init(width: Int = 100, measure: TextMeasure) {
    (self.width, self.measure) = (max(40, width), measure)
  }

  package mutating func begin(title: String) {
    underlined(title, with: "=")
  }

  package mutating func write(_ heading: Heading) {
    if heading.level == 1 {
      underlined(heading.text, with: "-")
    } else {
      blocks.append(measure.wrap(heading.text, width: width))
    }
  }

  private mutating func underlined(_ text: String, with rule: String) {
    let lines = measure.wrap(text, width: width)
    let longest = lines.map { measure.width($0) }.max() ?? 0
    blocks.append(lines + [String(repeating: rule, count: longest)])
  }

  package mutating func write(_ paragraph: Prose) {
    blocks.append(measure.wrap(paragraph.plain, width: width))
  }

  package mutating func write(_ facts: [Fact]) {
    let names = facts.map { measure.safe($0.name) }
    let nameWidth = names.map { measure.width($0) }.max() ?? 0
    blocks.append(
      zip(names, facts).flatMap { name, fact in
        hanging(measure.padded(name, to: nameWidth) + "  ", fact.value, indent: nameWidth + 2)
      })
  }

  package mutating func write(list: [Prose], isOrdered: Bool) {
    let markerWidth = isOrdered ? "\(list.count). ".utf8.count : 2
    blocks.append(
      list.enumerated().flatMap { place, item in
        let marker = isOrdered ? "\(place + 1). " : "- "
        return hanging(
          measure.padded(marker, to: markerWidth, atRight: true), item, indent: markerWidth)
      })
  }

  package mutating func write(contents: [Heading]) {
    var number = 0
    blocks.append(
      contents.map { heading in
        if heading.level == 1 { number += 1 }
        return heading.level == 1 ? "\(number). \(heading.text)" : "   - \(heading.text)"
      })
  }

  package mutating func write(_ table: Table) {
    let columns = TextColumns(table, width: width, measure: measure)
    blocks.append(columns.lines)
  }

  package mutating func finish() -> String {
    blocks.map { $0.map { $0 + "\n" }.joined() }.joined(separator: "\n")
  }

  /// A text behind a marker, its further lines under its first.
  private func hanging(_ marker: String, _ prose: Prose, indent: Int) -> [String] {
    measure.wrap(prose.plain, width: width - indent).enumerated().map { place, line in
      measure.trimEnd((place == 0 ? marker : String(repeating: " ", count: indent)) + line)
    }
  }
}

/// A table set in columns: those of words as wide as their cells, those of prose sharing what is left.
struct TextColumns {
  private let table: Table
  private let measure: TextMeasure
  private let widths: [Int]

  private static let gap = 2
  /// Below this a column of prose is not worth reading: the columns of words give way.
  private static let narrowest = 16

  init(_ table: Table, width: Int, measure: TextMeasure) {
    (self.table, self.measure) = (table, measure)
    let cells = table.cells
    var (natural, words): ([Int], [Int]) = ([], [])
    for (place, column) in table.columns.enumerated() {
      let texts = [column.title] + cells.map { TextColumns.bound($0[place].plain, column.shape) }
      let lines = texts.flatMap(\.lines).map { measure.safe(String($0)) }
      natural.append(lines.map { measure.width($0) }.max() ?? 0)
      let longest = lines.flatMap { $0.split(separator: " ") }.map { measure.width(String($0)) }
      words.append(longest.max() ?? 0)
    }
    let room = width - TextColumns.gap * (table.columns.count - 1)
    let shapes = table.columns.map(\.shape)
    // The widest prose gives way first, then the widest column that has a space to break at, at last a word, a cell at
    // a time: the sums are small.
    while natural.reduce(0, +) > room {
      let prose = natural.indices.filter {
        shapes[$0] == .prose && natural[$0] > max(TextColumns.narrowest, words[$0])
      }
      let spaced = prose.isEmpty ? natural.indices.filter { natural[$0] > words[$0] } : prose
      let giving = spaced.isEmpty ? Array(natural.indices) : spaced
      guard let widest = giving.max(by: { natural[$0] < natural[$1] }), natural[widest] > 1 else {
        break
      }
      natural[widest] -= 1
    }
    widths = natural
  }

  var lines: [String] {
    let titles = table.columns.map { Prose($0.title) }
    let rule = widths.map { String(repeating: "-", count: $0) }
      .joined(separator: String(repeating: " ", count: TextColumns.gap))
    let shapes = table.columns.map(\.shape)
    return row(titles.map(\.plain)) + [rule]
      + table.cells.flatMap { row(zip($0, shapes).map { TextColumns.bound($0.plain, $1) }) }
  }

  /// A figure breaks in front of its incident and at the `to` between two, never between a number and its unit.
  private static func bound(_ text: String, _ shape: Table.Shape) -> String {
    guard shape == .number, text.contains(where: \.isNumber) else { return text }
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    var bound = String(words.first ?? "")
    for (before, word) in zip(words, words.dropFirst()) {
      let mayBreak = word.hasPrefix("(") || word == "to" || before == "to"
      bound += (mayBreak ? " " : String(binder)) + word
    }
    return bound
  }

  private static func unbound(_ line: String) -> String {
    String(line.map { $0 == binder ? " " : $0 })
  }

  /// A no-break space, while lines are broken.
  private static let binder: Character = "\u{A0}"

  private func row(_ cells: [String]) -> [String] {
    let wrapped = zip(cells, widths).map { cell, width in
      measure.wrap(cell, width: width).map { TextColumns.unbound($0) }
    }
    let height = wrapped.map(\.count).max() ?? 0
    return (0..<height).map { line in
      let texts = wrapped.enumerated().map { place, lines in
        measure.padded(
          line < lines.count ? lines[line] : "", to: widths[place],
          atRight: table.columns[place].shape == .number)
      }
      return measure.trimEnd(
        texts.joined(separator: String(repeating: " ", count: TextColumns.gap)))
    }
  }
}
