internal import LoggistModel

/// A document cut into lines whose forms depend on their neighbours: fences, comments, front matter, tables.
struct WrittenDocument {
  private(set) var lines: [WrittenLine] = []
  /// `name: value` lines between the two `---` at the top.
  private(set) var frontMatter: [(name: String, value: [UInt8], line: Int)] = []
  private(set) var definitions: InlineText.Definitions = [:]

  private enum Inside {
    case text, comment
    case fence(mark: UInt8, count: Int)
    case frontMatter(mark: UInt8)
  }

  init(_ text: String) {
    var bytes = Array(text.utf8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    var (inside, isAtTop) = (Inside.text, true)
    for (index, slice) in WrittenDocument.lines(of: bytes).enumerated() {
      var line = WrittenLine(slice, number: index + 1)
      inside = take(&line, inside, isAtTop: isAtTop)
      if case .text = inside, line.form != .blank, line.form != .rule { isAtTop = false }
      lines.append(line)
    }
    relate()
  }

  /// Ends of lines are `\n`, `\r\n` and `\r`.
  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var (lines, start, index): ([ArraySlice<UInt8>], Int, Int) = ([], 0, 0)
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x0A || byte == 0x0D {
        lines.append(bytes[start..<index])
        if byte == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
        start = index + 1
      }
      index += 1
    }
    if start < bytes.count { lines.append(bytes[start...]) }
    return lines
  }

  private mutating func take(_ line: inout WrittenLine, _ inside: Inside, isAtTop: Bool) -> Inside {
    switch inside {
    case .comment:
      let ends = line.content.contains("-->")
      (line.form, line.content) = (.rule, [])
      return ends ? .text : .comment
    case .fence(let mark, let count):
      let run = line.content.prefix { $0 == mark }.count
      if run >= count, run == line.content.count {
        line.form = .rule
        return .text
      }
      line.form = .code
      return inside
    case .frontMatter(let mark):
      if line.content.count == 3, line.content.allSatisfy({ $0 == mark }) {
        line.form = .rule
        return .text
      }
      takeFrontMatter(line)
      (line.form, line.content) = (.rule, [])
      return inside
    case .text:
      return takeText(&line, isAtTop: isAtTop)
    }
  }

  private mutating func takeText(_ line: inout WrittenLine, isAtTop: Bool) -> Inside {
    let content = line.content
    guard let first = content.first else { return .text }
    if first == UInt8(ascii: "`") || first == UInt8(ascii: "~") {
      let count = content.prefix { $0 == first }.count
      let isInline = first == UInt8(ascii: "`") && content.dropFirst(count).contains(first)
      if count >= 3, !isInline {
        line.form = .rule
        return .fence(mark: first, count: count)
      }
    }
    if content.starts(with: "<!--".utf8) {
      let ends = content.contains("-->")
      (line.form, line.content) = (.rule, [])
      return ends ? .text : .comment
    }
    if isAtTop, content.count == 3, content == Array("---".utf8) || content == Array("+++".utf8) {
      line.form = .rule
      return .frontMatter(mark: first)
    }
    if first == UInt8(ascii: "["), let (name, address) = WrittenDocument.definition(content) {
      definitions[name] = address
      (line.form, line.content) = (.rule, [])
    }
    return .text
  }

  private mutating func takeFrontMatter(_ line: WrittenLine) {
    var cursor = LineCursor(line.content)
    guard let name = cursor.word() else { return }
    cursor.skipSpaces()
    guard cursor.take(anyOf: ":", "=") else { return }
    let value = Array(line.content[cursor.place...]).trimmed
    let quotes = "\"'".utf8
    let bare = value.count > 1 && quotes.contains(value[0]) && value.last == value[0]
    frontMatter.append((name, bare ? Array(value.dropFirst().dropLast()) : value, line.number))
  }

  /// `[name]: address`
  private static func definition(_ content: [UInt8]) -> (name: [UInt8], address: [UInt8])? {
    guard let close = content.prefix(300).firstIndex(of: UInt8(ascii: "]")), close > 1,
      content[1] != UInt8(ascii: "^"), close + 2 < content.count,
      content[close + 1] == UInt8(ascii: ":")
    else { return nil }
    let address = Array(content[(close + 2)...]).trimmed
    // `[14:05]: restarted` is an entry.
    guard !content[1..<close].contains(UInt8(ascii: ":")), !address.contains(where: \.isBlank),
      address.contains(where: { "/.#%".utf8.contains($0) })
    else { return nil }
    return (content[1..<close].map(\.lowercase), address)
  }
}

extension WrittenDocument {
  /// Gives lines the forms that their neighbours make them: headers of tables, underlined headings.
  private mutating func relate() {
    for index in lines.indices {
      switch lines[index].form {
      case .delimiter where index > 0 && lines[index - 1].content.contains(UInt8(ascii: "|")):
        if lines[index - 1].form == .plain { lines[index - 1].form = .row }
        var next = index + 1
        while next < lines.count, lines[next].form == .plain,
          lines[next].content.contains(UInt8(ascii: "|"))
        {
          lines[next].form = .row
          next += 1
        }
      case .delimiter: lines[index].form = .rule
      case .rule where index > 0 && lines[index - 1].form == .plain:
        underline(index)
      default: break
      }
    }
  }

  /// A title stands above its rule alone, and the rule is about as long as it.
  private mutating func underline(_ index: Int) {
    guard let mark = lines[index].content.first, "=-~".utf8.contains(mark),
      !lines[index].content.contains(0x20),
      index < 2 || lines[index - 2].form == .blank || lines[index - 2].form == .rule,
      lines[index - 1].length <= 120
    else { return }
    lines[index - 1].form = .heading(
      level: mark == UInt8(ascii: "=") ? 1 : mark == UInt8(ascii: "-") ? 2 : 3)
  }
}

extension [UInt8] {
  fileprivate func contains(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    guard count >= wanted.count else { return false }
    return indices.dropLast(wanted.count - 1).contains {
      self[$0] == wanted[0] && self[$0..<($0 + wanted.count)].elementsEqual(wanted)
    }
  }
}
