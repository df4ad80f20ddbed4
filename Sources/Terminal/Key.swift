/// A key as the program means it, whatever bytes the terminal sent for it.
package struct Key: Sendable, Hashable {
  package enum Code: Sendable, Hashable {
    case character(Character)
    case enter, escape, tab, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    case function(Int)
  }

  package struct Modifiers: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let shift = Modifiers(rawValue: 1)
    package static let alt = Modifiers(rawValue: 2)
    package static let control = Modifiers(rawValue: 4)
  }

  package var code: Code
  package var modifiers: Modifiers

  /// A key in its one form: a letter with control is small, a letter with shift is a capital and no more.
  package init(_ code: Code, _ modifiers: Modifiers = []) {
    self.code = code
    self.modifiers = modifiers
    guard case .character(let character) = code, character.isLetter else { return }
    if modifiers.contains(.control) {
      if let small = character.lowercased().only { self.code = .character(small) }
    } else if modifiers.contains(.shift), let capital = character.uppercased().only {
      self.code = .character(capital)
      self.modifiers.remove(.shift)
    }
  }
}

extension String {
  fileprivate var only: Character? { count == 1 ? first : nil }
}

/// What the decoder makes of the terminal's bytes.
package enum InputEvent: Sendable, Hashable {
  case key(Key)
  /// Pasted text, its lines ended by line feeds; no other control but tab is in it.
  case paste(String)
  /// Whether the terminal's window has just got the focus or lost it.
  case focus(Bool)
}
