extension CSVTable {
  /// RFC 4180 in UTF-8: a line of names, a line a row, each ended by CR and LF.
  ///
  /// - Parameter isForExcel: with the byte-order mark in front, without which Excel takes UTF-8 for the machine's old
  ///   code page.
  package func text(isForExcel: Bool = false) -> String {
    var text = isForExcel ? "\u{FEFF}" : ""
    text += CSVTable.line(["v"] + columns)
    for row in rows { text += CSVTable.line([String(version)] + row.map(\.text)) }
    return text
  }

  private static func line(_ fields: [String]) -> String {
    fields.map(quoted).joined(separator: ",") + "\r\n"
  }

  /// In quotes where something in it could end the field or the line, a semicolon among it: there are places where that
  /// separates.
  private static func quoted(_ field: String) -> String {
    let needsQuotes =
      field.utf8.contains { ",\";\n\r".utf8.contains($0) }
      || field.utf8.first == UInt8(ascii: " ") || field.utf8.last == UInt8(ascii: " ")
    return needsQuotes
      ? "\"" + field.replacingScalars("\"", with: "\"\"") + "\"" : field
  }
}

extension CSVTable.Cell {
  fileprivate var text: String {
    switch self {
    case .empty: ""
    case .text(let text): inert(text)
    case .number(let number): String(number)
    case .flag(let flag): flag ? "true" : "false"
    }
  }
}

/// A text that no spreadsheet runs as a formula: an apostrophe stands in front of what would begin one (`=`, `+`, `-`, `@`
/// and their wide forms), also behind spaces, at the start of a further line, and behind a semicolon, where another
/// country's spreadsheet begins a new cell. Controls are visible signs, as everywhere; line feeds stay.
///
/// Nothing is lost by it: what begins with an apostrophe already gets another one, so that taking one away at each of
/// these places gives the text back.
private func inert(_ text: String) -> String {
  let text = text.lines.map { visible($0) }.joined(separator: "\n")
  var inert = String.UnicodeScalarView()
  var isAtStart = true
  var pending = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if isAtStart, isBlank(scalar) {
      pending.append(scalar)
      continue
    }
    if isAtStart, startsFormula(scalar) { inert.append("'") }
    inert.append(contentsOf: pending)
    pending.removeAll()
    inert.append(scalar)
    isAtStart = scalar == "\n" || scalar == ";"
  }
  inert.append(contentsOf: pending)
  return String(inert)
}

/// What a spreadsheet may skip before it looks for a formula: spaces, invisible marks, quotation marks, which it may take
/// for its own.
private func isBlank(_ scalar: Unicode.Scalar) -> Bool {
  if scalar == "\n" { return false }
  if scalar == "\"" { return true }
  return scalar.properties.isWhitespace || scalar.properties.generalCategory == .format
}

private func startsFormula(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "=", "+", "-", "@", "'", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
  default: false
  }
}

extension String {
  /// By scalars: a combining mark behind a quotation mark is one character with it.
  func replacingScalars(_ wanted: Unicode.Scalar, with text: String) -> String {
    var replaced = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if scalar == wanted {
        replaced.append(contentsOf: text.unicodeScalars)
      } else {
        replaced.append(scalar)
      }
    }
    return String(replaced)
  }
}
