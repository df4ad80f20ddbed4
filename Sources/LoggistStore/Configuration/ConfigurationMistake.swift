/// Something in a configuration file that is not as docs/config.md says; the rest of the file holds.
package struct ConfigurationMistake: Error, Sendable, Hashable {
  package let file: String
  /// From 1; 0 where the parser does not say.
  package let line: Int
  /// Dotted: `targets.P1.ack`; empty for the file itself.
  package let key: String
  package let problem: Problem

  package enum Problem: Sendable, Hashable {
    case notYAML(String)
    case cannotRead(Errno)
    case unknownKey(near: String?)
    case doubledKey
    /// What was expected there, in a few words.
    case expected(String, found: String)
    case unknownName(String, of: String)
  }
}

extension ConfigurationMistake: CustomStringConvertible {
  /// `"hours": expected 12 or 24, found "13"`: what and where in the file; the line is printed by who prints the path.
  package var description: String {
    key.isEmpty ? "\(problem)" : "\"\(key)\": \(problem)"
  }
}

extension ConfigurationMistake.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notYAML(let why): "not YAML: \(why)"
    case .cannotRead(let error): "cannot be read: \(error)"
    case .unknownKey(let near?): "unknown key; did you mean \"\(near)\"?"
    case .unknownKey(nil): "unknown key"
    case .doubledKey: "stands twice; the first counts"
    case .expected(let what, let found): "expected \(what), found \(found)"
    case .unknownName(let name, let table): "\"\(name)\" is not among the \(table)"
    }
  }
}
