/// How a letter of a word that is looked for may stand in a log.
///
/// A search takes capital and small letters for the same, and letters that Unicode holds to be the same in whatever
/// way they are composed: a k is found where a kelvin sign stands, an é where an e and an accent do. Each way is a
/// pattern. A letter of which it is not known that these are all of them has none; a test goes through all of Unicode.
struct Spellings: Sendable, Hashable {
  private(set) var patterns: [BytePattern] = []

  /// Nil for a letter whose ways are not known, or that may stand behind a backslash. Small letters only.
  init?(_ letter: Character) {
    let scalars = letter.unicodeScalars
    guard let scalar = scalars.first, scalars.count == 1 else { return nil }
    if scalar.isASCII {
      guard !Spellings.isEscaped(scalar) else { return nil }
    } else if Spellings.isIndivisible(scalar) {
      // No other letter than its capital.
    } else if let parts = Parts(scalar) {
      for base in [String(parts.base), String(parts.base).uppercased()] {
        for mark in parts.marks { add(Array(base.utf8) + Array(String(mark).utf8)) }
      }
    } else {
      return nil
    }
    add(letter.utf8)
    add(letter.uppercased().utf8)
    for other in Spellings.others[scalar] ?? [] { add(String(other).utf8) }
    if Spellings.isIdeograph(scalar) {
      for other in Spellings.compatibilityIdeographs where String(other) == String(letter) {
        add(String(other).utf8)
      }
    }
  }

  private mutating func add(_ bytes: some Collection<UInt8>) {
    for index in patterns.indices where patterns[index].merge(bytes) { return }
    patterns.append(BytePattern(bytes))
  }
}

// MARK: - Which letters are known

extension Spellings {
  /// JSON has another way to write these.
  private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || scalar == "\"" || scalar == "\\" || scalar == "/" || scalar.value == 0x7F
  }

  /// What else becomes a letter in small letters, or is the same by Unicode's equivalence.
  private static let others: [Unicode.Scalar: [Unicode.Scalar]] = [
    "k": ["\u{212A}"], ";": ["\u{37E}"], "`": ["\u{1FEF}"], "å": ["\u{212B}"], "ω": ["\u{2126}"],
    "θ": ["\u{3F4}"], "ι": ["\u{1FBE}"], "ß": ["\u{1E9E}"],
  ]

  /// Letters that have no parts, in scripts where people write them.
  private static func isIndivisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xDF, 0xE6, 0xF0, 0xF8, 0xFE, 0x111, 0x127, 0x131, 0x142, 0x14B, 0x153, 0x167: true
    case 0x3B1...0x3C1, 0x3C3...0x3C9: true
    case 0x430...0x438, 0x43A...0x44F, 0x452, 0x454...0x456, 0x458...0x45B, 0x45F, 0x491: true
    case 0x561...0x586: true
    case 0x5D0...0x5EA: true
    case 0x621, 0x627...0x63A, 0x641...0x64A, 0x67E, 0x686, 0x698, 0x6A9, 0x6AF, 0x6CC: true
    case 0x905...0x928, 0x92A...0x930, 0x932, 0x933, 0x935...0x939: true
    case 0xE01...0xE30: true
    case 0x3041...0x304B, 0x304D, 0x304F, 0x3051, 0x3053, 0x3055, 0x3057, 0x3059, 0x305B, 0x305D,
      0x305F, 0x3061, 0x3063, 0x3064, 0x3066, 0x3068, 0x306A...0x306F, 0x3072, 0x3075, 0x3078,
      0x307B, 0x307E...0x3093:
      true
    case 0x30A1...0x30AB, 0x30AD, 0x30AF, 0x30B1, 0x30B3, 0x30B5, 0x30B7, 0x30B9, 0x30BB, 0x30BD,
      0x30BF, 0x30C1, 0x30C3, 0x30C4, 0x30C6, 0x30C8, 0x30CA...0x30CF, 0x30D2, 0x30D5, 0x30D8,
      0x30DB, 0x30DE...0x30F3, 0x30FC:
      true
    default: isIdeograph(scalar)
    }
  }

  private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
    (0x4E00...0x9FFF).contains(scalar.value)
  }

  private static let compatibilityIdeographs: [Unicode.Scalar] = [
    0xF900...0xFAFF, 0x2F800...0x2FA1F,
  ].flatMap { $0.compactMap { Unicode.Scalar($0) } }
}

/// The parts of a Latin letter with one mark over, under or through it: e and an acute accent.
private struct Parts {
  let base: Unicode.Scalar
  /// The mark in every way that it can be written.
  let marks: [Unicode.Scalar]

  /// Nil where the letter has other parts. Cost: Unicode is asked for some thousand pairs.
  init?(_ letter: Unicode.Scalar) {
    guard [0xC0...0x24F, 0x1E00...0x1EFF].contains(where: { $0.contains(letter.value) }) else {
      return nil
    }
    for base in (0x61...0x7A as ClosedRange<UInt8>).map(Unicode.Scalar.init) {
      for mark in (0x300...0x331 as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init) {
        var pair = String(base)
        pair.unicodeScalars.append(mark)
        if pair == String(letter) {
          (self.base, marks) = (base, [mark] + (Parts.others[mark] ?? []))
          return
        }
      }
    }
    return nil
  }

  private static let others: [Unicode.Scalar: [Unicode.Scalar]] = [
    "\u{300}": ["\u{340}"], "\u{301}": ["\u{341}"],
  ]
}
