/// A whole screen as cells, painted by the view and shown by a terminal.
///
/// Every wide glyph is one cell with the glyph and one continuation to its right: no operation leaves half.
package struct Frame: Sendable, Equatable {
  package let size: Size
  /// Where the hardware cursor stands; nil hides it.
  package var cursor: Position?
  private var cells: [Cell]

  /// A blank frame without a cursor.
  package init(size: Size) {
    self.size = size
    cells = Array(repeating: .blank(.normal), count: size.rows * size.columns)
  }

  /// The cell there, nil outside.
  package subscript(row: Int, column: Int) -> Cell? {
    contains(row: row) && column >= 0 && column < size.columns ? cells[index(row, column)] : nil
  }

  /// The row's cells from left to right; none outside.
  package func cells(row: Int) -> ArraySlice<Cell> {
    contains(row: row) ? cells[index(row, 0)..<index(row + 1, 0)] : []
  }

  private func contains(row: Int) -> Bool { row >= 0 && row < size.rows }
  private func index(_ row: Int, _ column: Int) -> Int { row * size.columns + column }
}

// MARK: - Painting

extension Frame {
  /// Writes text clipped to `width` columns or the row's end and returns the columns used.
  ///
  /// The text is made safe for display first. A wide glyph that does not fit whole becomes a space. A
  /// row or column outside the frame is no error: nothing is written.
  @discardableResult
  package mutating func put(
    _ text: String, row: Int, column: Int, width: Int? = nil, style: Style = .normal
  ) -> Int {
    guard contains(row: row), column >= 0, column < size.columns else { return 0 }
    let end = column + min(max(0, width ?? size.columns), size.columns - column)
    guard column < end else { return 0 }
    let first = index(row, 0)
    let cutsGlyph = cells[first + column].isContinuation
    var next = column
    if let text = ASCIIGlyphs(text) {
      for glyph in text.prefix(end - column) {
        cells[first + next] = Cell(glyph: glyph, style: style)
        next += 1
      }
    } else {
      for glyph in Glyphs(displaySafe(text)) {
        guard next < end else { break }
        let fits = next + glyph.width <= end
        cells[first + next] = Cell(glyph: fits ? glyph.text : " ", style: style)
        next += 1
        if glyph.width == 2, fits {
          cells[first + next] = Cell(glyph: "", style: style)
          next += 1
        }
      }
    }
    blankHalves(row: row, around: column..<next, cutsGlyph: cutsGlyph)
    return next - column
  }

  /// Blanks these columns in a style.
  package mutating func fill(row: Int, columns: Range<Int>, style: Style) {
    let columns = columns.clamped(to: 0..<size.columns)
    guard contains(row: row), !columns.isEmpty else { return }
    let cutsGlyph = cells[index(row, columns.lowerBound)].isContinuation
    for column in columns { cells[index(row, column)] = .blank(style) }
    blankHalves(row: row, around: columns, cutsGlyph: cutsGlyph)
  }

  /// Changes the style of these columns and leaves their text.
  package mutating func restyle(row: Int, columns: Range<Int>, style: Style) {
    guard contains(row: row) else { return }
    for column in columns.clamped(to: 0..<size.columns) { cells[index(row, column)].style = style }
  }

  /// Marks the row, or these columns of it, as selected; each cell keeps its role.
  package mutating func select(row: Int, columns: Range<Int>? = nil) {
    guard contains(row: row) else { return }
    let all = 0..<size.columns
    for column in columns?.clamped(to: all) ?? all {
      cells[index(row, column)].style.isSelected = true
    }
  }

  /// Blanks what is left, on either side, of wide glyphs of which these columns covered one half.
  private mutating func blankHalves(row: Int, around columns: Range<Int>, cutsGlyph: Bool) {
    guard !columns.isEmpty else { return }
    if cutsGlyph { cells[index(row, columns.lowerBound - 1)].glyph = " " }
    let next = index(row, columns.upperBound)
    if columns.upperBound < size.columns, cells[next].isContinuation { cells[next].glyph = " " }
  }
}

// MARK: - Text, for golden screens

extension Frame {
  /// The row's text, as wide as the frame; "" outside.
  package func text(row: Int) -> String {
    cells(row: row).reduce(into: "") { $0 += $1.glyph }
  }

  package var rows: [String] { (0..<size.rows).map(text(row:)) }

  /// One letter a cell for each row: see ``Style/letter``.
  package var styleRows: [String] {
    (0..<size.rows).map { row in cells(row: row).reduce(into: "") { $0 += $1.style.letter } }
  }
}
