/// One cell of the screen.
package struct Cell: Sendable, Hashable {
  /// A base with its combining marks, " " for a blank, "" for the second half of a wide glyph.
  package var glyph: String
  package var style: Style

  package init(glyph: String, style: Style) {
    self.glyph = glyph
    self.style = style
  }

  /// How many combining marks a cell holds: one less than ncurses' `CCHARW_MAX`, for the base.
  static let mostMarks = 4

  static func blank(_ style: Style) -> Cell { Cell(glyph: " ", style: style) }

  /// Whether this is the second half of the glyph to its left.
  var isContinuation: Bool { glyph.isEmpty }
}
