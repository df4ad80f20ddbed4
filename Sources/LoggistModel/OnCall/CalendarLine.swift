/// A line of a calendar file, unfolded: `DTSTART;TZID=Africa/Lagos:20220103T080000` (RFC 5545, 3.1).
struct CalendarLine {
  /// Of its first physical line, from 1.
  let number: Int
  /// In capitals.
  let name: String
  let value: String
  private let parameters: [(name: String, value: String)]

  /// Nil where there is no colon.
  init?(_ bytes: [UInt8], number: Int) {
    var (parts, part, isQuoted) = ([[UInt8]](), [UInt8](), false)
    var rest: ArraySlice<UInt8>?
    for (place, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if !isQuoted, byte == UInt8(ascii: ":") {
        rest = bytes[(place + 1)...]
        break
      } else if !isQuoted, byte == UInt8(ascii: ";") {
        parts.append(part)
        part = []
      } else {
        part.append(byte)
      }
    }
    guard let rest else { return nil }
    parts.append(part)
    self.number = number
    name = String(decoding: parts[0], as: UTF8.self).uppercased()
    value = String(decoding: rest, as: UTF8.self)
    parameters = parts.dropFirst().compactMap { part in
      guard let split = part.firstIndex(of: UInt8(ascii: "=")) else { return nil }
      return (
        String(decoding: part[..<split], as: UTF8.self).uppercased(),
        String(decoding: part[(split + 1)...], as: UTF8.self)
      )
    }
  }

  func parameter(_ name: String) -> String? {
    parameters.first { $0.name == name && !$0.value.isEmpty }?.value
  }

  /// The value as a text: `\n`, `\,`, `\;` and `\\` are what they stand for.
  var text: String {
    var (text, isEscaped) = ("", false)
    for scalar in value.unicodeScalars {
      if isEscaped {
        text.unicodeScalars.append(scalar == "n" || scalar == "N" ? " " : scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text.trimmingBlanks
  }

  /// The lines of a file; one that begins with a blank goes on with the line before it.
  static func lines(of bytes: [UInt8]) -> [CalendarLine] {
    var logical: [(number: Int, bytes: [UInt8])] = []
    let physical = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (place, line) in physical.enumerated() {
      let line = line.last == 0x0D ? line.dropLast() : line
      if let first = line.first, first == 0x20 || first == 0x09, !logical.isEmpty {
        logical[logical.count - 1].bytes += line.dropFirst()
      } else if !line.isEmpty {
        logical.append((place + 1, Array(line)))
      }
    }
    return logical.compactMap { CalendarLine($0.bytes, number: $0.number) }
  }
}

extension String {
  /// Without white space at its ends.
  var trimmingBlanks: String {
    let front = drop(while: \.isWhitespace)
    return String(front.reversed().drop(while: \.isWhitespace).reversed())
  }
}
