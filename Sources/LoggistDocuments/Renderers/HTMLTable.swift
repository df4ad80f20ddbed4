/// A table in HTML: its caption for those who hear it, its first column as the heads of its rows, and on each cell the
/// name of its column, which a narrow screen shows in front of it.
struct HTMLTable {
  private let table: Table
  private let caption: String
  /// Of each column whether all its cells are short enough to stand on one line.
  private let isShort: [Bool]

  private static let longestShort = 26

  init(_ table: Table, caption: String) {
    (self.table, self.caption) = (table, caption)
    isShort = table.columns.indices.map { place in
      table.columns[place].shape != .prose
        && table.rows.allSatisfy { row in
          guard case .cells(let cells) = row, place < cells.count else { return true }
          let text = cells[place].plain
          return text.unicodeScalars.count <= HTMLTable.longestShort
            && !(table.columns[place].shape == .number && text.contains(" ("))
        }
    }
  }

  var markup: String {
    let heads = table.columns.enumerated().map {
      "<th scope=\"col\"\(look($0))>\(html(lines: $1.title))</th>"
    }
    // Without sentences it is no wider than it has to be: what belongs together stays together.
    let isNarrow = !table.columns.contains { $0.shape == .prose }
    var lines = ["<table\(isNarrow ? " class=\"narrow\"" : "")>"]
    if !caption.isEmpty { lines.append("<caption>\(html(oneLine: caption))</caption>") }
    lines += ["<thead>", "<tr>\(heads.joined())</tr>", "</thead>", "<tbody>"]
    lines += table.rows.map { row in
      switch row {
      case .cells(let cells):
        "<tr>\((cells + Array(repeating: Prose(""), count: max(0, table.columns.count - cells.count))).enumerated().map { cell($1, $0) }.joined())</tr>"
      case .remark(let remark):
        "<tr class=\"remark\"><td colspan=\"\(table.columns.count)\">"
          + "\(HTMLWriter.inline(remark))</td></tr>"
      }
    }
    return (lines + ["</tbody>", "</table>"]).joined(separator: "\n")
  }

  private func cell(_ prose: Prose, _ place: Int) -> String {
    guard place < table.columns.count else { return "<td>\(HTMLWriter.inline(prose))</td>" }
    let column = table.columns[place]
    let text = column.shape == .number ? figure(prose) : HTMLWriter.inline(prose)
    if place == 0, !prose.isEmpty { return "<th scope=\"row\"\(look(place))>\(text)</th>" }
    // The only sentence of a row needs no name.
    let isNamed = column.shape != .prose || table.columns.count { $0.shape == .prose } > 1
    let label = isNamed ? " data-label=\"\(html(oneLine: column.title))\"" : ""
    return "<td\(look(place))\(label)>\(text)</td>"
  }

  /// A figure with its incident behind it, `2 h 44 min (INC-12)`, breaks between the two alone.
  private func figure(_ prose: Prose) -> String {
    let text = prose.plain
    guard let bracket = text.firstIndex(of: "("), text[..<bracket].last == " " else {
      return HTMLWriter.inline(prose)
    }
    let parts = [text[..<bracket].dropLast(), text[bracket...]]
    return parts.map { "<span class=\"short\">\(html(oneLine: String($0)))</span>" }
      .joined(separator: " ")
  }

  /// Its classes.
  private func look(_ place: Int) -> String {
    var looks: [String] = []
    switch table.columns[place].shape {
    case .word: break
    case .number: looks.append("number")
    case .prose: looks.append("prose")
    }
    if isShort[place] { looks.append("short") }
    return looks.isEmpty ? "" : " class=\"\(looks.joined(separator: " "))\""
  }
}
