// Names of keys, as a keymap, a script and the help write them: `n`, `R`, `F2`, `Enter`, `ctrl-a`,
// `alt-b`, `ctrl-alt-Delete`, `Space`, `ctrl--`.

extension Key {
  private static let names: [(name: String, code: Code)] = [
    ("Enter", .enter), ("Esc", .escape), ("Tab", .tab), ("Space", .character(" ")),
    ("Backspace", .backspace), ("Delete", .delete), ("Insert", .insert),
    ("Up", .up), ("Down", .down), ("Left", .left), ("Right", .right),
    ("Home", .home), ("End", .end), ("PageUp", .pageUp), ("PageDown", .pageDown),
  ]

  private static let otherNames: [(name: String, code: Code)] = [
    ("Return", .enter), ("Escape", .escape), ("Del", .delete), ("Ins", .insert),
    ("PgUp", .pageUp), ("PgDn", .pageDown),
  ]

  private static let prefixes: [(name: String, modifier: Modifiers)] = [
    ("ctrl-", .control), ("alt-", .alt), ("shift-", .shift),
  ]

  /// The key's name, which ``init(_:)`` reads back.
  package var name: String {
    let prefix = Key.prefixes.reduce(into: "") {
      if modifiers.contains($1.modifier) { $0 += $1.name }
    }
    if let named = Key.names.first(where: { $0.code == code }) { return prefix + named.name }
    switch code {
    case .character(let character): return prefix + String(character)
    case .function(let number): return prefix + "F\(number)"
    default: preconditionFailure("every other code stands in the table")
    }
  }

  /// The key of that name, nil when there is none. Capitals matter in a single letter alone.
  package init?(_ name: String) {
    var rest = Substring(name)
    var modifiers: Modifiers = []
    while let prefix = Key.prefixes.first(where: {
      rest.count > $0.name.count && rest.lowercased().hasPrefix($0.name)
    }) {
      rest = rest.dropFirst(prefix.name.count)
      modifiers.insert(prefix.modifier)
    }
    guard let code = Key.code(named: rest) else { return nil }
    self.init(code, modifiers)
  }

  private static func code(named name: Substring) -> Code? {
    if name.count == 1, let character = name.first {
      if character == " " { return .character(" ") }
      let isVisible = character.unicodeScalars.allSatisfy { CellWidth.wcwidth($0) >= 0 }
      return isVisible && character != "\0" ? .character(character) : nil
    }
    let small = name.lowercased()
    if let named = (names + otherNames).first(where: { $0.name.lowercased() == small }) {
      return named.code
    }
    guard small.first == "f", let number = Int(small.dropFirst()), (1...63).contains(number)
    else { return nil }
    return .function(number)
  }
}

extension Key: ExpressibleByStringLiteral {
  /// A key by a name that stands in the program's text, so that `Key("ctrl-a")` needs no unwrapping.
  package init(stringLiteral name: String) {
    guard let key = Key(name) else { preconditionFailure("no key is called '\(name)'") }
    self = key
  }
}

extension Key: CustomStringConvertible {
  package var description: String { name }
}
