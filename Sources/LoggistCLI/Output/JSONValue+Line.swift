import LoggistModel

extension JSONValue {
  /// The value as a line of output.
  ///
  /// What a string may hold as it is, and a terminal acts on all the same (DEL, C1 controls, bidirectional overrides), is
  /// written as an escape; programs read the same.
  var line: String { JSONValue.inert(text) + "\n" }

  static func inert(_ json: String) -> String {
    if json.utf8.allSatisfy({ $0 < 0x7F }) { return json }
    var text = String.UnicodeScalarView()
    for scalar in json.unicodeScalars {
      switch scalar.value {
      case 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x206F:
        let digits = String(scalar.value, radix: 16)
        let zeros = String(repeating: "0", count: 4 - digits.count)
        text.append(contentsOf: "\\u\(zeros)\(digits)".unicodeScalars)
      default: text.append(scalar)
      }
    }
    return String(text)
  }
}
