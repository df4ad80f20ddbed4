/// The bytes that keys are known by, beyond what ``EscapeGrammar`` can tell.
struct KeySequences: Sendable {
  private let keys: [[UInt8]: Key]
  private let prefixes: Set<[UInt8]>

  /// The terminal's own sequences come first; those that do not begin with an escape, or that begin every
  /// other sequence, are not taken.
  init(terminfo: [[UInt8]: Key]) {
    let general: [[UInt8]] = [[0x1B, 0x1B], Array("\u{1B}[".utf8), Array("\u{1B}O".utf8)]
    let own = terminfo.filter { bytes, _ in
      bytes.count >= 2 && bytes.first == 0x1B && !general.contains(bytes)
    }
    keys = KeySequences.irregular.merging(own) { _, own in own }
    prefixes = keys.keys.reduce(into: []) { prefixes, bytes in
      for length in 1..<bytes.count { prefixes.insert(Array(bytes[..<length])) }
    }
  }

  subscript(bytes: [UInt8]) -> Key? { keys[bytes] }

  /// Whether a known sequence goes on from here.
  func isPrefix(_ bytes: [UInt8]) -> Bool { prefixes.contains(bytes) }

  /// Sequences outside the grammar of ECMA-48: the Linux console's F1 to F5, and rxvt's shift.
  private static let irregular: [[UInt8]: Key] = {
    var keys: [[UInt8]: Key] = [:]
    for (number, letter) in "ABCDE".enumerated() {
      keys[Array("\u{1B}[[\(letter)".utf8)] = Key(.function(number + 1))
    }
    for (number, code) in numbered { keys[Array("\u{1B}[\(number)$".utf8)] = Key(code, .shift) }
    return keys
  }()

  /// The keys of `CSI number ~`.
  static let numbered: [Int: Key.Code] = [
    1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5),
    17: .function(6), 18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10),
    23: .function(11), 24: .function(12), 25: .function(13), 26: .function(14),
    28: .function(15), 29: .function(16), 31: .function(17), 32: .function(18),
    33: .function(19), 34: .function(20),
  ]

  /// The keys of `CSI letter` and `SS3 letter`.
  static let lettered: [UInt8: Key.Code] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right,
    UInt8(ascii: "D"): .left, UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
    UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2),
    UInt8(ascii: "R"): .function(3), UInt8(ascii: "S"): .function(4),
  ]

  /// rxvt's arrows with a modifier are small letters.
  static let smallArrows: [UInt8: Key.Code] = [
    UInt8(ascii: "a"): .up, UInt8(ascii: "b"): .down, UInt8(ascii: "c"): .right,
    UInt8(ascii: "d"): .left,
  ]

  /// The number pad in application mode, as VT220 and PuTTY send it.
  static let keypad: [UInt8: Key.Code] = {
    var codes: [UInt8: Key.Code] = [
      UInt8(ascii: "M"): .enter, UInt8(ascii: "I"): .tab, UInt8(ascii: " "): .character(" "),
      UInt8(ascii: "X"): .character("="),
    ]
    for (letter, character) in zip(UInt8(ascii: "j")..., "*+,-./0123456789") {
      codes[letter] = .character(character)
    }
    return codes
  }()

  /// What stands for a byte that is no text.
  static let unreadable = Key(.character("\u{FFFD}"))

  /// The key of a control byte other than escape.
  static func control(_ byte: UInt8) -> Key {
    switch byte {
    case 0x00: Key(.character(" "), .control)
    // Which of the two Backspace sends differs from terminal to terminal.
    case 0x08, 0x7F: Key(.backspace)
    case 0x09: Key(.tab)
    case 0x0A, 0x0D: Key(.enter)
    case 0x01...0x1A: Key(.character(Character(Unicode.Scalar(byte + 0x60))), .control)
    default: Key(.character(Character(Unicode.Scalar(byte + 0x40))), .control)
    }
  }
}
