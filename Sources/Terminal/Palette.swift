/// How many colours may be used.
package enum ColorDepth: Sendable, Hashable, CaseIterable {
  case mono, ansi16, indexed256

  /// What a terminal with `terminalColors` can show, at most.
  package init(terminalColors: Int) {
    self = terminalColors >= 256 ? .indexed256 : terminalColors >= 8 ? .ansi16 : .mono
  }

  /// Chooses the depth: what was asked for explicitly, else none under a `NO_COLOR` that is not empty
  /// (https://no-color.org), else all the terminal has; never more than the terminal has.
  package static func choose(
    terminalColors: Int, noColor: String? = nil, override: ColorDepth? = nil
  ) -> ColorDepth {
    let most = ColorDepth(terminalColors: terminalColors)
    if let override { return min(override, most) }
    return noColor.map { !$0.isEmpty } == true ? .mono : most
  }

  private static func min(_ left: ColorDepth, _ right: ColorDepth) -> ColorDepth {
    allCases.first { $0 == left || $0 == right } ?? .mono
  }
}

/// What a role looks like: colours of the terminal's own palette, nil for its default, and attributes.
package struct Appearance: Sendable, Hashable {
  package struct Attributes: OptionSet, Sendable, Hashable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let bold = Attributes(rawValue: 1)
    package static let dim = Attributes(rawValue: 2)
    package static let underline = Attributes(rawValue: 4)
    package static let reverse = Attributes(rawValue: 8)
  }

  package var foreground: Int?
  package var background: Int?
  package var attributes: Attributes

  init(_ foreground: Int? = nil, on background: Int? = nil, _ attributes: Attributes = []) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}

/// The one table of what roles look like at each depth.
///
/// The 256 colours are those of Okabe and Ito (2008), told apart with any common colour blindness, each
/// taken dark enough for a white background and light enough for a black one: vermilion 166, orange 172,
/// blue 32, bluish green 29. A background is named only together with a foreground. The 16 colours use
/// the first eight, all that the Linux console has, and neither dark blue (unreadable on black) nor green
/// (which some cannot tell from red).
package enum Palette {
  /// What a style looks like; the selected row is in reverse besides.
  package static func appearance(of style: Style, at depth: ColorDepth) -> Appearance {
    let looks = table(style.role)
    var appearance =
      switch depth {
      case .mono: looks.mono
      case .ansi16: looks.ansi16
      case .indexed256: looks.indexed256
      }
    if style.isSelected { appearance.attributes.insert(.reverse) }
    return appearance
  }

  private typealias Looks = (mono: Appearance, ansi16: Appearance, indexed256: Appearance)

  private static func same(_ attributes: Appearance.Attributes = []) -> Looks {
    (.init(nil, attributes), .init(nil, attributes), .init(nil, attributes))
  }

  private static func table(_ role: Role) -> Looks {
    switch role {
    case .normal, .input: same()
    case .title, .emphasis, .key: same(.bold)
    case .header: same(.underline)
    case .muted, .low, .border, .hint, .struck: (.init(nil, .dim), .init(nil, .dim), .init(244))
    case .critical: (.init(nil, [.bold, .underline]), .init(1, .bold), .init(166, .bold))
    case .high: (.init(nil, .bold), .init(3, .bold), .init(172, .bold))
    case .medium: (.init(), .init(6), .init(32))
    case .late: (.init(nil, .underline), .init(3), .init(172))
    case .milestone, .prompt: (.init(nil, .bold), .init(6, .bold), .init(32, .bold))
    case .good: (.init(), .init(6), .init(29))
    case .warning: (.init(nil, .underline), .init(3, .bold), .init(172, .bold))
    case .error: (.init(nil, [.bold, .underline]), .init(1, .bold), .init(166, .bold))
    case .banner: (.init(nil, [.reverse]), .init(0, on: 3), .init(16, on: 214))
    case .added: (.init(nil, .bold), .init(6, .bold), .init(29, .bold))
    }
  }
}
