import TestSupport
import Testing

@testable import Terminal

@Suite struct DisplayTextTests {
  @Test(arguments: [
    ("plain ASCII ~", "plain ASCII ~"),
    ("", ""),
    ("\u{1B}[31mred", "␛[31mred"),
    ("a\rb\0c", "a␍b␀c"),
    ("one\ntwo\r\nthree\u{2028}", "one⏎two␍⏎three⏎"),
    ("a\tb", "a b"),
    ("\u{7F}\u{9B}31m", "␡‹U+009B›31m"),
    ("\u{202E}live\u{202C}", "‹U+202E›live‹U+202C›"),
    ("\u{2066}\u{200F}\u{61C}", "‹U+2066›‹U+200F›‹U+061C›"),
    ("a\u{200B}b\u{FEFF}c\u{AD}d", "abcd"),
    ("👩\u{200D}💻", "👩💻"),
    ("👨\u{200D}👩\u{200D}👧", "👨👩👧"),
    ("👍🏽", "👍"),
    ("⚠\u{FE0F}", "⚠"),
    ("🇩🇪🇳🇬", "🇩🇪🇳🇬"),
    ("Ọ̀rọ̀ àkọ́kọ́", "Ọ̀rọ̀ àkọ́kọ́"),
    ("عربي 中文", "عربي 中文"),
    ("\u{378}\u{1FAE8}", "??"),
    ("\u{301}x", "◌\u{301}x"),
    ("e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}x", "e\u{301}\u{302}\u{303}\u{304}x"),
  ])
  func `what the screen may not show becomes visible or goes`(text: String, safe: String) {
    #expect(Array(displaySafe(text).unicodeScalars) == Array(safe.unicodeScalars))
  }

  @Test func `every scalar comes out with a width and no power over the terminal`() {
    var wrong: [String] = []
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      if !isHarmless(displaySafe(String(scalar))) { wrong.append(String(value, radix: 16)) }
    }
    #expect(wrong.isEmpty)
  }

  @Test(arguments: 0..<20)
  func `safe text is safe, and making it safe again changes nothing`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let once = displaySafe(generator.text(upTo: 30))
      #expect(isHarmless(once))
      #expect(Array(displaySafe(once).unicodeScalars) == Array(once.unicodeScalars))
    }
  }

  private func isHarmless(_ text: String) -> Bool {
    var marks = Cell.mostMarks  // Text does not begin with a mark.
    for scalar in text.unicodeScalars {
      let width = CellWidth.wcwidth(scalar)
      marks = width == 0 ? marks + 1 : 0
      if width < 0 || marks > Cell.mostMarks { return false }
      switch scalar.value {
      case 0...0x1F, 0x7F...0x9F, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
        0xFE00...0xFE0F, 0x1F3FB...0x1F3FF:
        return false
      default: break
      }
    }
    return true
  }
}
