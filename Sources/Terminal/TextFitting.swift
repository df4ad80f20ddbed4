/// Text cut to a number of columns, with `…` where something is missing.
package func truncate(_ text: String, to columns: Int) -> String {
  let text = displaySafe(text)
  guard CellWidth.of(text) > columns else { return text }
  guard columns > 0 else { return "" }
  var cut = ""
  var width = 0
  for glyph in Glyphs(text) {
    guard width + glyph.width < columns else { break }
    cut += glyph.text
    width += glyph.width
  }
  return cut + "…"
}

/// Text cut or filled with spaces on its right to exactly so many columns.
package func pad(_ text: String, to columns: Int) -> String {
  let text = truncate(text, to: columns)
  return text + String(repeating: " ", count: max(0, columns - CellWidth.of(text)))
}

/// Text cut or filled with spaces on its left to exactly so many columns.
package func alignRight(_ text: String, to columns: Int) -> String {
  let text = truncate(text, to: columns)
  return String(repeating: " ", count: max(0, columns - CellWidth.of(text))) + text
}

/// Text broken between words into lines of at most `width` columns.
///
/// A line feed begins a new line; a word longer than a line is broken anywhere. The spaces at which a
/// line is broken go, those that begin a paragraph stay. There is always one line, perhaps empty. A wide
/// glyph at `width` 1 stands alone on a line too long for it.
package func wrap(_ text: String, width: Int) -> [String] {
  precondition(width >= 1, "a line has at least one column")
  return text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).flatMap {
    paragraph in
    var filling = LineFilling(width: width)
    for glyph in Glyphs(displaySafe(String(paragraph))) { filling.append(glyph) }
    return filling.finished()
  }
}

/// Lines being filled glyph by glyph: the spaces and the word under way wait until it is known whether
/// they still fit.
private struct LineFilling {
  let width: Int
  private var lines: [String] = []
  private var line = Piece()
  private var spaces = Piece()
  private var word = Piece()

  init(width: Int) { self.width = width }

  private struct Piece {
    var text = ""
    var width = 0

    static func += (piece: inout Piece, other: Piece) {
      piece.text += other.text
      piece.width += other.width
    }

    static func += (piece: inout Piece, glyph: Glyphs.Glyph) {
      piece.text += glyph.text
      piece.width += glyph.width
    }
  }

  mutating func append(_ glyph: Glyphs.Glyph) {
    if glyph.text == " " {
      endWord()
      spaces += glyph
      return
    }
    if line.width + spaces.width + word.width + glyph.width > width {
      if line.width > 0 {
        breakLine()
      } else if word.width == 0 {
        spaces = Piece()  // An indentation wider than the line.
      }
      if word.width > 0, spaces.width + word.width + glyph.width > width {
        endWord()
        breakLine()
      }
    }
    word += glyph
  }

  mutating func finished() -> [String] {
    endWord()
    return lines + [line.text]
  }

  private mutating func endWord() {
    guard word.width > 0 else { return }
    line += spaces
    line += word
    spaces = Piece()
    word = Piece()
  }

  private mutating func breakLine() {
    lines.append(line.text)
    line = Piece()
    spaces = Piece()
  }
}
