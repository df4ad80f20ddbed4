/// Where in Markdown a text stands: what has to be escaped depends on it.
enum MarkdownPlace {
  /// Begins a line: what opens a block has to be escaped.
  case lineStart
  /// Behind our own words on the same line.
  case inline
  /// In a cell of a table: lines become `<br>`.
  case cell
  /// In a heading: one line, and a closing `#` would be swallowed.
  case heading
}

/// The text with everything escaped that CommonMark, GFM tables or GFM autolinks would take for markup.
///
/// Lines stay lines (a hard break, in a cell `<br>`); spaces at their ends go, since four in front would make code and
/// two behind a break. Controls are visible signs.
func markdown(_ text: String, _ place: MarkdownPlace) -> String {
  let lines = text.lines.map { trimmed($0) }
  switch place {
  case .heading:
    return markdownLine(lines.joined(separator: " "), isLineStart: false, everyHash: true)
  case .cell:
    return lines.map { markdownLine($0, isLineStart: false) }.joined(separator: "<br>")
  case .inline, .lineStart:
    return lines.enumerated().map {
      markdownLine($1, isLineStart: $0 > 0 || place == .lineStart)
    }.joined(separator: "\\\n")
  }
}

private func trimmed(_ line: Substring) -> String {
  var scalars = line.unicodeScalars
  func isSpace(_ scalar: Unicode.Scalar?) -> Bool { scalar == " " || scalar == "\t" }
  while isSpace(scalars.first) { scalars.removeFirst() }
  while isSpace(scalars.last) { scalars.removeLast() }
  return visible(Substring(scalars))
}

private func markdownLine(_ line: String, isLineStart: Bool, everyHash: Bool = false) -> String {
  let scalars = Array(line.unicodeScalars)
  var escaped = String.UnicodeScalarView()
  for (place, scalar) in scalars.enumerated() {
    let before = place > 0 ? scalars[place - 1] : nil
    let after = place + 1 < scalars.count ? scalars[place + 1] : nil
    let isEscaped: Bool =
      switch scalar {
      case "\\", "`", "*", "[", "]", "<", ">", "&", "|", "~", "@": true
      // Within a word it is a letter: `add_drugs` stays as people know it.
      case "_": !(isWordLetter(before) && isWordLetter(after))
      // `https://` would be a link, `:--` a table's rule.
      case ":": after == "/" || (isLineStart && place == 0)
      // `www.` would be a link.
      case ".": followsWWW(scalars, place) || (isLineStart && isNumbered(scalars, place))
      case ")": isLineStart && isNumbered(scalars, place)
      case "#": everyHash || (isLineStart && place == 0)
      case "+", "-", "=": isLineStart && place == 0
      default: false
      }
    if isEscaped { escaped.append("\\") }
    escaped.append(scalar)
  }
  return String(escaped)
}

private func isWordLetter(_ scalar: Unicode.Scalar?) -> Bool {
  guard let scalar, scalar.isASCII else { return false }
  return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    || ("0"..."9").contains(scalar)
}

private func followsWWW(_ scalars: [Unicode.Scalar], _ place: Int) -> Bool {
  place >= 3 && scalars[(place - 3)..<place].allSatisfy { $0 == "w" || $0 == "W" }
}

/// Whether only digits stand before: `1.` and `1)` would begin a list.
private func isNumbered(_ scalars: [Unicode.Scalar], _ place: Int) -> Bool {
  place > 0 && scalars[..<place].allSatisfy { ("0"..."9").contains($0) }
}
