/// Text in which nothing hidden is left that could act on a reader's screen: controls, escapes, bidirectional
/// overrides and other separators of lines become signs, the same signs as on the terminal.
///
/// Letters of any script, combining marks, joiners, variation selectors and emoji stay byte for byte. The line feed
/// becomes `⏎`, too: who wants lines splits first.
func visible(_ text: some StringProtocol) -> String {
  var isPlain = true
  for byte in text.utf8 where byte < 0x20 || byte >= 0x7F {
    isPlain = false
    break
  }
  if isPlain { return String(text) }
  var visible = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if let sign = sign(for: scalar) {
      visible.append(contentsOf: sign.unicodeScalars)
    } else {
      visible.append(scalar)
    }
  }
  return String(visible)
}

/// What stands for a scalar that must not act; nil for every other.
private func sign(for scalar: Unicode.Scalar) -> String? {
  switch scalar.value {
  case 0x09: " "
  case 0x0A, 0x2028, 0x2029: "⏎"
  case 0x00..<0x20: Unicode.Scalar(0x2400 + scalar.value).map { String($0) } ?? "?"
  case 0x7F: "␡"
  case 0x80..<0xA0, 0x202A...0x202E, 0x2066...0x206F, 0xFFF9...0xFFFB: named(scalar.value)
  default: nil
  }
}

/// `‹U+202E›`.
private func named(_ value: UInt32) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return "‹U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "›"
}
