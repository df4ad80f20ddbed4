extension Objection: CustomStringConvertible {
  /// What is wrong and what next, in one line; the same on screen and on the command line.
  package var description: String {
    switch self {
    case .invalid(let problem): problem.description
    case .noSuchIncident(let id): "There is no incident \(id)"
    case .noSuchEntry(let ref): "There is no entry \(ref)"
    case .wrongKind(let ref, let kind, let expected):
      "\(ref) is \(article(kind)), not \(expected.map(article).joined(separator: " or "))"
    case .beforeItsStart(let start, let at):
      "It cannot have happened before \(start), which was at \(at)"
    case .inTheFuture(let span): "That is \(span.spoken) in the future"
    case .saidJustNow(let ref): "You have just logged the same text as \(ref)"
    case .needsReason(let priority, let matrix):
      "Impact \(matrix.impact) and urgency \(matrix.urgency) make \(matrix.priority): say why \(priority), "
        + "in words behind it"
    }
  }

  private func article(_ kind: Kind) -> String {
    let name = kind.name.split(separator: "_").joined(separator: " ")
    return "\("aeiou".contains(name.first ?? " ") ? "an" : "a") `\(name)`"
  }
}

extension Entry.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let field): "\(field.rawValue)= is missing"
    case .missingText: "Nothing is said yet: some words are needed"
    case .setsNothing:
      "Nothing is set: a priority (1 to 4, high/low), service=, place= or title="
    case .missingIncident: "It needs an incident"
    case .notOneOf(let field, let value, let allowed):
      "\(field.rawValue)=\(value) is none of \(allowed.joined(separator: ", "))"
    case .wrongType(let field, let expected): "\(field.rawValue)= needs \(expected.description)"
    }
  }
}

extension FieldType: CustomStringConvertible {
  /// What to type for it.
  package var description: String {
    switch self {
    case .text: "words"
    case .choice(let words), .suggestion(let words): "one of \(words.joined(separator: ", "))"
    case .flag: "yes or no"
    case .integer: "a number"
    case .timestamp: "a time (20:45, +30m)"
    case .day: "a day (2026-03-20)"
    case .entry: "an entry's number (INC.812)"
    case .incident: "an incident's number (INC-12)"
    case .priority: "a priority from P1 to P4"
    case .json: "JSON"
    }
  }
}
