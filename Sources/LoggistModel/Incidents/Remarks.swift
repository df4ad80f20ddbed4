extension EffectiveEntry {
  /// What other entries said about one, taken in one after the other in the order in which they were recorded.
  struct Remarks: Sendable, Hashable {
    private(set) var entry: Entry
    private(set) var incident: IncidentID?
    private(set) var corrections: [Correction] = []
    private(set) var standing = Standing()
    private(set) var redaction, unmerged: EntryRef?
    /// The last one, whether it was taken back or not.
    private var lastStrike: Strike?

    var strike: Strike? { standing.isStruck ? lastStrike : nil }

    /// - Parameters:
    ///   - entry: as it stands in the log.
    ///   - about: the entries about it, in order of recording.
    init(on entry: Entry, from about: [EffectiveEntry]) {
      (self.entry, incident) = (entry, entry.incident)
      // The text is gone from the file, so that striking a redaction brings nothing back.
      redaction = about.first { $0.kind == .redacted }?.ref
      var isRedactedLater = redaction != nil
      for remark in about {
        if remark.ref == redaction { isRedactedLater = false }
        if !remark.isStruck { take(remark, isRedactedLater: isRedactedLater) }
      }
    }

    private mutating func take(_ remark: EffectiveEntry, isRedactedLater: Bool) {
      standing.take(Moment(remark, place: 0))
      switch remark.kind {
      case .corrected: correct(remark, isRedactedLater: isRedactedLater)
      case .struck:
        lastStrike = Strike(
          ref: remark.ref, author: remark.author, logged: remark.record.logged,
          reason: remark.entry.string(.reason) ?? "")
      case .attached:
        if entry.kind == .complaint { incident = remark.entry.incident }
      case .detached:
        // It left that incident; where it has been attached elsewhere since, it stays there.
        if entry.kind == .complaint, incident == remark.entry.incident { incident = nil }
      case .unmerged: unmerged = remark.ref
      default: break
      }
    }

    private mutating func correct(_ remark: EffectiveEntry, isRedactedLater: Bool) {
      let before = entry
      let changes = (remark.entry[.set]?.members ?? []).filter {
        !isRedactedLater || before.keepsOnRedaction($0)
      }
      entry = before.setting(changes)
      if before.kind.isAboutAnEntry || entry.kind.isAboutAnEntry {
        // Which entry a line is about never changes, or what counts could depend on itself. Strike it and log another.
        entry.kind = before.kind
        entry[.ref] = before[.ref]
      }
      if entry.incident != before.incident { incident = entry.incident }
      corrections.append(
        Correction(
          ref: remark.ref, author: remark.author, logged: remark.record.logged,
          reason: remark.entry.string(.reason) ?? "", changes: changes))
    }
  }
}

extension Entry {
  /// The entry that this one says something about that the fold has to know before it knows what counts.
  package var subject: EntryRef? { kind.isAboutAnEntry ? ref : nil }

  /// Every incident that its fields name, however deep: those that a correction says are others.
  package var incidentsNamed: [IncidentID] { fields.flatMap(\.value.incidentsNamed) }

  /// What a redaction leaves of an entry: its place in the count and on the clocks, and what it was about. Everything
  /// that holds somebody's words goes, and every field that this version does not know.
  package func redacted(by ref: EntryRef) -> Entry {
    var rest = Entry(kind, incident, at: at)
    (rest.precision, rest.until) = (precision, until)
    rest.fields = fields.filter { keepsOnRedaction($0) }
    if let source = sourceOnRedaction { rest.fields.append(source) }
    rest.fields.append(JSONMember("redacted", .string(ref.description)))
    return rest
  }

  /// Whether a member of the `entry` object can hold no words: a choice, a time, a reference.
  fileprivate func keepsOnRedaction(_ member: JSONMember) -> Bool {
    if ["kind", "incident", "at", "until"].contains(member.name) { return true }
    if member.name == "precision" { return member.value.string == Precision.approximate.rawValue }
    guard let field = Field(rawValue: member.name), let rule = kind.rule.rule(for: field),
      rule.problem(with: member.value) == nil
    else { return false }
    switch rule.type {
    case .choice, .flag, .integer, .timestamp, .day, .entry, .incident, .priority: return true
    case .text, .suggestion, .json: return false
    }
  }
}

extension JSONValue {
  fileprivate var incidentsNamed: [IncidentID] {
    switch self {
    case .string(let text): IncidentID(text).map { [$0] } ?? []
    case .array(let values): values.flatMap(\.incidentsNamed)
    case .object(let members): members.flatMap(\.value.incidentsNamed)
    case .null, .bool, .number: []
    }
  }
}

extension Kind {
  /// Whether entries of this kind change what another one says or where it counts.
  package var isAboutAnEntry: Bool {
    switch self {
    case .corrected, .struck, .unstruck, .redacted, .attached, .detached, .informed, .unmerged: true
    default: false
    }
  }
}
