/// A mistake in a map: where it stands and what was expected there.
package struct MapMistake: Sendable, Hashable, CustomStringConvertible {
  package var file: String
  /// From 1; 0 where it belongs to no line.
  package var line: Int
  package var key: String
  package var problem: Problem

  package enum Problem: Sendable, Hashable {
    case notYAML(String)
    case unknownKey(near: String?, among: [String])
    case expected(String, found: String)
    case notATimeFormat(String)
    case unknownZone(String)
    case unknownKind(String, near: String?)
    case kindNeeds(kind: String, field: String)
    case kindHasNo(kind: String, field: String, among: [String])
    case notAmong(String, [String])
    case noSuchColumn(String, near: String?, among: [String])
    case noTimes
    case openBrace(String)
  }

  /// `map.yaml:7: text: there is no column "descr"; did you mean "description"?`
  package var description: String {
    let place = line > 0 ? "\(file):\(line): " : "\(file): "
    return place + (key.isEmpty ? "" : "\(key): ") + "\(problem)"
  }
}

extension MapMistake.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notYAML(let why): "not YAML: \(why)"
    case .unknownKey(let near?, _): "unknown key; did you mean \"\(near)\"?"
    case .unknownKey(nil, let known): "unknown key; there is \(known.joined(separator: ", "))"
    case .expected(let what, let found): "expected \(what), found \(found)"
    case .notATimeFormat(let text):
      "\"\(text)\" is no format of times: write it like \"d/M/yyyy H:mm\", or iso, unix, unix-ms, excel"
    case .unknownZone(let name):
      "there is no time zone \"\(name)\": they are called like Europe/Lisbon"
    case .unknownKind(let name, let near?):
      "there is no kind \"\(name)\"; did you mean \"\(near)\"?"
    case .unknownKind(let name, nil):
      "there is no kind \"\(name)\"; 'loggist kinds' lists them"
    case .kindNeeds(let kind, let field):
      "\(kind) needs its \(field): write { kind: \(kind), \(field): \"…\" }, with {column} for a cell"
    case .kindHasNo(let kind, let field, let known):
      "\(kind) has no field \"\(field)\"; it has \(known.joined(separator: ", "))"
    case .notAmong(let word, let allowed):
      "\"\(word)\" is none of \(allowed.joined(separator: ", "))"
    case .noSuchColumn(let name, let near?, _):
      "there is no column \"\(name)\"; did you mean \"\(near)\"?"
    case .noSuchColumn(let name, nil, let columns):
      "there is no column \"\(name)\"; there is \(columns.joined(separator: ", "))"
    case .noTimes:
      "no times: name the column of a row's time with 'at', or the columns of 'milestones'"
    case .openBrace(let text): "\"\(text)\" has a { without its }: a brace itself is written {{"
    }
  }
}
