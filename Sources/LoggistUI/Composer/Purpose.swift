package import LoggistModel

/// What a line in the composer is for.
package enum Purpose: Sendable, Hashable {
  /// The phone rings: a complaint, and an incident from it unless it belongs to an open one.
  case call
  case entry(Kind, IncidentID)
  /// The entry as it should read.
  case correction(EntryRef)
  /// Why; the corrected line is kept until then.
  case correctionReason(EntryRef, line: String)
  case strike(EntryRef)
  /// Why an entry's text is to go for good.
  case redaction(EntryRef)
  /// The entry's name once more: what cannot be taken back is typed, not pressed.
  case redactionAgreed(EntryRef, reason: String)
  /// To which incident the complaint belongs.
  case attach(EntryRef)
  /// A line of the paste that is being reviewed, by its place.
  case pastedLine(Int)
  /// Who takes the shift over, and a note.
  case handover
  /// A remark on a handover that is taken over.
  case acceptance(EntryRef)
  /// The board's filter.
  case filter
  /// The period of the metrics screen.
  case period
  case command
}

extension Purpose {
  /// The name of its draft; nil where nothing of it is worth keeping.
  package var draftName: String? {
    switch self {
    case .call: "call"
    case .entry(let kind, let incident): "entry \(kind.name) \(incident)"
    case .correction(let ref): "correction \(ref)"
    case .strike(let ref): "strike \(ref)"
    case .handover: "handover"
    case .acceptance(let ref): "acceptance \(ref)"
    case .correctionReason(let ref, _): "reason \(ref)"
    case .redaction, .redactionAgreed, .attach, .pastedLine, .filter, .period, .command: nil
    }
  }

  /// Whether the words look for incidents, which stand below the line.
  var findsIncidents: Bool {
    switch self {
    case .call, .attach: true
    default: false
    }
  }

  /// The drafts that are no longer wanted once the line is logged: with a reason its correction's, too.
  var draftsBehind: [String] {
    var names = [draftName]
    if case .correctionReason(let ref, _) = self { names.append(Purpose.correction(ref).draftName) }
    return names.compactMap { $0 }
  }

  /// The names of the drafts that hold an entry's words, because they are about it.
  package static func draftNames(about ref: EntryRef) -> [String] {
    [correction(ref), .correctionReason(ref, line: ""), .strike(ref)].compactMap(\.draftName)
  }

  /// Reads `draftName` back; nil for anything else. A correction's line stands in a draft of its own, not in its
  /// reason's.
  package init?(draftName: String) {
    let words = draftName.split(separator: " ").map(String.init)
    switch (words.first, words.count) {
    case ("call", 1): self = .call
    case ("handover", 1): self = .handover
    case ("acceptance", 2):
      guard let ref = EntryRef(words[1]) else { return nil }
      self = .acceptance(ref)
    case ("entry", 3):
      guard let incident = IncidentID(words[2]) else { return nil }
      self = .entry(Kind(name: words[1]), incident)
    case ("correction", 2):
      guard let ref = EntryRef(words[1]) else { return nil }
      self = .correction(ref)
    case ("reason", 2):
      guard let ref = EntryRef(words[1]) else { return nil }
      self = .correctionReason(ref, line: "")
    case ("strike", 2):
      guard let ref = EntryRef(words[1]) else { return nil }
      self = .strike(ref)
    default: return nil
    }
  }
}

/// A line that was typed and not logged yet: what outlives a crash.
package struct Draft: Sendable, Hashable {
  /// `Purpose.draftName`.
  package var name: String
  package var text: String
  package var cursor: Int
  /// When its first key was pressed: the time of the call.
  package var opened: Instant

  package init(name: String, text: String, cursor: Int, opened: Instant) {
    (self.name, self.text, self.cursor, self.opened) = (name, text, cursor, opened)
  }
}

extension Draft {
  /// Whether something here opens it again: a line that is being typed, or the review of a paste.
  package var canBeReopened: Bool {
    Purpose(draftName: name) != nil || PastedScreen.isDraftName(name)
  }
}

/// Entries that go into the log together, in one write.
package struct Submission: Sendable, Hashable {
  /// Tells the answer which question it belongs to.
  package var token: Int
  package var entries: [Entry]
  /// The entries without an incident belong to a new one, whose number the writer gives them.
  package var opensIncident: Bool

  package init(token: Int, entries: [Entry], opensIncident: Bool = false) {
    (self.token, self.entries, self.opensIncident) = (token, entries, opensIncident)
  }
}
