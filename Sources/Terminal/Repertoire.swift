/// Which characters a terminal can be trusted with.
///
/// Screens are made of the same characters everywhere; what a terminal has no picture of is replaced where it is
/// painted, cell for cell, so that no layout depends on it.
package enum Repertoire: Sendable, Hashable, CaseIterable {
  case unicode
  /// The Linux console's font of 256 or 512 glyphs: letters, lines and blocks, but no braille and few symbols.
  case console
  /// Nobody said that the terminal reads UTF-8 (`LANG` is `C`, `de_DE` or not set): lines and symbols are ASCII, letters stay as
  /// they were typed, since most terminals read them all the same and a name is worth the risk.
  case plain
  /// Another character set was named: everything beyond ASCII would come out as rubbish.
  case ascii

  /// - Parameter locale: what `LC_ALL`, `LC_CTYPE` or `LANG` says, the first that is set.
  package init(terminal: String, locale: String?) {
    let name = (locale ?? "").lowercased()
    guard let dot = name.firstIndex(of: ".") else {
      self = .plain
      return
    }
    let charset = name[name.index(after: dot)...]
    if charset.hasPrefix("utf-8") || charset.hasPrefix("utf8") {
      self = terminal.hasPrefix("linux") ? .console : .unicode
    } else {
      self = .ascii
    }
  }

  /// The variable that decides, as `setlocale` reads them.
  static func locale(_ variable: (String) -> String?) -> String? {
    ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(variable).first { !$0.isEmpty }
  }
}

extension Repertoire {
  /// A cell's glyph, or what stands in for it: as wide as it was.
  func shown(_ glyph: String) -> String {
    if self == .unicode { return glyph }
    guard let scalar = glyph.unicodeScalars.first, !scalar.isASCII else { return glyph }
    if self == .console, Repertoire.isOnConsole(scalar) { return glyph }
    if let symbol = Repertoire.symbols[scalar] ?? Repertoire.braille(scalar) {
      return String(symbol)
    }
    if self != .ascii { return glyph }
    return CellWidth.of(glyph) == 2 ? "??" : "?"
  }

  /// What is in the kernel's own font and in those that distributions load: lines, blocks and shades.
  private static func isOnConsole(_ scalar: Unicode.Scalar) -> Bool {
    "─│┌┐└┘├┤┬┴┼█▀▄▌▐░▒▓·".unicodeScalars.contains(scalar)
  }

  private static let symbols: [Unicode.Scalar: Character] = [
    "─": "-", "│": "|", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+", "┬": "+",
    "┴": "+", "┼": "+", "█": "#", "▀": "'", "▄": "_", "▌": ">", "▐": "<", "░": ".", "▒": ":",
    "▓": "%", "·": ".", "•": "*", "●": "*", "…": ">", "⋮": ":", "✓": "v", "✗": "x", "☎": "T",
    "–": "-", "—": "-", "−": "-", "→": ">", "←": "<", "↑": "^", "↓": "v", "↵": "<", "×": "x",
    "≤": "<", "≥": ">", "␛": "^", "␀": "^", "�": "?", "“": "\"", "”": "\"", "‘": "'", "’": "'",
    "‹": "<", "›": ">", "⏎": "<",
  ]

  /// Eight dots as the character that has its ink where they are: high, in the middle, low, or all over.
  private static func braille(_ scalar: Unicode.Scalar) -> Character? {
    guard (0x2800...0x28FF).contains(scalar.value) else { return nil }
    let dots = scalar.value - 0x2800
    // Dots 1 and 4 are the top row, 2 and 5, 3 and 6, 7 and 8 the rows below.
    let (top, bottom) = (dots & 0b0000_1001 != 0, dots & 0b1100_0000 != 0)
    let middle = dots & 0b0011_0110 != 0
    switch (top, middle, bottom) {
    case (false, false, false): return " "
    case (true, false, false): return "'"
    case (false, true, false): return "-"
    case (false, false, true): return "."
    case (true, true, false): return "'"
    case (false, true, true): return ","
    default: return "|"
    }
  }
}
