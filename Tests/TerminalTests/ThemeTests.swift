import Testing

@testable import Terminal

/// Contrast by the formula of the Web Content Accessibility Guidelines 2.2: 4.5 is its level AA for text, 7 its AAA.
@Suite struct ThemeTests {
  @Test func `the default is readable on black and on white`() {
    #expect(worst(.standard, on: [Color.black, .white]) >= 4.5)
  }

  @Test func `the dark theme is readable on black and on the greys that stand for it`() {
    #expect(worst(.dark, on: [.black, Color(38, 38, 38)]) >= 4.5)
  }

  @Test func `the light theme is readable on white`() {
    #expect(worst(.light, on: [.white]) >= 4.5)
  }

  @Test func `high contrast names both colours or neither, and never dims`() {
    for role in Role.allCases {
      for depth in ColorDepth.allCases {
        let look = Palette.appearance(of: Style(role), at: depth, in: .highContrast)
        #expect((look.foreground == nil) == (look.background == nil), "\(role)")
        #expect(!look.attributes.contains(.dim), "\(role)")
      }
    }
    #expect(worst(.highContrast, on: [.black, .white]) >= 7)
  }

  @Test(arguments: [Theme.standard, .dark, .light])
  func `what calls for attention is told apart with any colour blindness`(_ theme: Theme) {
    let seen = [Role.critical, .high, .medium].map { role in
      let look = Palette.appearance(of: Style(role), at: .indexed256, in: theme)
      return Color(indexed: look.background ?? look.foreground ?? 0)
    }
    for vision in Color.Vision.allCases {
      for (left, right) in [(0, 1), (0, 2), (1, 2)] {
        let distance = seen[left].distance(to: seen[right], seenBy: vision)
        #expect(distance >= 20, "\(vision): \(left) and \(right)")
      }
    }
  }

  /// The lowest contrast of a role's text with what is behind it; of the terminal's own colours nothing is known.
  private func worst(_ theme: Theme, on backgrounds: [Color]) -> Double {
    var worst = Double.infinity
    for role in Role.allCases {
      let look = Palette.appearance(of: Style(role), at: .indexed256, in: theme)
      guard let foreground = look.foreground else { continue }
      let behind = look.background.map { [Color(indexed: $0)] } ?? backgrounds
      for background in behind {
        worst = min(worst, Color(indexed: foreground).contrast(with: background))
      }
    }
    return worst
  }
}
