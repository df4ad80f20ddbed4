import Testing

@testable import Terminal

@Suite struct RepertoireTests {
  @Test(
    arguments: [
      ("xterm-256color", "C.UTF-8", Repertoire.unicode), ("tmux", "de_DE.utf8", .unicode),
      ("linux", "en_GB.UTF-8", .console), ("linux-16color", "C.utf8", .console),
      ("xterm", nil, .plain), ("xterm", "C", .plain), ("linux", "POSIX", .plain),
      ("xterm", "de_DE", .plain), ("xterm", "de_DE.ISO-8859-15", .ascii),
      ("xterm", "ru_RU.KOI8-R", .ascii),
    ] as [(String, String?, Repertoire)])
  func `a terminal gets what its name and its locale promise`(
    terminal: String, locale: String?, expected: Repertoire
  ) {
    #expect(Repertoire(terminal: terminal, locale: locale) == expected)
  }

  @Test func `the first variable that says something decides`() {
    let variables = ["LC_ALL": "", "LC_CTYPE": "C", "LANG": "C.UTF-8"]
    #expect(Repertoire.locale { variables[$0] } == "C")
    #expect(Repertoire.locale { _ in nil } == nil)
  }

  @Test(arguments: Repertoire.allCases)
  func `what stands in for a glyph is as wide as it`(_ repertoire: Repertoire) {
    for value in Array(UInt32(0x20)..<0x3000) + Array(0x4E00..<0x4E40) + [0xFFFD, 0x1F4DE] {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for glyph in Glyphs(displaySafe(String(scalar))) {
        let shown = repertoire.shown(glyph.text)
        #expect(CellWidth.of(shown) == glyph.width, "U+\(String(value, radix: 16))")
        if repertoire == .ascii { #expect(shown.utf8.allSatisfy { $0 < 0x80 }) }
      }
    }
  }

  @Test func `lines, marks and plots have an ASCII form, and letters keep theirs`() {
    func shown(_ text: String, _ repertoire: Repertoire) -> String {
      Glyphs(text).map { repertoire.shown($0.text) }.joined()
    }
    #expect(shown("┌─ ọ́ba ▌✓ 3…", .plain) == "+- ọ́ba >v 3>")
    #expect(shown("┌─ ọ́ba ▌✓ 3…", .console) == "┌─ ọ́ba ▌v 3>")
    #expect(shown("┌─ ọba", .ascii) == "+- ?ba")
    #expect(shown("⠀⠁⠉⠒⠤⣀⡇⣿", .plain) == " ''--.||")
    #expect(shown("─…中", .unicode) == "─…中")
    #expect(shown("中", .ascii) == "??")
  }
}
