/// Why an entry should not be logged as it stands. The order of things is enforced only where physics demands it;
/// everything else is a `Hint`.
package enum Objection: Error, Sendable, Hashable {
  case invalid(Entry.Problem)
  case noSuchIncident(IncidentID)
  case noSuchEntry(EntryRef)
  /// The entry that `ref` names is of another kind: only a complaint can be called back.
  case wrongKind(EntryRef, is: Kind, expected: [Kind])
  /// It would end or be answered before it began.
  case beforeItsStart(start: EntryRef, at: Timestamp)
  /// More than two minutes ahead of the clock, without having said so.
  case inTheFuture(by: TimeSpan)
  /// The same author has just logged the same text on the same incident. A question, not a refusal.
  case saidJustNow(EntryRef)
  /// A priority that is not the matrix's, and nobody says why.
  case needsReason(Priority, instead: PriorityMatrix.Proposal)

  /// A second, deliberate try goes through.
  package var isQuestion: Bool {
    switch self {
    case .inTheFuture, .saidJustNow: true
    default: false
    }
  }
}

extension Journal {
  /// The first objection to logging an entry now, or nil.
  ///
  /// `author` is the entry's own or the account's. Cost: linear in the incident's entries.
  package func objection(to entry: Entry, by author: String, now: Instant) -> Objection? {
    if let problem = entry.problem { return .invalid(problem) }
    if let id = entry.incident, entry.kind != .opened, incidents[id] == nil {
      return .noSuchIncident(id)
    }
    for field in [Field.into, .other] {
      if let id = entry.incident(in: field), incidents[id] == nil { return .noSuchIncident(id) }
    }
    if let ref = entry.ref, let objection = objection(to: entry, about: ref) { return objection }
    if let objection = objection(toEndOf: entry) { return objection }
    let ahead = entry.at.instant - now
    if ahead > .minutes(2) { return .inTheFuture(by: ahead) }
    if let twin = twin(of: entry, by: author, now: now) { return .saidJustNow(twin) }
    return nil
  }

  /// Whether all of an incident has to be known to judge an entry of it: not where it is enough that there is the
  /// incident, and what was logged just now.
  package static func needsHistory(toJudge entry: Entry) -> Bool {
    // Its priority follows from the impact and the urgency that were set before.
    if entry.kind == .set || entry.kind == .impact || entry.kind == .opened { return true }
    return [Field.ref, .into, .other].contains { entry[$0] != nil }
  }

  private func objection(to entry: Entry, about ref: EntryRef) -> Objection? {
    guard let target = self.entry(ref) else { return .noSuchEntry(ref) }
    let expected: [Kind] =
      switch entry.kind {
      case .engaged, .unanswered: [.escalated]
      case .informed, .attached, .detached: [.complaint]
      case .measureUpdate: [.measure]
      case .unmerged: [.merged]
      case .accepted: [.handover]
      default: []
      }
    if !expected.isEmpty, !expected.contains(target.kind) {
      return .wrongKind(ref, is: target.kind, expected: expected)
    }
    switch entry.kind {
    case .engaged, .unanswered, .informed:
      return Journal.stands(entry.at.instant, before: target.at)
        ? .beforeItsStart(start: ref, at: target.entry.at) : nil
    default: return nil
    }
  }

  /// An impact may begin again after it ended: an end is too early where no start at all stands before it.
  private func objection(toEndOf entry: Entry) -> Objection? {
    guard entry.kind == .impact, entry.string(.change) == "ended", let id = entry.incident,
      let start = incidents[id]?.entries.first(where: {
        $0.kind == .impact && $0.entry.string(.change) == "started"
      }), Journal.stands(entry.at.instant, before: start.at)
    else { return nil }
    return .beforeItsStart(start: start.ref, at: start.entry.at)
  }

  /// People write minutes and clocks write seconds: 21:02 is not before 21:02:30.
  private static func stands(_ moment: Instant, before start: Instant) -> Bool {
    let isWholeMinute = moment.milliseconds % 60_000 == 0
    return moment < start && !(isWholeMinute && start - moment < .minutes(1))
  }

  private static let recent = 500
  /// How long ago an entry was logged that the next one may say again by mistake.
  package static let justNow = TimeSpan.seconds(5)

  private func twin(of entry: Entry, by author: String, now: Instant) -> EntryRef? {
    guard let text = entry.text, !text.isEmpty else { return nil }
    // What was logged within five seconds stands among the last that arrived. A call that would open an incident is
    // compared with those that just did.
    let recent = records.indices.suffix(Journal.recent).reversed()
    return recent.lazy.map { self.entry(at: $0) }.first { other in
      other.kind == entry.kind && now - other.record.logged <= Journal.justNow && !other.isStruck
        && (entry.incident == nil || other.incident == entry.incident)
        && other.entry.text == text && other.author == author
        // Two files may well have one caption.
        && other.entry.string(.sha256) == entry.string(.sha256)
    }?.ref
  }
}
