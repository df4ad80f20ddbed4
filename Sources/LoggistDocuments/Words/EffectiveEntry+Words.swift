import LoggistModel

extension EffectiveEntry {
  /// Who did or said it: the caller of a complaint, whoever acknowledged or decided, else the entry's author.
  var who: String {
    let person: String? =
      switch kind {
      case .complaint: entry.string(.caller)
      case .acknowledged: entry.string(.who)
      case .decision: entry.string(.decidedBy)
      default: nil
      }
    return person.flatMap { $0.isBlank ? nil : $0 } ?? author
  }

  /// Its text and, in brackets, what its fields say.
  func words(_ style: ClockStyle) -> String {
    var details = details(style)
    if let until = entry.until {
      details.append("until \(style.time(until.instant, seenFrom: at))")
    }
    details += entry.tags.map { "#\($0)" }
    let text = text ?? ""
    if details.isEmpty {
      // An entry that needs no text says what its kind says.
      return !text.isBlank
        ? text : kind.rule.needsText || !kind.isKnown ? "(no text)" : kind.rule.summary
    }
    let joined = details.joined(separator: "; ")
    return text.isBlank ? joined : "\(text) (\(joined))"
  }

  /// The text, or that it was taken out.
  var text: String? {
    if let redaction { return "redacted (\(redaction))" }
    if entry.isRedacted { return "redacted" }
    return entry.text
  }

  private func details(_ style: ClockStyle) -> [String] {
    guard kind.isKnown else {
      // Whatever another version says in words.
      return entry.fields.compactMap { field in
        field.value.string.map { "\(field.name.underscoresAsSpaces): \($0)" }
      }
    }
    return kind.rule.fields.compactMap { rule in
      entry[rule.field].flatMap { detail(rule.field, $0, style) }
    }
  }

  /// One field in words; nil where it is shown elsewhere or is nobody's business (a caller's number).
  private func detail(_ field: Field, _ value: JSONValue, _ style: ClockStyle) -> String? {
    let text = value.string ?? value.text
    if text.isBlank { return nil }
    switch (kind, field) {
    case (.complaint, .caller), (.complaint, .contact), (.complaint, .formOpened),
      (.acknowledged, .who), (.decision, .decidedBy), (.evidence, .sha256), (.corrected, .set),
      (.signed, .heads),
      (.handover, .open), (.handover, .heads):
      return nil
    case (.complaint, .place), (.complaint, .channel), (.opened, .title), (.impact, .change),
      (.impact, .scope), (.impact, .degree):
      return text
    case (.complaint, .callback):
      return value.bool == true ? "asks to be called back" : nil
    case (.escalated, .to), (.comms, .audience): return "to \(text)"
    case (.escalated, .reachedBy): return "by \(text)"
    case (.restored, .verifiedBy): return "verified by \(text)"
    case (.reopened, .reason), (.cancelled, .reason), (.closed, .reason), (.role, .who): return text
    case (.noticed, .how): return "by \(text == "vendor" ? "a vendor" : text)"
    // The kind says what it is the verdict on.
    case (.diagnosis, .verdict), (.mitigation, .outcome), (.resolved, .how), (.opened, .class),
      (.measure, .type), (.measureUpdate, .state), (.role, .role):
      return text.underscoresAsSpacesIfWord(rule(field))
    case (.comms, .nextDue):
      guard let due = Timestamp(text) else { return "next update: \(text)" }
      return "next update due \(style.time(due.instant, seenFrom: at))"
    case (.set, .major): return value.bool == true ? "major" : "not major"
    case (_, .ref): return "about \(text)"
    default:
      return "\(field.rawValue.underscoresAsSpaces): \(text.underscoresAsSpacesIfWord(rule(field)))"
    }
  }

  private func rule(_ field: Field) -> FieldRule? { kind.rule.rule(for: field) }
}

extension String {
  /// A word of a fixed list reads as words (`ruled out`); what a person typed stays as it is.
  fileprivate func underscoresAsSpacesIfWord(_ rule: FieldRule?) -> String {
    switch rule?.type {
    case .choice(let words), .suggestion(let words):
      words.contains(self) ? underscoresAsSpaces : self
    default: self
    }
  }
}
