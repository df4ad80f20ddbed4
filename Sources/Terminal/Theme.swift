/// A set of colours for the meanings in ``Role``, chosen by name in a configuration, with `--theme` or on the screen.
package enum Theme: String, Sendable, Hashable, CaseIterable {
  /// For a background that nobody told us about: every colour is readable on black and on white.
  case standard = "default"
  case dark, light
  case highContrast = "high-contrast"

  /// `default, dark, light or high-contrast`.
  package static var choices: String {
    let names = allCases.map(\.rawValue)
    return names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
  }
}

/// The colours of one theme at one depth: what the roles share, without what each adds to it.
struct Hues {
  /// A P1, an error.
  var alarm = Appearance()
  /// A P2, a warning, what was written down late.
  var caution = Appearance()
  /// A P3, milestones, the prompt.
  var calm = Appearance()
  /// Done, held, added.
  var good = Appearance()
  /// What can be looked past: hints, borders, struck entries.
  var muted = Appearance()
  var banner = Appearance(nil, .reverse)
}

extension Hues {
  init(_ theme: Theme, at depth: ColorDepth) {
    switch depth {
    case .mono: self = .mono(theme)
    case .ansi16: self = .ansi16(theme)
    case .indexed256: self = .indexed256(theme)
    }
  }

  /// Dim text has less contrast than the terminal's own: not where contrast is what was asked for.
  private static func mono(_ theme: Theme) -> Hues {
    Hues(
      alarm: Appearance(nil, [.bold, .reverse]), caution: Appearance(nil, .underline),
      calm: Appearance(), good: Appearance(),
      muted: Appearance(nil, theme == .highContrast ? [] : .dim))
  }

  /// The first eight colours, all that the Linux console has. Which red a terminal calls red is its owner's choice, so
  /// that high contrast goes without colours, and on an unknown background yellow and cyan (unreadable on white) and
  /// blue (unreadable on black) stand only on or under another colour.
  private static func ansi16(_ theme: Theme) -> Hues {
    let dim = Appearance(nil, .dim)
    switch theme {
    case .standard:
      return Hues(
        alarm: Appearance(1, .bold), caution: Appearance(0, on: 3), calm: Appearance(5),
        good: Appearance(), muted: dim, banner: Appearance(0, on: 3))
    case .dark:
      return Hues(
        alarm: Appearance(1, .bold), caution: Appearance(3, .bold), calm: Appearance(6),
        good: Appearance(6), muted: dim, banner: Appearance(0, on: 3))
    case .light:
      return Hues(
        alarm: Appearance(1, .bold), caution: Appearance(5, .bold), calm: Appearance(4),
        good: Appearance(4), muted: dim, banner: Appearance(0, on: 3))
    case .highContrast:
      return Hues(
        alarm: Appearance(nil, [.bold, .reverse]), caution: Appearance(nil, .underline))
    }
  }

  /// The hues of Okabe and Ito (2008) - vermilion, orange, blue, bluish green -, told apart with any common colour
  /// blindness, at the lightness that each background asks for. No colour but six of the 216 has a contrast of 4.5 on
  /// black and on white alike, and none of them is an orange: on an unknown background the two that call for attention
  /// bring their own: white on a red darker than vermilion, so that the text on it is read, and black on orange.
  private static func indexed256(_ theme: Theme) -> Hues {
    switch theme {
    case .standard:
      Hues(
        alarm: Appearance(231, on: 160, .bold), caution: Appearance(16, on: 214),
        calm: Appearance(63),
        good: Appearance(29), muted: Appearance(243), banner: Appearance(16, on: 214))
    case .dark:
      Hues(
        alarm: Appearance(203, .bold), caution: Appearance(220), calm: Appearance(75),
        good: Appearance(43), muted: Appearance(248), banner: Appearance(16, on: 214))
    case .light:
      Hues(
        alarm: Appearance(88, .bold), caution: Appearance(130), calm: Appearance(26),
        good: Appearance(23), muted: Appearance(240), banner: Appearance(16, on: 214))
    case .highContrast:
      Hues(
        alarm: Appearance(231, on: 88, .bold), caution: Appearance(16, on: 220, .bold),
        banner: Appearance(16, on: 220))
    }
  }
}
