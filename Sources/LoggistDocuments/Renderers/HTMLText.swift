/// The text with everything escaped that HTML would take for markup, in an element and in a quoted attribute alike.
/// Controls, overrides and line feeds are visible signs.
///
/// Scalar by scalar: `<` with a combining mark behind it is one character to Swift and still a tag to a browser.
func html(_ text: some StringProtocol) -> String {
  let text = visible(text)
  if !text.utf8.contains(where: { isHTMLMarkup($0) }) { return text }
  var escaped = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
    case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
    case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
    case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
    case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
    default: escaped.append(scalar)
    }
  }
  return String(escaped)
}

private func isHTMLMarkup(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
    || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
}

/// The text on one line: in titles, attributes and drawings.
func html(oneLine text: String) -> String {
  text.lines.map { html($0) }.joined(separator: " ")
}

/// The text with its lines: breaks between them.
func html(lines text: String) -> String {
  text.lines.map { html($0) }.joined(separator: "<br>")
}
