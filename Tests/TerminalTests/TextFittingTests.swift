import TestSupport
import Testing

@testable import Terminal

@Suite struct TextFittingTests {
  @Test(arguments: [
    ("pharmacy", 8, "pharmacy"), ("pharmacy", 5, "phar…"), ("pharmacy", 1, "…"),
    ("pharmacy", 0, ""),
    ("pharmacy", -1, ""), ("", 0, ""), ("中文字", 6, "中文字"), ("中文字", 5, "中文…"),
    ("中文字", 4, "中…"), ("Ọ̀rọ̀ àkọ́kọ́", 4, "Ọ̀rọ̀…"), ("a\nb", 3, "a⏎b"),
  ])
  func `text is cut with an ellipsis`(text: String, columns: Int, expected: String) {
    #expect(truncate(text, to: columns) == expected)
  }

  @Test func `text is filled up on either side`() {
    #expect(pad("中", to: 4) == "中  ")
    #expect(alignRight("中", to: 5) == "   中")
    #expect(pad("abc", to: 2) == "a…")
    #expect(pad("中文", to: 3) == "中…")
    #expect(alignRight("中文", to: 2) == " …")
  }

  @Test(arguments: [
    ("", 5, [""]), ("one two three", 7, ["one two", "three"]), ("one two", 3, ["one", "two"]),
    ("one  two", 8, ["one  two"]), ("one  two", 4, ["one", "two"]),
    ("  indented text", 10, ["  indented", "text"]),
    ("extraordinary", 5, ["extra", "ordin", "ary"]),
    ("an extraordinary", 5, ["an", "extra", "ordin", "ary"]),
    ("first\n\nsecond line", 6, ["first", "", "second", "line"]), ("中文字", 4, ["中文", "字"]),
    ("a 中文", 3, ["a", "中", "文"]), ("中a", 1, ["中", "a"]), ("trailing ", 8, ["trailing"]),
    ("   ", 2, [""]), ("      x", 3, ["x"]), ("a\tb", 1, ["a", "b"]),
  ])
  func `text is broken between words`(text: String, width: Int, lines: [String]) {
    #expect(wrap(text, width: width) == lines)
  }

  @Test(arguments: 0..<10)
  func `no line is too wide and no word is lost`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let text = generator.text(upTo: 60)
      let width = Int.random(in: 2...20, using: &generator)
      let lines = wrap(text, width: width)
      #expect(lines.allSatisfy { CellWidth.of($0) <= width })
      let kept = lines.joined().unicodeScalars.filter { $0 != " " }
      let all = text.unicodeScalars.split(separator: "\n").map { displaySafe(String($0)) }
        .joined().unicodeScalars.filter { $0 != " " }
      #expect(Array(kept) == Array(all))
      #expect(CellWidth.of(truncate(text, to: width)) <= width)
      #expect(CellWidth.of(pad(text, to: width)) == width)
      #expect(CellWidth.of(alignRight(text, to: width)) == width)
    }
  }
}
