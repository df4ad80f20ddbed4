package import Yams

/// A file of YAML that people write: every value is the text that stands there.
package enum YAMLText {
  /// Why it is no YAML, and on which line, from 1; 0 where nobody knows.
  package struct Mistake: Error, Sendable, Hashable {
    package let line: Int
    package let why: String
  }

  /// The root of a file; nil where there is nothing in it.
  package static func root(of text: String) throws(Mistake) -> Node? {
    do {
      // The default resolver would take `no` for false and `1.10` for a number, and compile a regular expression for
      // each sort of scalar first, which takes longer than reading the file.
      return try Yams.compose(yaml: text, .basic)
    } catch {
      throw mistake(error)
    }
  }

  private static func mistake(_ error: any Error) -> Mistake {
    guard let error = error as? YamlError else { return Mistake(line: 0, why: "\(error)") }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return Mistake(line: mark.line, why: problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let key = duplicates.first?.debugDescription ?? "a key"
      return Mistake(line: context.mark.line, why: "\(key) stands twice")
    default: return Mistake(line: 0, why: "unreadable")
    }
  }
}

extension Node {
  /// From 1; 0 where it belongs to no line.
  package var line: Int { mark?.line ?? 0 }

  /// A scalar as it was written; nil where it is none, or empty.
  package var writtenText: String? {
    guard let text = scalar?.string, !text.isEmpty else { return nil }
    return text
  }

  /// How a value is shown where another was expected.
  package var shown: String {
    if let scalar { return scalar.string.isEmpty ? "nothing" : "\"\(scalar.string)\"" }
    return mapping != nil ? "keys and values" : "a list"
  }
}
