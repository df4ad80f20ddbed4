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
  /// In a template, whose author puts it where he likes: on one line, and inert in all of these.
  case anywhere
}

/// The text with everything escaped that CommonMark, GFM tables or GFM autolinks would take for markup.
///
/// Lines stay lines (a hard break, in a cell `<br>`); spaces at their ends go, since four in front would make code and
/// two behind a break. Where the text is one of several on a line, its outer ends stay: `hasNeighbours`. Controls are
/// visible signs.
func markdown(_ text: String, _ place: MarkdownPlace, hasNeighbours: Bool = false) -> String {
  let all = text.lines
  var lines = all.enumerated().map { number, line in
    visible(
      trimmed(
        line, front: number > 0 || !hasNeighbours, back: number + 1 < all.count || !hasNeighbours))
  }[...]
  // A break before nothing would show as a backslash.
  while !hasNeighbours, lines.first?.isBlank == true { lines.removeFirst() }
  while !hasNeighbours, lines.last?.isBlank == true { lines.removeLast() }
  switch place {
  case .heading:
    return markdownLine(lines.joined(separator: " "), isLineStart: false, everyHash: true)
  case .anywhere:
    return markdownLine(lines.joined(separator: " "), isLineStart: true, everyHash: true)
  case .cell:
    return lines.map { markdownLine($0, isLineStart: false) }.joined(separator: "<br>")
  case .inline, .lineStart:
    return lines.enumerated().map {
      markdownLine($1, isLineStart: $0 > 0 || place == .lineStart)
    }.joined(separator: "\\\n")
  }
}

private func trimmed(_ line: Substring, front: Bool, back: Bool) -> Substring {
  var scalars = line.unicodeScalars
  func isSpace(_ scalar: Unicode.Scalar?) -> Bool { scalar == " " || scalar == "\t" }
  while front, isSpace(scalars.first) { scalars.removeFirst() }
  while back, isSpace(scalars.last) { scalars.removeLast() }
  return Substring(scalars)
}

private func markdownLine(_ line: String, isLineStart: Bool, everyHash: Bool = false) -> String {
  let scalars = Array(line.unicodeScalars)
  var escaped = String.UnicodeScalarView()
  var place = 0
  while place < scalars.count {
    if let end = endOfAddress(scalars, place) {
      // GFM looks for addresses in the text behind the escapes, so that no escape stops it; code does.
      escaped.append("`")
      escaped.append(contentsOf: scalars[place..<end])
      escaped.append("`")
      place = end
      continue
    }
    if isMarkup(scalars, place, isLineStart: isLineStart, everyHash: everyHash) {
      escaped.append("\\")
    }
    escaped.append(scalars[place])
    place += 1
  }
  return String(escaped)
}

/// Whether the scalar could be taken for markup where it stands.
private func isMarkup(
  _ scalars: [Unicode.Scalar], _ place: Int, isLineStart: Bool, everyHash: Bool
) -> Bool {
  let before = place > 0 ? scalars[place - 1] : nil
  let after = place + 1 < scalars.count ? scalars[place + 1] : nil
  let isFirst = isLineStart && place == 0
  return switch scalars[place] {
  case "\\", "`", "*", "[", "]", "<", ">", "&", "|", "~", "@": true
  // Within a word it is a letter: `add_drugs` stays as people know it.
  case "_": !(isWordLetter(before) && isWordLetter(after))
  // `:--` would be a table's rule.
  case ":": isFirst
  // `https://` would be a link, and `//host` for many readers.
  case "/": after == "/"
  // `www.` would be a link, `1.` a list.
  case ".": followsWWW(scalars, place) || (isLineStart && isNumbered(scalars, place))
  case ")": isLineStart && isNumbered(scalars, place)
  case "#": everyHash || isFirst
  case "+", "-", "=": isFirst
  default: false
  }
}

/// The end of an e-mail address that begins here, as GFM's extended autolinks would find one: letters, digits and
/// `.+-_`, an `@`, and more of them behind it.
private func endOfAddress(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
  func isLocal(_ scalar: Unicode.Scalar) -> Bool {
    isWordLetter(scalar) || scalar == "." || scalar == "+" || scalar == "-" || scalar == "_"
  }
  guard isLocal(scalars[start]), start == 0 || !isLocal(scalars[start - 1]) else { return nil }
  var at = start
  while at < scalars.count, isLocal(scalars[at]) { at += 1 }
  guard at < scalars.count, scalars[at] == "@" else { return nil }
  var end = at + 1
  while end < scalars.count, isLocal(scalars[end]) || scalars[end] == "@" || scalars[end] == "/" {
    end += 1
  }
  return end > at + 1 ? end : nil
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
