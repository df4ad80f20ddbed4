/// What an incident is now: its entries applied in the order of recording. State is what was said last, whenever it is
/// said to have happened.
package struct IncidentState: Sendable, Hashable {
  package private(set) var title = ""
  package private(set) var `class` = Incident.Class.real
  package private(set) var service: String?
  package private(set) var place: String?
  package private(set) var impact: String?
  package private(set) var urgency: String?
  package private(set) var priority: Priority?
  package private(set) var isMajor = false
  package private(set) var status = Incident.Status.open
  /// When it came to its status; nil while it is open.
  package private(set) var ended: Instant?
  /// Who has which role now.
  package private(set) var roles: [String: String] = [:]
  /// Who has it in hand: the lead or owner by role, else who acknowledged or engaged last.
  package private(set) var owner: String?
  package private(set) var measures: [Incident.Measure] = []

  /// - Parameters:
  ///   - recorded: the incident's own entries in the order of recording; struck ones among them do not count.
  ///   - isMerged: it counts in another one.
  init(_ recorded: [Moment], isMerged: Bool, _ words: some EntryWords) {
    var (isEmpty, hasProgress) = (true, false)
    for place in recorded.indices where !recorded[place].isStruck {
      isEmpty = false
      if recorded[place].kind == .measureUpdate { hasProgress = true }
      apply(recorded[place], among: recorded, words)
    }
    if hasProgress {
      for update in recorded where update.kind == .measureUpdate && !update.isStruck {
        applyProgress(update, words)
      }
    }
    // Somebody opened it by mistake and struck that: nothing is left that could stand on the board.
    if isEmpty { status = .cancelled }
    if isMerged { status = .merged }
    if roles.isEmpty { return }
    owner = roles["lead"] ?? roles["owner"] ?? owner ?? roles["on_call"]
  }
}

// MARK: - What each kind does

extension IncidentState {
  private mutating func apply(
    _ moment: Moment, among recorded: [Moment], _ words: some EntryWords
  ) {
    switch moment.kind {
    case .opened, .set: applyProperties(moment, words)
    case .acknowledged:
      owner = words.string(.who, of: moment) ?? words.author(at: Int(moment.place))
    case .engaged: owner = moment.target.flatMap { whoWasCalled($0, recorded, words) } ?? owner
    case .role: applyRole(moment, words)
    case .restored: if status == .open { come(to: .restored, at: moment.at) }
    // One that was forgotten and is logged after the paperwork does not undo the paperwork.
    case .resolved: if status != .closed { come(to: .resolved, at: moment.at) }
    case .reopened: come(to: .open, at: nil)
    case .closed: come(to: .closed, at: moment.at)
    case .cancelled: come(to: .cancelled, at: moment.at)
    case .measure: measures.append(Incident.Measure(moment, words))
    default: break
    }
  }

  private mutating func come(to status: Incident.Status, at moment: Instant?) {
    (self.status, ended) = (status, status.isOpen ? nil : moment)
  }

  private mutating func applyProgress(_ update: Moment, _ words: some EntryWords) {
    guard let place = measures.firstIndex(where: { $0.ref == update.target }) else { return }
    measures[place].state = words.string(.state, of: update) ?? measures[place].state
  }

  private mutating func applyProperties(_ moment: Moment, _ words: some EntryWords) {
    title = words.string(.title, of: moment) ?? title
    `class` =
      words.string(.class, of: moment).flatMap { Incident.Class(rawValue: $0) } ?? `class`
    service = words.string(.service, of: moment) ?? service
    place = words.string(.place, of: moment) ?? place
    impact = words.string(.impact, of: moment) ?? impact
    urgency = words.string(.urgency, of: moment) ?? urgency
    priority = words.string(.priority, of: moment).flatMap { Priority($0) } ?? priority
    isMajor = words.flag(.major, at: Int(moment.place)) ?? isMajor
  }

  private mutating func applyRole(_ moment: Moment, _ words: some EntryWords) {
    guard let role = words.string(.role, of: moment) else { return }
    roles[role] = words.string(.who, of: moment).flatMap { $0.isEmpty ? nil : $0 }
  }

  private func whoWasCalled(
    _ ref: EntryRef, _ recorded: [Moment], _ words: some EntryWords
  ) -> String? {
    recorded.first { $0.kind == .escalated && $0.ref == ref && !$0.isStruck }
      .flatMap { words.string(.to, of: $0) }
  }
}

extension Incident.Measure {
  fileprivate init(_ moment: Moment, _ words: some EntryWords) {
    self.init(
      ref: moment.ref, isCorrective: words.string(.type, of: moment) != "preventive",
      text: words.text(at: Int(moment.place)) ?? "", owner: words.string(.owner, of: moment),
      due: words.string(.due, of: moment))
  }
}
