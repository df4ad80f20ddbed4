import TestSupport
import Testing

@testable import Terminal

@Suite struct FrameTests {
  private func row(_ columns: Int, _ paint: (inout Frame) -> Void) -> Frame {
    var frame = Frame(size: Size(rows: 1, columns: columns))
    paint(&frame)
    return frame
  }

  @Test func `text is written where it is put, and the columns used are told`() {
    var frame = Frame(size: Size(rows: 2, columns: 8))
    #expect(frame.put("abc", row: 1, column: 2, style: .critical) == 3)
    #expect(frame.rows == ["        ", "  abc   "])
    #expect(frame.styleRows == ["········", "··ccc···"])
  }

  @Test(
    arguments: [
      ("abcdef", 0, nil, "abcd", 4), ("abcdef", 2, nil, "  ab", 2), ("abcdef", 0, 3, "abc ", 3),
      ("abcdef", 0, 0, "    ", 0), ("abcdef", 0, -5, "    ", 0), ("ab", 3, Int.max, "   a", 1),
      ("字字字", 0, nil, "字字", 4), ("字字字", 1, nil, " 字 ", 3), ("字", 0, 1, "    ", 1),
      ("字", 3, nil, "    ", 1),
    ] as [(String, Int, Int?, String, Int)])
  func `text is clipped to the width and the row's end`(
    text: String, column: Int, width: Int?, expected: String, used: Int
  ) {
    var result = 0
    let frame = row(4) { result = $0.put(text, row: 0, column: column, width: width) }
    #expect(frame.text(row: 0) == expected)
    #expect(result == used)
  }

  @Test(arguments: [
    (-1, 0), (1, 0), (0, -1), (0, 4), (Int.max, Int.max), (Int.min, Int.min), (0, Int.max),
  ])
  func `outside the frame nothing is written and nothing breaks`(at row: Int, column: Int) {
    var frame = Frame(size: Size(rows: 1, columns: 4))
    #expect(frame.put("字abc", row: row, column: column, width: Int.max) == 0)
    frame.fill(row: row, columns: column..<Int.max, style: .error)
    frame.restyle(row: row, columns: Int.min..<min(column, 0), style: .error)
    frame.select(row: row, columns: 9..<12)
    #expect(frame.text(row: 0) == "    ")
    #expect(frame[row, column] == nil)
  }

  @Test func `a frame of no size and of one cell can be painted`() {
    var none = Frame(size: Size(rows: 0, columns: -3))
    #expect(none.put("x", row: 0, column: 0) == 0)
    #expect(none.rows.isEmpty)
    #expect(row(1) { $0.put("字", row: 0, column: 0) }.rows == [" "])
    #expect(row(1) { $0.put("é", row: 0, column: 0) }.rows == ["é"])
  }

  @Test func `a wide glyph is one cell and its continuation`() {
    let frame = row(4) { $0.put("字x", row: 0, column: 0, style: .high) }
    #expect(frame.cells(row: 0).map(\.glyph) == ["字", "", "x", " "])
    #expect(frame.styleRows == ["hhh·"])
  }

  @Test(arguments: [(0, "x 字 "), (1, " x字 "), (2, "字x  "), (3, "字 x "), (4, "字字x")])
  func `writing over half of a wide glyph blanks its other half`(column: Int, expected: String) {
    let frame = row(5) {
      $0.put("字字", row: 0, column: 0)
      $0.put("x", row: 0, column: column)
    }
    #expect(frame.text(row: 0) == expected)
  }

  @Test func `a wide glyph across two others leaves no halves`() {
    let frame = row(6) {
      $0.put("字字字", row: 0, column: 0)
      $0.put("文", row: 0, column: 1)
    }
    #expect(frame.cells(row: 0).map(\.glyph) == [" ", "文", "", " ", "字", ""])
  }

  @Test func `combining marks share their base's cell`() {
    let frame = row(4) { $0.put("Ọ̀r", row: 0, column: 0) }
    #expect(frame.cells(row: 0).map(\.glyph) == ["Ọ̀", "r", " ", " "])
  }

  @Test func `a frame never takes a control`() {
    let frame = row(6) { $0.put("\u{1B}[2J\u{301}", row: 0, column: 0) }
    #expect(frame.text(row: 0) == "␛[2J\u{301}  ")
  }

  @Test func `filling and restyling leave the rest alone`() {
    let frame = row(6) {
      $0.put("字bc字", row: 0, column: 0)
      $0.fill(row: 0, columns: 1..<3, style: .muted)
      $0.restyle(row: 0, columns: 3..<4, style: .key)
      $0.select(row: 0, columns: 2..<9)
    }
    #expect(frame.rows == ["   c字"])
    #expect(frame.styleRows == ["·uUKNN"])
  }

  @Test(arguments: 0..<10)
  func `whatever is put, every row keeps its width and whole glyphs`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var frame = Frame(size: Size(rows: 3, columns: 9))
    for _ in 0..<300 {
      let row = Int.random(in: -1...3, using: &generator)
      let column = Int.random(in: -2...10, using: &generator)
      let used = frame.put(generator.text(upTo: 8), row: row, column: column, width: 6)
      #expect((0...6).contains(used))
      #expect((0..<3).allSatisfy { CellWidth.of(frame.text(row: $0)) == 9 })
      #expect((0..<3).allSatisfy { isWhole(frame.cells(row: $0)) })
    }
  }

  private func isWhole(_ cells: ArraySlice<Cell>) -> Bool {
    zip(cells, cells.dropFirst()).allSatisfy { cell, next in
      (CellWidth.of(cell.glyph) == 2) == next.glyph.isEmpty
    }
  }
}
