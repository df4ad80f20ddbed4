/// One line of a pasted text, without the marks of Markdown around what it says.
struct PastedLine {
  enum Form: Hashable {
    case blank, plain, bullet, heading, quote
    /// A row of a table; its cells are joined by spaces.
    case row
    /// What only draws: `---`, `===`, the dashes below a table's header, an HTML comment.
    case rule
    /// Three backticks: code begins or ends.
    case fence
  }

  let form: Form
  /// Columns before the first character.
  let indent: Int
  /// What it says: no bullet, no `#`, no `>`, no pipes; bold marks stand still where code might hold them.
  let content: [UInt8]
  /// The line as it stands, trimmed.
  let raw: [UInt8]
  let length: Int

  init(_ bytes: [UInt8]) {
    raw = bytes.trimmed
    length = bytes.count
    indent = bytes.prefix { $0 == 0x20 || $0 == 0x09 }.reduce(0) { $0 + ($1 == 0x09 ? 4 : 1) }
    (form, content) = PastedLine.parse(raw)
  }

  private static func parse(_ raw: [UInt8]) -> (Form, [UInt8]) {
    var cursor = LineCursor(raw)
    if cursor.isAtEnd { return (.blank, []) }
    if cursor.starts(with: "```") || cursor.starts(with: "~~~") { return (.fence, raw) }
    if isRule(raw) { return (.rule, []) }
    if cursor.take("|") { return row(cursor) }
    if let level = level(&cursor) { return (level, Array(raw[cursor.place...]).trimmed) }
    if cursor.take(">") { return (.quote, parse(Array(raw[cursor.place...]).trimmed).1) }
    if bullet(&cursor) { return (.bullet, Array(raw[cursor.place...]).trimmed) }
    return (.plain, raw)
  }

  /// `# `, `### `: a heading, and nothing where the mark is not followed by a space.
  private static func level(_ cursor: inout LineCursor) -> Form? {
    cursor.attempt { cursor in
      var count = 0
      while cursor.take("#") { count += 1 }
      return (1...6).contains(count) && cursor.skipSpaces() ? .heading : nil
    }
  }

  /// `- `, `* `, `• `, `– `, `1) `, and a box to tick behind it. Not `-12m`, not `10 users`.
  private static func bullet(_ cursor: inout LineCursor) -> Bool {
    let isBullet: Bool? = cursor.attempt { cursor in
      if cursor.take(anyOf: "-", "*", "+", "•", "·", "–", "—", "◦", "‣") {
        return cursor.skipSpaces() || cursor.isAtEnd ? true : nil
      }
      return cursor.number(digits: 1...3) != nil && cursor.take(anyOf: ".", ")")
        && cursor.skipSpaces() ? true : nil
    }
    guard isBullet == true else { return false }
    _ = cursor.attempt { $0.take(anyOf: "[ ]", "[x]", "[X]") && $0.skipSpaces() ? true : nil }
    return true
  }

  private static func isRule(_ raw: [UInt8]) -> Bool {
    let cursor = LineCursor(raw)
    if cursor.starts(with: "<!--"), raw.suffix(3).elementsEqual("-->".utf8) { return true }
    return raw.count >= 3 && (raw.allSatisfy { $0 == raw[0] } && "-=*_".utf8.contains(raw[0]))
  }

  private static func row(_ cursor: LineCursor) -> (Form, [UInt8]) {
    let cells = cells(cursor)
    let isBelowHeader = cells.allSatisfy { cell in
      cell.contains(UInt8(ascii: "-")) && cell.allSatisfy { ":- ".utf8.contains($0) }
    }
    // `--:--` is a time that nobody knows, among cells that say something.
    if isBelowHeader { return (.rule, []) }
    return (.row, Array(cells.joined(separator: [0x20])))
  }

  /// The cells of a row that hold anything; `\|` is a pipe inside of one.
  private static func cells(_ cursor: LineCursor) -> [[UInt8]] {
    var (cells, cell): ([[UInt8]], [UInt8]) = ([], [])
    for byte in cursor.bytes[cursor.place...] {
      if byte != UInt8(ascii: "|") {
        cell.append(byte)
      } else if cell.last == UInt8(ascii: "\\") {
        cell[cell.count - 1] = byte
      } else {
        cells.append(cell.trimmed)
        cell = []
      }
    }
    return (cells + [cell.trimmed]).filter { !$0.isEmpty }
  }
}

extension PastedLine {
  /// Text without bold marks (`**`), which stay inside of `code`.
  static func withoutBold(_ text: [UInt8]) -> [UInt8] {
    var (plain, place, isCode): ([UInt8], Int, Bool) = ([], 0, false)
    while place < text.count {
      if text[place] == UInt8(ascii: "`") { isCode.toggle() }
      if !isCode, text[place] == UInt8(ascii: "*"), place + 1 < text.count,
        text[place + 1] == UInt8(ascii: "*")
      {
        place += 2
      } else {
        plain.append(text[place])
        place += 1
      }
    }
    return plain
  }

  /// A line without the mark that only its beginning is set in (`*09:03* text`, `[13:20] text`), or nil.
  static func withoutMark(_ line: [UInt8]) -> [UInt8]? {
    guard let first = line.first, let open = "*_`[".utf8.first(where: { $0 == first }) else {
      return nil
    }
    let close = open == UInt8(ascii: "[") ? UInt8(ascii: "]") : open
    var rest = Array(line.drop { $0 == open })
    if let end = rest.firstIndex(of: close) {
      let length = rest[end...].prefix { $0 == close }.count
      rest.removeSubrange(end..<end + min(length, line.count - rest.count))
    }
    return rest
  }
}
