/// What an escape sequence means by the grammar of ECMA-48 and the habits of xterm, rxvt and kitty.
enum EscapeGrammar {
  enum Step: Equatable {
    case incomplete
    case key(Key)
    case focus(Bool)
    case paste, mouse
    /// A string has begun, its first byte the last one.
    case string
    /// Complete, and means nothing here.
    case unknown
    /// The last byte is no part of a sequence, and begins anew.
    case aborted
    /// The last byte is a key with Alt.
    case alt
    /// An Escape was pressed before a key with Alt, or before another two.
    case escapeThenAlt, escapeThenAgain
  }

  /// The meaning of a sequence so far: an escape and at least one byte.
  static func step(_ bytes: [UInt8]) -> Step {
    guard bytes.count >= 2, let last = bytes.last else { return .incomplete }
    switch Character(Unicode.Scalar(bytes[1])) {
    case "[": return bytes.count == 2 ? .incomplete : control(bytes[2...].dropLast(), last)
    case "O": return bytes.count == 2 ? .incomplete : single(bytes[2...].dropLast(), last)
    case "P", "]", "_": return bytes.count == 2 ? .incomplete : .string
    case "\u{1B}": return bytes.count == 2 ? .incomplete : afterTwoEscapes(bytes, last)
    default: return .alt
    }
  }

  /// rxvt puts an escape before the sequence of a key with Alt.
  private static func afterTwoEscapes(_ bytes: [UInt8], _ last: UInt8) -> Step {
    if bytes.count == 3 {
      switch last {
      case UInt8(ascii: "["), UInt8(ascii: "O"): return .incomplete
      case 0x1B: return .escapeThenAgain
      default: return .escapeThenAlt
      }
    }
    let step = step(Array(bytes.dropFirst()))
    if case .key(let key) = step { return .key(Key(key.code, key.modifiers.union(.alt))) }
    return step
  }

  // MARK: CSI

  private static func control(_ parameters: ArraySlice<UInt8>, _ last: UInt8) -> Step {
    switch last {
    case 0x20..<0x40: return .incomplete
    case 0x40..<0x7F: break
    default: return .aborted
    }
    let isPlain = parameters.allSatisfy { (0x30...0x3B).contains($0) }
    guard isPlain else { return .unknown }
    return parameters.isEmpty
      ? bare(last) : numbered(Parameters(parameters), final: Character(Unicode.Scalar(last)), last)
  }

  private static func bare(_ last: UInt8) -> Step {
    switch Character(Unicode.Scalar(last)) {
    case "Z": return .key(Key(.tab, .shift))
    case "I": return .focus(true)
    case "O": return .focus(false)
    case "M": return .mouse
    default:
      if let code = KeySequences.lettered[last] { return .key(Key(code)) }
      return KeySequences.smallArrows[last].map { .key(Key($0, .shift)) } ?? .unknown
    }
  }

  private static func numbered(_ parameters: Parameters, final: Character, _ last: UInt8) -> Step {
    guard let first = parameters[0], !parameters.isRelease else { return .unknown }
    let code = KeySequences.numbered[first]
    switch final {
    case "~" where first == 200: return .paste
    case "~" where first == 27: return character(parameters[2], parameters.modifiers)
    case "~": return code.map { .key(Key($0, parameters.modifiers)) } ?? .unknown
    case "^": return code.map { .key(Key($0, .control)) } ?? .unknown
    case "@": return code.map { .key(Key($0, [.control, .shift])) } ?? .unknown
    case "u": return character(first, parameters.modifiers)
    case "Z": return .key(Key(.tab, parameters.modifiers.union(.shift)))
    // Anything else before R is a report of the cursor's place.
    case _ where first == 1:
      return KeySequences.lettered[last].map { .key(Key($0, parameters.modifiers)) } ?? .unknown
    default: return .unknown
    }
  }

  /// A key by its scalar: xterm's `modifyOtherKeys` and kitty's `CSI u`.
  private static func character(_ value: Int?, _ modifiers: Key.Modifiers) -> Step {
    switch value {
    case 13: return .key(Key(.enter, modifiers))
    case 27: return .key(Key(.escape, modifiers))
    case 9: return .key(Key(.tab, modifiers))
    case 8, 127: return .key(Key(.backspace, modifiers))
    case .some(let value) where value >= 0x20 && !(0x80..<0xA0).contains(value):
      // kitty's other keys have numbers in the private use area.
      guard !(0xE000...0xF8FF).contains(value), let value = UInt32(exactly: value),
        let scalar = Unicode.Scalar(value)
      else { return .unknown }
      return .key(Key(.character(Character(scalar)), modifiers))
    default: return .unknown
    }
  }

  // MARK: SS3

  private static func single(_ parameters: ArraySlice<UInt8>, _ last: UInt8) -> Step {
    switch last {
    case 0x30...0x3B: return .incomplete
    case 0x20..<0x7F: break
    default: return .aborted
    }
    // Older terminals put the modifier, and nothing else, between the two.
    let modifiers = parameters.isEmpty ? [] : Parameters(parameters).lastModifiers
    if let code = KeySequences.lettered[last] ?? KeySequences.keypad[last] {
      return .key(Key(code, modifiers))
    }
    return KeySequences.smallArrows[last].map { .key(Key($0, .control)) } ?? .unknown
  }
}

/// The numbers of a sequence: fields set apart by `;`, each with parts set apart by `:`.
private struct Parameters {
  private let fields: [[Int?]]

  init(_ bytes: ArraySlice<UInt8>) {
    fields = bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
      $0.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map {
        Int(String(decoding: $0, as: UTF8.self))
      }
    }
  }

  subscript(field: Int) -> Int? {
    fields.indices.contains(field) ? fields[field].first ?? nil : nil
  }

  /// The second field: one more than the sum of 1 shift, 2 alt, 4 control.
  var modifiers: Key.Modifiers { Parameters.modifiers(self[1]) }

  var lastModifiers: Key.Modifiers { Parameters.modifiers(self[fields.count - 1]) }

  /// Whether kitty reports that the key was let go.
  var isRelease: Bool { fields.count > 1 && fields[1].count > 1 && fields[1][1] == 3 }

  private static func modifiers(_ value: Int?) -> Key.Modifiers {
    guard let value, (1...256).contains(value) else { return [] }
    return Key.Modifiers(rawValue: UInt8(value - 1) & 7)
  }
}
