import Foundation
import LoggistDocuments
import LoggistModel
import Testing

/// Compares a whole document to the file of that name; LOGGIST_UPDATE=1 records it anew, to be read before it is
/// committed.
func expectDocument(
  _ text: String, named name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Documents/\(name)")
  if ProcessInfo.processInfo.environment["LOGGIST_UPDATE"] == "1" {
    try Data(text.utf8).write(to: file)
  }
  let expected = try Data(contentsOf: file)
  #expect(Data(text.utf8) == expected, "differs from \(name)", sourceLocation: sourceLocation)
}

extension TextMeasure {
  /// A cell a character, controls as signs: enough where no wide letter stands.
  static let simple = TextMeasure(
    width: { $0.count },
    safe: { text in
      String(
        String.UnicodeScalarView(
          text.unicodeScalars.map { scalar in
            switch scalar.value {
            case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "?"
            case 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: "\u{FFFD}"
            default: scalar
            }
          }))
    })
}

extension JSONValue {
  /// For reading: a member a line, so that a difference is a line.
  var lines: String {
    func write(_ value: JSONValue, _ indent: String) -> String {
      switch value {
      case .array(let values) where !values.isEmpty:
        let inner = values.map { indent + "  " + write($0, indent + "  ") }
        return "[\n" + inner.joined(separator: ",\n") + "\n\(indent)]"
      case .object(let members) where !members.isEmpty:
        let inner = members.map {
          indent + "  " + JSONValue.string($0.name).text + ": " + write($0.value, indent + "  ")
        }
        return "{\n" + inner.joined(separator: ",\n") + "\n\(indent)}"
      default: return value.text
      }
    }
    return write(self, "") + "\n"
  }
}
