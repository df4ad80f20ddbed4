internal import LoggistModel

/// One line of a document, and what it is in the grammar of Markdown and its neighbours.
struct WrittenLine {
  enum Form: Hashable {
    case blank, plain, bullet, quote
    /// `# Title`, `== Title ==`, or a line above a row of `===`.
    case heading(level: Int)
    /// A row of a table, and the row of dashes below its header.
    case row, delimiter
    /// A line inside of a fence of backticks.
    case code
    /// Draws only, or speaks to nobody: `---`, a fence, a comment, the definition of a link.
    case rule
  }

  /// From 1.
  let number: Int
  var form: Form
  /// Columns before the first character.
  let indent: Int
  /// What it says, without bullet, `#` or `>`; a row and code as they stand.
  var content: [UInt8]
  /// Two spaces or a backslash at its end: the next line is not more of it.
  let breaksHard: Bool
  let length: Int
  /// The bullet or the number of a list's item.
  var marker: [UInt8] = []
  /// Behind `>`.
  var isQuoted = false
}

extension WrittenLine {
  init(_ bytes: ArraySlice<UInt8>, number: Int) {
    let raw = Array(bytes).trimmed
    self.number = number
    length = raw.count
    indent = bytes.prefix { $0 == 0x20 || $0 == 0x09 }.reduce(0) { $0 + ($1 == 0x09 ? 4 : 1) }
    breaksHard =
      bytes.suffix(2).elementsEqual([0x20, 0x20]) || bytes.last == UInt8(ascii: "\\")
    (form, content) = WrittenLine.parse(raw)
    if form == .quote {
      isQuoted = true
      (form, content) = WrittenLine.parse(content)
    }
    if form == .bullet, !isQuoted { marker = Array(raw.prefix { !$0.isBlank }) }
  }

  private static func parse(_ raw: [UInt8]) -> (Form, [UInt8]) {
    guard let first = raw.first else { return (.blank, []) }
    switch first {
    case UInt8(ascii: "|"): return isDelimiter(raw) ? (.delimiter, raw) : (.row, raw)
    case UInt8(ascii: "#"), UInt8(ascii: "="):
      if let heading = heading(raw, mark: first) { return heading }
    case UInt8(ascii: ">"): return (.quote, withoutQuoteMarks(raw))
    default: break
    }
    if isRule(raw) { return (.rule, raw) }
    if let content = withoutBullet(raw) { return (.bullet, content) }
    return isDelimiter(raw) ? (.delimiter, raw) : (.plain, raw)
  }

  /// `> text`, `> > text`
  private static func withoutQuoteMarks(_ raw: [UInt8]) -> [UInt8] {
    Array(raw.drop { $0 == UInt8(ascii: ">") || $0.isBlank })
  }

  /// `## Title`, `## Title ##`, `== Title ==`.
  private static func heading(_ raw: [UInt8], mark: UInt8) -> (Form, [UInt8])? {
    let level = raw.prefix { $0 == mark }.count
    guard (1...6) ~= level, raw.count > level, raw[level].isBlank
    else { return nil }
    var content = Array(raw[level...]).trimmed
    let closing = content.reversed().prefix { $0 == mark }.count
    if closing > 0, closing < content.count, content[content.count - closing - 1].isBlank {
      content = Array(content.dropLast(closing)).trimmed
    }
    return (.heading(level: level), content)
  }

  /// What stands behind `- `, `* `, `• `, `1. `, `2) ` and a box to tick; nil where the line has no bullet.
  private static func withoutBullet(_ raw: [UInt8]) -> [UInt8]? {
    var cursor = LineCursor(raw.count > 64 ? Array(raw.prefix(64)) : raw)
    let isBullet: Bool? = cursor.attempt { cursor in
      if cursor.take(anyOf: "-", "*", "+", "•", "·", "–", "—", "◦", "‣", "▪") {
        return cursor.skipSpaces() || cursor.isAtEnd ? true : nil
      }
      return cursor.number(digits: 1...3) != nil && cursor.take(anyOf: ".", ")")
        && cursor.skipSpaces() ? true : nil
    }
    guard isBullet == true else { return nil }
    _ = cursor.attempt { $0.take(anyOf: "[ ]", "[x]", "[X]") && $0.skipSpaces() ? true : nil }
    return Array(raw[cursor.place...]).trimmed
  }

  private static func isRule(_ raw: [UInt8]) -> Bool {
    raw.count >= 3 && "-=*_~+".utf8.contains(raw[0])
      && raw.allSatisfy { $0 == raw[0] || ($0 == 0x20 && raw[0] != UInt8(ascii: "=")) }
  }

  /// `|---|:--:|`, also without the outer pipes.
  private static func isDelimiter(_ raw: [UInt8]) -> Bool {
    let pipe = UInt8(ascii: "|")
    guard raw.contains(pipe), raw.contains(UInt8(ascii: "-")),
      raw.allSatisfy({ $0 == pipe || ":- \t".utf8.contains($0) })
    else { return false }
    // `| --:-- | |` is a row with a time that nobody knows.
    return raw.split(separator: pipe).allSatisfy { cell in
      let cell = Array(cell).trimmed
      return cell.dropFirst().dropLast().allSatisfy { $0 == UInt8(ascii: "-") }
    }
  }

  /// The cells of a row, trimmed; `\|` is a pipe inside of one.
  var cells: [[UInt8]] {
    var (cells, cell): ([[UInt8]], [UInt8]) = ([], [])
    let pipe = UInt8(ascii: "|")
    var row = content[...]
    if row.first == pipe { row = row.dropFirst() }
    // No table has more columns; what stands behind is text of the last.
    for byte in row {
      if byte != pipe || cells.count >= 200 {
        cell.append(byte)
      } else if cell.last == UInt8(ascii: "\\") {
        cell[cell.count - 1] = pipe
      } else {
        cells.append(cell.trimmed)
        cell = []
      }
    }
    let last = cell.trimmed
    return last.isEmpty && content.last == pipe ? cells : cells + [last]
  }
}
