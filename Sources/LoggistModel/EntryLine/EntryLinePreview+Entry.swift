extension EntryLinePreview {
  /// The line that a recorded entry would have been typed as, for correcting it.
  ///
  /// Left out are fields that nobody types: when a form was opened, and what another version of Loggist wrote.
  package init(_ entry: Entry) {
    self.init(entry.kind, at: entry.at)
    hasTime = true
    (precision, until, text, tags) = (entry.precision, entry.until, entry.text, entry.tags)
    author = entry.kind.rule.person == nil ? entry.author : nil
    fields = entry.fields.filter { EntryLinePreview.isTyped($0, in: entry.kind) }
  }

  /// The entry as the line now says it, with everything of `original` that no line shows.
  package func corrected(_ original: Entry) -> Entry {
    var entry = entries(incident: original.incident)[0]
    entry.fields += original.fields.filter { !EntryLinePreview.isTyped($0, in: original.kind) }
    (entry.refs, entry.zone, entry.salt) = (original.refs, original.zone, original.salt)
    if original.kind.rule.person != nil { entry.author = original.author }
    return entry
  }

  private static func isTyped(_ member: JSONMember, in kind: Kind) -> Bool {
    guard let field = Field(rawValue: member.name), let rule = kind.rule.rule(for: field) else {
      return false
    }
    return field != .formOpened && rule.type != .json && rule.problem(with: member.value) == nil
  }
}

extension EntryLinePreview {
  /// Whether two lines log the same, whatever was remarked about them and wherever their tokens stood.
  package func isSame(as other: EntryLinePreview) -> Bool {
    var (left, right) = (self, other)
    (left.spans, left.doubts) = ([], [])
    (right.spans, right.doubts) = ([], [])
    return left == right
  }
}
