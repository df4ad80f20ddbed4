/// Display-safe text as what its cells hold: a base with its combining marks, and its width.
struct Glyphs: Sequence {
  struct Glyph: Equatable {
    var text: String
    var width: Int
  }

  private let text: String

  init(_ text: String) {
    self.text = text
  }

  func makeIterator() -> Iterator { Iterator(text.unicodeScalars) }

  struct Iterator: IteratorProtocol {
    private let scalars: String.UnicodeScalarView
    private var position: String.UnicodeScalarView.Index

    fileprivate init(_ scalars: String.UnicodeScalarView) {
      self.scalars = scalars
      position = scalars.startIndex
    }

    mutating func next() -> Glyph? {
      guard position < scalars.endIndex else { return nil }
      let start = position
      // Display-safe text begins with a base, so a width of 0 comes only after one.
      let width = Swift.max(1, CellWidth.of(scalars[start]))
      scalars.formIndex(after: &position)
      while position < scalars.endIndex, CellWidth.of(scalars[position]) == 0 {
        scalars.formIndex(after: &position)
      }
      // Most cells are one scalar, of which a string is made much faster.
      let isSingle = scalars.index(after: start) == position
      let text = isSingle ? String(scalars[start]) : String(scalars[start..<position])
      return Glyph(text: text, width: width)
    }
  }
}

/// Printable ASCII as what its cells hold, without making a string for each: most of what is painted.
struct ASCIIGlyphs: Sequence {
  private let bytes: String.UTF8View

  /// Nil when there is anything else in the text.
  init?(_ text: String) {
    for byte in text.utf8 where byte < 0x20 || byte >= 0x7F { return nil }
    bytes = text.utf8
  }

  private static let glyphs = (UInt8(0)..<0x7F).map { String(Unicode.Scalar($0)) }

  func makeIterator() -> some IteratorProtocol<String> {
    bytes.lazy.map { ASCIIGlyphs.glyphs[Int($0)] }.makeIterator()
  }
}
