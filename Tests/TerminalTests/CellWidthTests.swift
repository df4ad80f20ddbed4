import CTerminal
import Testing

@testable import Terminal

@Suite struct CellWidthTests {
  @Test func `the table says what ncurses will do, for every scalar`() {
    #expect(ct_set_locale())
    var differing: [String] = []
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      if CellWidth.wcwidth(scalar) != Int(ct_width(value)) {
        differing.append(String(value, radix: 16))
      }
    }
    #expect(differing.isEmpty)
  }

  @Test func `no scalar on the screen is without a width`() {
    #expect(CellWidth.of("\u{7}" as Unicode.Scalar) == 1)
    #expect(CellWidth.of("\u{378}" as Unicode.Scalar) == 1)
    #expect(CellWidth.of("字" as Unicode.Scalar) == 2)
    #expect(CellWidth.of("\u{301}" as Unicode.Scalar) == 0)
  }

  @Test(arguments: [
    ("", 0), ("plain text", 10), ("Ọ̀rọ̀", 3), ("中文", 4), ("عربي", 4), ("👩🇩🇪", 4), ("␛⏎…│", 4),
  ])
  func `text is as wide as its cells`(text: String, width: Int) {
    #expect(CellWidth.of(text) == width)
  }
}
