package import LoggistModel

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
    /// The whole path, for the command that mends it.
    case writableByAll(path: String)
    case unknownKey(near: String?)
    case doubledKey
    /// What was expected there, in a few words.
    case expected(String, found: String)
    case unknownName(String, of: String)
    /// A file that does not lie in the store's folder, or by way of a link.
    case notInTheStore
    /// Of a calendar file.
    case calendar(CalendarMistake.Problem)
    case unknownAction(near: [String])
    case unknownKeyName(String)
    /// The key means something else in a place where this action works, too.
    case keyTaken(String, by: String, place: String)
  }

  package init(file: String, line: Int, key: String, problem: Problem) {
    (self.file, self.line, self.key, self.problem) = (file, line, key, problem)
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
    case .writableByAll(let path):
      "everybody may write it, so it is not read: take that away with 'chmod o-w \(path)'"
    case .unknownKey(let near?): "unknown key; did you mean \"\(near)\"?"
    case .unknownKey(nil): "unknown key"
    case .doubledKey: "stands twice; the first counts"
    case .expected(let what, let found): "expected \(what), found \(found)"
    case .unknownName(let name, let table): "\"\(name)\" is not among the \(table)"
    case .notInTheStore: "a calendar file lies in the store's folder, and not behind a link"
    case .calendar(let problem): "\(problem)"
    case .unknownAction(let near):
      near.isEmpty
        ? "there is no such action; the manual page lists them"
        : "there is no such action; did you mean \(near.map { "\"\($0)\"" }.joined(separator: " or "))?"
    case .unknownKeyName(let key):
      "there is no key \"\(key)\": they are called like n, R, ctrl-x, alt-b, F2, Enter, PageUp"
    case .keyTaken(let key, let action, let place):
      "\"\(key)\" is \(action) on the \(place) screen already, and stays it"
    }
  }
}
