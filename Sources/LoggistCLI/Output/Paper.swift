import Glibc
import LoggistModel
import Terminal

/// What the output is written on: how wide it is, and which colours it has. A pipe is white and endless.
struct Paper {
  /// Columns of the terminal; nil where nothing limits a line.
  var width: Int?
  var depth: ColorDepth
  var theme = Theme.standard

  static let plain = Paper(width: nil, depth: .mono, isPainted: false)

  /// Attributes and colours are written; else not one escape.
  private var isPainted: Bool

  private init(width: Int?, depth: ColorDepth, isPainted: Bool) {
    (self.width, self.depth, self.isPainted) = (width, depth, isPainted)
  }

  /// Standard output as it is, with what was asked for.
  init(_ color: ColorChoice, theme: Theme = .standard) {
    self.theme = theme
    let isTerminal = StandardOutput.isTerminal
    width = isTerminal ? Paper.columns() : nil
    let name = Environment["TERM"] ?? "dumb"
    let isCapable = name != "dumb"
    switch color {
    case .never: (depth, isPainted) = (.mono, false)
    case .always:
      (depth, isPainted) = (Paper.depth(of: name) == .mono ? .ansi16 : Paper.depth(of: name), true)
    case .auto:
      let hasColor = Environment["NO_COLOR"] == nil
      depth = hasColor ? Paper.depth(of: name) : .mono
      isPainted = isTerminal && isCapable && hasColor
    }
  }

  private static func depth(of terminal: String) -> ColorDepth {
    if terminal == "dumb" || terminal.hasPrefix("vt") { return .mono }
    let hasMany = terminal.hasSuffix("256color") || Environment["COLORTERM"] != nil
    return hasMany ? .indexed256 : .ansi16
  }

  private static func columns() -> Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}

extension Paper {
  /// A text of the log or of ours, safe for a screen, in the look of its role.
  func paint(_ text: String, _ role: Role = .normal) -> String {
    let text = displaySafe(text)
    guard isPainted, !text.isEmpty else { return text }
    let codes = Paper.codes(Palette.appearance(of: Style(role), at: depth, in: theme))
    guard !codes.isEmpty else { return text }
    return "\u{1B}[\(codes.joined(separator: ";"))m\(text)\u{1B}[0m"
  }

  /// The parameters of the terminal's SGR (ECMA-48).
  private static func codes(_ look: Appearance) -> [String] {
    var codes: [String] = []
    if look.attributes.contains(.bold) { codes.append("1") }
    if look.attributes.contains(.dim) { codes.append("2") }
    if look.attributes.contains(.underline) { codes.append("4") }
    if look.attributes.contains(.reverse) { codes.append("7") }
    if let color = look.foreground { codes.append(color < 8 ? "3\(color)" : "38;5;\(color)") }
    if let color = look.background { codes.append(color < 8 ? "4\(color)" : "48;5;\(color)") }
    return codes
  }
}
