import LoggistModel
import Terminal

/// One row of a review.
enum ReviewRow: Sendable, Hashable {
  case heading(String)
  case hint(Hint)
  case signed(EffectiveEntry)
  /// A sentence that nothing can be done about.
  case remark(String, Role)

  var isSelectable: Bool {
    switch self {
    case .hint, .signed: true
    case .heading, .remark: false
    }
  }
}

extension ReviewRow {
  /// What is odd, what is open, what the post-mortem lacks, who signed. Cost: linear in the incident's entries.
  static func rows(_ incident: Incident, clock: ClockStyle) -> [ReviewRow] {
    let hints = Dictionary(grouping: incident.hints, by: \.reason.group)
    var rows: [ReviewRow] = []
    for group in Hint.Reason.Group.allCases {
      let hints = hints[group] ?? []
      rows.append(.heading(group.heading(hints.count)))
      rows += hints.map { .hint($0) }
    }
    return rows + signatures(incident)
  }

  private static func signatures(_ incident: Incident) -> [ReviewRow] {
    let signed = incident.entries(of: .signed).sorted { $0.record.order < $1.record.order }
    guard let last = signed.last else { return [.heading("Not signed")] }
    let later = incident.changes(after: last.record.order)
    let since: ReviewRow =
      later == 0
      ? .remark("nothing was logged since", .good)
      : .remark("\(later) \(later == 1 ? "entry was" : "entries were") logged since", .warning)
    return [.heading("Signed")] + signed.map { .signed($0) } + [since]
  }
}

extension Incident {
  /// Entries, corrections and strikes that were recorded later than one; signatures do not count.
  func changes(after order: RecordOrder) -> Int {
    all.reduce(0) { count, entry in
      let isNew = entry.record.order > order && entry.kind != .signed
      let corrections = entry.corrections.count { $0.logged > order.logged }
      let strike = entry.strike.map { $0.logged > order.logged } == true
      return count + (isNew ? 1 : 0) + corrections + (strike ? 1 : 0)
    }
  }
}

extension Hint.Reason {
  /// By what has to be done about it.
  enum Group: CaseIterable {
    case odd, open, missing

    func heading(_ count: Int) -> String {
      switch self {
      case .odd: count == 0 ? "Nothing odd" : "Odd (\(count))"
      case .open: count == 0 ? "Nothing open" : "Open (\(count))"
      case .missing:
        count == 0 ? "The post-mortem lacks nothing" : "Missing in the post-mortem (\(count))"
      }
    }
  }

  var group: Group {
    switch self {
    case .beforeFirstReport, .resolvedBeforeRestored, .endsBeforeItBegins, .inTheFuture,
      .clocksDisagree:
      .odd
    case .escalationUnanswered, .mitigationPending, .callerNotInformed: .open
    case .resolvedWithoutRestored, .noImpactStart, .noAcknowledgement, .noDiagnosis, .noRootCause,
      .noResolution, .noMeasures, .measureWithoutOwner, .measureWithoutDue:
      .missing
    }
  }
}

/// What Enter does about a hint.
enum Remedy: Sendable, Hashable {
  /// Opens the composer for a kind; about an entry where the kind needs one; with one of the kind's words chosen.
  case log(Kind, about: EntryRef? = nil, word: String? = nil)
  case correct(EntryRef)
  case goTo(EntryRef)

  init?(_ hint: Hint) {
    switch hint.reason {
    case .beforeFirstReport, .resolvedBeforeRestored, .endsBeforeItBegins, .inTheFuture,
      .clocksDisagree:
      guard let ref = hint.refs.first else { return nil }
      self = .goTo(ref)
    case .escalationUnanswered: self = .log(.engaged, about: hint.refs.first)
    case .mitigationPending: self = .log(.mitigation, word: "held")
    case .callerNotInformed: self = .log(.informed, about: hint.refs.first)
    case .resolvedWithoutRestored: self = .log(.restored)
    case .noImpactStart: self = .log(.impact, word: "started")
    case .noAcknowledgement: self = .log(.acknowledged)
    case .noDiagnosis: self = .log(.diagnosis, word: "confirmed")
    case .noRootCause: self = .log(.rootCause)
    case .noResolution: self = .log(.resolution)
    case .noMeasures: self = .log(.measure)
    case .measureWithoutOwner, .measureWithoutDue:
      guard let ref = hint.refs.first else { return nil }
      self = .correct(ref)
    }
  }

  /// For the right of the row.
  var words: String {
    switch self {
    case .log(.engaged, _, _): "log the answer"
    case .log(.informed, _, _): "log the call back"
    case .log(let kind, _, _): "log \(spaced(kind.name))"
    case .correct(let ref): "correct \(ref)"
    case .goTo(let ref): "go to \(ref)"
    }
  }
}
