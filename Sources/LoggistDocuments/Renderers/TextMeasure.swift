/// How wide a text is in cells of a terminal, and what it looks like there.
///
/// The caller gives it: this target may not import the terminal that knows.
package struct TextMeasure: Sendable {
  /// Cells of a text that is safe already.
  package var width: @Sendable (String) -> Int
  /// The text as it may stand on a screen: on one line, without controls, escapes and bidirectional overrides.
  package var safe: @Sendable (String) -> String

  package init(
    width: @escaping @Sendable (String) -> Int, safe: @escaping @Sendable (String) -> String
  ) {
    (self.width, self.safe) = (width, safe)
  }
}

extension TextMeasure {
  /// The lines of a text, safe, and broken at spaces so that none is wider than `width`; a word that is too wide alone
  /// is broken between characters.
  func wrap(_ text: String, width: Int) -> [String] {
    text.lines.flatMap { wrap(line: safe(String($0)), width: max(1, width)) }
  }

  private func wrap(line: String, width: Int) -> [String] {
    if self.width(line) <= width { return [trimEnd(line)] }
    var lines: [String] = []
    var (current, currentWidth) = ("", 0)
    for word in line.split(separator: " ") {
      let wordWidth = self.width(String(word))
      if currentWidth > 0, currentWidth + 1 + wordWidth <= width {
        current += " " + word
        currentWidth += 1 + wordWidth
        continue
      }
      if currentWidth > 0 { lines.append(current) }
      (current, currentWidth) = ("", 0)
      for piece in pieces(of: word, width: width) {
        if currentWidth > 0 { lines.append(current) }
        (current, currentWidth) = (piece, self.width(piece))
      }
    }
    if currentWidth > 0 || lines.isEmpty { lines.append(current) }
    return lines
  }

  private func pieces(of word: Substring, width: Int) -> [String] {
    if self.width(String(word)) <= width { return [String(word)] }
    var pieces: [String] = []
    var (piece, pieceWidth) = ("", 0)
    for character in word {
      let characterWidth = self.width(String(character))
      if pieceWidth > 0, pieceWidth + characterWidth > width {
        pieces.append(piece)
        (piece, pieceWidth) = ("", 0)
      }
      piece.append(character)
      pieceWidth += characterWidth
    }
    return pieceWidth > 0 ? pieces + [piece] : pieces
  }

  func padded(_ text: String, to width: Int, atRight: Bool = false) -> String {
    let room = String(repeating: " ", count: max(0, width - self.width(text)))
    return atRight ? room + text : text + room
  }

  func trimEnd(_ line: String) -> String {
    var scalars = Substring(line).unicodeScalars
    while scalars.last == " " { scalars.removeLast() }
    return String(Substring(scalars))
  }
}
