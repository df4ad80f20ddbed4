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

/// The one table of what roles look like, in each theme and at each depth.
///
/// Colour never tells alone: a priority is a text too, what is late or struck says so, and without colours the
/// attributes tell the urgent, the late and the struck apart. A background is named only together with a foreground.
package enum Palette {
  /// What a style looks like; the selected row is in reverse besides.
  package static func appearance(
    of style: Style, at depth: ColorDepth, in theme: Theme = .standard
  ) -> Appearance {
    var appearance = look(style.role, Hues(theme, at: depth))
    if style.isSelected { appearance.attributes.formSymmetricDifference(.reverse) }
    return appearance
  }

  private static func look(_ role: Role, _ hues: Hues) -> Appearance {
    switch role {
    case .normal, .input: Appearance()
    case .title, .emphasis, .key: Appearance(nil, .bold)
    case .header: Appearance(nil, .underline)
    case .muted, .low, .border, .hint, .struck: hues.muted
    case .critical, .error: hues.alarm
    case .high, .warning: hues.caution.with(.bold)
    case .late: hues.caution
    case .medium: hues.calm
    case .milestone, .prompt: hues.calm.with(.bold)
    case .good: hues.good
    case .added: hues.good.with(.bold)
    case .banner: hues.banner
    }
  }
}

extension Appearance {
  fileprivate func with(_ more: Attributes) -> Appearance {
    var appearance = self
    appearance.attributes.formUnion(more)
    return appearance
  }
}
