import Testing

@testable import Terminal

@Suite struct PaletteTests {
  @Test(
    arguments: [
      (256, nil, nil, ColorDepth.indexed256), (8, nil, nil, .ansi16), (0, nil, nil, .mono),
      (256, "1", nil, .mono), (256, "", nil, .indexed256), (256, "1", .ansi16, .ansi16),
      (8, nil, .indexed256, .ansi16), (0, nil, .indexed256, .mono), (256, nil, .mono, .mono),
    ] as [(Int, String?, ColorDepth?, ColorDepth)])
  func `colours are what was asked for, NO_COLOR, and what the terminal has`(
    colors: Int, noColor: String?, override: ColorDepth?, expected: ColorDepth
  ) {
    #expect(
      ColorDepth.choose(terminalColors: colors, noColor: noColor, override: override) == expected)
  }

  @Test(arguments: Theme.allCases, ColorDepth.allCases)
  func `no role assumes a background, and each keeps to its colours`(
    theme: Theme, depth: ColorDepth
  ) {
    // The Linux console has eight colours and makes the bright ones of bold.
    let most = depth == .mono ? 0 : depth == .ansi16 ? 8 : 256
    for role in Role.allCases {
      let look = Palette.appearance(of: Style(role), at: depth, in: theme)
      for color in [look.foreground, look.background] {
        #expect(color.map { (0..<most).contains($0) } ?? true)
      }
      #expect(look.background == nil || look.foreground != nil)
    }
  }

  @Test(arguments: Theme.allCases, ColorDepth.allCases)
  func `the selected row is reversed whatever stands in it`(theme: Theme, depth: ColorDepth) {
    for role in Role.allCases {
      let look = Palette.appearance(of: Style(role), at: depth, in: theme)
      let selected = Palette.appearance(of: Style(role).selected, at: depth, in: theme)
      #expect(selected.attributes == look.attributes.symmetricDifference(.reverse))
      #expect(selected.foreground == look.foreground && selected.background == look.background)
    }
  }

  @Test func `without colours the urgent, the late, the struck and the selected differ`() {
    let styles = [Style(.normal), .critical, .late, .struck, Style(.normal, isSelected: true)]
    let looks = styles.map { Palette.appearance(of: $0, at: .mono) }
    #expect(Set(looks).count == styles.count)
  }
}
