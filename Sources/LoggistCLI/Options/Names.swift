import ArgumentParser
import LoggistModel

extension Kind {
  /// The kinds that `loggist add` takes: all but those that have a command of their own.
  static let typed = allKnown.filter { $0.command == nil }

  /// The command that logs it, where `add` does not; nil for all others.
  var command: String? {
    switch self {
    case .opened: "new"
    case .corrected: "correct"
    case .struck: "strike"
    case .unstruck: "unstrike"
    case .redacted: "redact"
    case .ioError: "doctor"
    default: nil
    }
  }

  /// A kind by the name that somebody typed: hyphens for underscores, any case.
  static func named(_ text: String) throws -> Kind {
    let name = String(text.lowercased().map { $0 == "-" ? "_" : $0 })
    let kind = Kind(name: name)
    guard kind.isKnown else { throw Failure(.unknownKind(text)) }
    guard kind.command == nil else { throw Failure(.kindHasItsCommand(kind)) }
    return kind
  }

  static let completion = CompletionKind.list(typed.map(\.name))
}

extension IncidentID {
  static func named(_ text: String) throws -> IncidentID {
    guard let id = IncidentID(text.uppercased()) else { throw Failure(.notAnIncident(text)) }
    return id
  }
}

extension EntryRef {
  static func named(_ text: String) throws -> EntryRef {
    guard let ref = EntryRef(text.uppercased()) else { throw Failure(.notAnEntry(text)) }
    return ref
  }
}

extension NodeCode {
  static func named(_ text: String) throws -> NodeCode {
    guard let code = NodeCode(text) else { throw Failure(.notANode(text)) }
    return code
  }
}
