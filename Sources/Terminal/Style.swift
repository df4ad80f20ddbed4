/// What a piece of the screen means; what that looks like is the palette's business.
package enum Role: UInt8, CaseIterable, Sendable {
  case normal, title, header, muted, emphasis
  case critical, high, medium, low
  case late, struck, milestone
  case good, warning, error
  case prompt, input, hint, key
  case banner, border, added

  /// The role's letter in golden screens; no two roles share one.
  package var letter: Character {
    switch self {
    case .normal: "n"
    case .title: "t"
    case .header: "d"
    case .muted: "u"
    case .emphasis: "e"
    case .critical: "c"
    case .high: "h"
    case .medium: "m"
    case .low: "l"
    case .late: "a"
    case .struck: "s"
    case .milestone: "o"
    case .good: "g"
    case .warning: "w"
    case .error: "x"
    case .prompt: "p"
    case .input: "i"
    case .hint: "v"
    case .key: "k"
    case .banner: "b"
    case .border: "r"
    case .added: "f"
    }
  }
}

/// The style of a cell: its meaning, and whether the row under the cursor runs through it.
package struct Style: Sendable, Hashable {
  package var role: Role
  package var isSelected: Bool

  package init(_ role: Role = .normal, isSelected: Bool = false) {
    self.role = role
    self.isSelected = isSelected
  }

  /// The same meaning on the selected row.
  package var selected: Style { Style(role, isSelected: true) }

  /// The style's letter in golden screens: capital when selected, `·` for an ordinary cell.
  package var letter: String {
    if isSelected { return role.letter.uppercased() }
    return role == .normal ? "·" : String(role.letter)
  }
}

extension Style {
  package static let normal = Style(.normal)
  package static let title = Style(.title)
  package static let header = Style(.header)
  package static let muted = Style(.muted)
  package static let emphasis = Style(.emphasis)
  package static let critical = Style(.critical)
  package static let high = Style(.high)
  package static let medium = Style(.medium)
  package static let low = Style(.low)
  package static let late = Style(.late)
  package static let struck = Style(.struck)
  package static let milestone = Style(.milestone)
  package static let good = Style(.good)
  package static let warning = Style(.warning)
  package static let error = Style(.error)
  package static let prompt = Style(.prompt)
  package static let input = Style(.input)
  package static let hint = Style(.hint)
  package static let key = Style(.key)
  package static let banner = Style(.banner)
  package static let border = Style(.border)
  package static let added = Style(.added)
}
