extension EntryLineReader {
  /// Sets what a token says; nil where that was set before.
  mutating func take(_ token: EntryToken) -> EntryLinePreview.Span.Meaning? {
    switch token {
    case .person(let word, let isQuoted):
      let name = isQuoted ? word : Vocabulary.value(word, in: context.people) ?? word
      return takePerson(name) ? .person : nil
    case .name(let word, let isQuoted): return takeName(word, isQuoted: isQuoted)
    case .priority(let priority):
      return takeChange(.priority, .string(priority.description)) ? .priority : nil
    case .major: return takeChange(.major, .bool(true)) ? .major : nil
    case .field(let rule, let written): return takeField(rule, written) ? .field(rule.field) : nil
    case .until(let time): return takeUntil(time) ? .until : nil
    case .canned: return nil
    }
  }

  private mutating func takePerson(_ name: String) -> Bool {
    if let field = rule.person { return set(field, .string(name)) }
    guard preview.author == nil else { return false }
    preview.author = name
    return true
  }

  /// A name that is a service and a place too fills the service first.
  private mutating func takeName(
    _ word: String, isQuoted: Bool
  ) -> EntryLinePreview.Span.Meaning? {
    if !isQuoted {
      let vocabularies = [
        (Field.service, context.services, EntryLinePreview.Span.Meaning.service),
        (.place, context.places, .place),
      ]
      for (field, names, meaning) in vocabularies where rule.has(field) {
        if let name = Vocabulary.name(word, among: names), set(field, .string(name)) {
          return meaning
        }
      }
    }
    // Asked twice for the same tag: it has it.
    if !preview.tags.contains(word) { preview.tags.append(word) }
    return .tag
  }

  private mutating func takeChange(_ field: Field, _ value: JSONValue) -> Bool {
    if rule.has(field) { return set(field, value) }
    guard !preview.changes.contains(where: { $0.name == field.rawValue }) else { return false }
    preview.changes.append(JSONMember(field.rawValue, value))
    return true
  }

  /// A value that the field cannot hold is a problem and sets nothing; the token is recognised all the same.
  private mutating func takeField(_ rule: FieldRule, _ written: String) -> Bool {
    guard !has(rule.field) else { return false }
    let moment = FieldValue.Moment(at: preview.at, context: context)
    switch FieldValue.read(written, for: rule, moment) {
    case .success(let value): return set(rule.field, value)
    case .failure(let problem):
      preview.problem = preview.problem ?? problem
      return true
    }
  }

  private mutating func takeUntil(_ time: WrittenTime) -> Bool {
    guard preview.until == nil else { return false }
    preview.setEnd(FieldValue.resolve(time, .init(at: preview.at, context: context)))
    return true
  }

  private func has(_ field: Field) -> Bool {
    preview.fields.contains { $0.name == field.rawValue }
  }

  private mutating func set(_ field: Field, _ value: JSONValue) -> Bool {
    guard !has(field) else { return false }
    preview.fields.append(JSONMember(field.rawValue, value))
    return true
  }
}
