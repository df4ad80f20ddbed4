extension Entry {
  /// What is wrong with an entry that somebody is about to log. Entries that are read are never refused for it.
  package enum Problem: Error, Sendable, Hashable {
    case missing(Field)
    case missingText
    /// A `set` of no property: a word that was meant as a value was read as the reason.
    case setsNothing
    case missingIncident
    case notOneOf(Field, value: String, allowed: [String])
    case wrongType(Field, expected: FieldType)
  }

  /// The first problem, or nil where it can be logged.
  package var problem: Problem? {
    let rule = kind.rule
    if incident == nil, !rule.isDeskWide { return .missingIncident }
    for fieldRule in rule.fields + KindRule.common {
      guard let value = self[fieldRule.field] else {
        if fieldRule.isRequired { return .missing(fieldRule.field) }
        continue
      }
      if let problem = fieldRule.problem(with: value) { return problem }
    }
    if kind == .corrected, self[.set]?.members?.isEmpty ?? true {
      return .wrongType(.set, expected: .json)
    }
    if kind == .set, rule.fields.allSatisfy({ $0.field == .reason || self[$0.field] == nil }) {
      return .setsNothing
    }
    if kind == .evidence, string(.path) == nil, string(.url) == nil { return .missing(.path) }
    if rule.needsText, (text ?? "").allSatisfy(\.isWhitespace) { return .missingText }
    return nil
  }
}

extension FieldRule {
  /// What is wrong with a value for this field, or nil.
  package func problem(with value: JSONValue) -> Entry.Problem? {
    if case .choice(let allowed) = type, let word = value.string, !allowed.contains(word) {
      return .notOneOf(field, value: word, allowed: allowed)
    }
    let fits: Bool =
      switch type {
      case .text, .suggestion, .choice: value.string != nil
      case .flag: value.bool != nil
      case .integer: value.integer != nil
      case .timestamp: value.string.flatMap { Timestamp($0) } != nil
      case .day: value.string.map { FieldRule.isDay($0) || Timestamp($0) != nil } ?? false
      case .entry: value.string.flatMap { EntryRef($0) } != nil
      case .incident: value.string.flatMap { IncidentID($0) } != nil
      case .priority: value.string.flatMap { Priority($0) } != nil
      case .json: true
      }
    if fits, isRequired, let text = value.string, text.allSatisfy(\.isWhitespace) {
      return .missing(field)
    }
    return fits ? nil : .wrongType(field, expected: type)
  }

  private static func isDay(_ text: String) -> Bool { CivilDate(text) != nil }
}

extension CivilDate {
  /// Reads `2026-03-20`.
  package init?(_ text: some StringProtocol) {
    var cursor = ByteCursor(Array(text.utf8))
    guard let year = cursor.digits(4), cursor.take("-"), let month = cursor.digits(2),
      cursor.take("-"), let day = cursor.digits(2), cursor.isAtEnd
    else { return nil }
    self.init(year: year, month: month, day: day)
  }
}
