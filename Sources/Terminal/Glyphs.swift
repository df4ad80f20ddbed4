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
      return Glyph(text: String(scalars[start..<position]), width: width)
    }
  }
}
