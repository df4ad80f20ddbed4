/// The text as it may stand on a screen: nothing in it moves the cursor, hides, or reorders.
///
/// A log is shared, so its text is not trusted. Controls and bidirectional marks become visible signs;
/// joiners, variation selectors and skin tones go, since terminals disagree about the width that they
/// make; an unassigned scalar becomes `?`. What remains has a width that glibc, tmux and terminals agree
/// on. The log keeps the original. Applying it twice changes nothing.
package func displaySafe(_ text: String) -> String {
  var isASCII = true
  for byte in text.utf8 where byte < 0x20 || byte >= 0x7F { isASCII = false; break }
  if isASCII { return text }
  var safe = SafeText()
  for scalar in text.unicodeScalars { safe.append(scalar) }
  return safe.text
}

/// What becomes of one scalar on the screen.
enum Display {
  case shown, combining, dropped
  case replaced(by: String)

  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x20..<0x7F, 0xAE..<0x300: self = .shown
    case 0x09: self = .replaced(by: " ")
    case 0x0A, 0x2028, 0x2029: self = .replaced(by: "⏎")
    case 0x00..<0x20: self = .replaced(by: Display.picture(0x2400 + scalar.value))
    case 0x7F: self = .replaced(by: "␡")
    case 0x80..<0xA0, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x206F, 0xFFF9...0xFFFB:
      self = .replaced(by: Display.named(scalar.value))
    case 0x00AD, 0x034F, 0x180B...0x180F, 0x200B...0x200D, 0x2060...0x2064, 0xFE00...0xFE0F, 0xFEFF,
      0x1F3FB...0x1F3FF, 0xE0000...0xE0FFF:
      self = .dropped
    default:
      switch CellWidth.wcwidth(scalar) {
      case 0: self = .combining
      case 1, 2: self = .shown
      default: self = .replaced(by: "?")
      }
    }
  }

  /// `‹U+202E›`
  private static func named(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return "‹U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "›"
  }

  private static func picture(_ value: UInt32) -> String {
    Unicode.Scalar(value).map { String($0) } ?? "?"
  }
}

/// Text under construction that keeps each cell's marks to what a cell can hold.
private struct SafeText {
  var text = ""
  /// Marks on the last cell; nil before the first cell.
  private var marks: Int?

  mutating func append(_ scalar: Unicode.Scalar) {
    switch Display(scalar) {
    case .shown:
      text.unicodeScalars.append(scalar)
      marks = 0
    case .replaced(let visible):
      text.unicodeScalars.append(contentsOf: visible.unicodeScalars)
      marks = 0
    case .combining:
      if marks == nil { text.unicodeScalars.append("◌") }
      if marks ?? 0 < Cell.mostMarks { text.unicodeScalars.append(scalar) }
      marks = min((marks ?? 0) + 1, Cell.mostMarks)
    case .dropped:
      break
    }
  }
}
