/// One incident as its entries tell it: derived, never stored.
package struct Incident: Sendable, Hashable {
  package let id: IncidentID
  /// In timeline order; struck ones included, those that are about other entries left out.
  package let all: [EffectiveEntry]
  /// Those that count: `all` without the struck ones.
  package let entries: [EffectiveEntry]
  /// Reports and impact of the incidents that were merged into this one; they count for its clocks.
  package let mergedReports: [EffectiveEntry]
  package let mergedInto: IncidentID?
  /// The incidents that count in this one, merged into it directly or by way of a third.
  package let sources: [IncidentID]
  /// Callers' reports: its own and those of the incidents merged into it, in timeline order.
  package let complaints: [EffectiveEntry]
  /// Complaints whose caller asked to be called back and has not been.
  package let callbacks: [EffectiveEntry]

  package private(set) var title = ""
  package private(set) var `class` = Class.real
  package private(set) var service: String?
  package private(set) var place: String?
  package private(set) var impact: String?
  package private(set) var urgency: String?
  package private(set) var priority: Priority?
  package private(set) var isMajor = false
  package private(set) var status = Status.open
  /// When it came to its status; nil while it is open.
  package private(set) var ended: Instant?
  /// Who has which role now.
  package private(set) var roles: [String: String] = [:]
  /// Who has it in hand: the lead or owner by role, else who acknowledged or engaged last.
  package private(set) var owner: String?
  package private(set) var measures: [Measure] = []

  package enum Class: String, Sendable, Hashable {
    case real, drill, falseAlarm = "false_alarm", planned
  }

  package enum Status: String, Sendable, Hashable {
    case open, restored, resolved, closed, cancelled, merged

    /// Somebody still has to do something for the people who called.
    package var isOpen: Bool { self == .open || self == .restored }
  }

  /// A corrective or preventive action item and how far it is.
  package struct Measure: Sendable, Hashable {
    package let ref: EntryRef
    package let isCorrective: Bool
    package let text: String
    package let owner: String?
    package let due: String?
    package var state = "open"
  }

  init(
    _ id: IncidentID, entries: [EffectiveEntry], mergedInto: IncidentID?, sources: [IncidentID],
    reports: [EffectiveEntry]
  ) {
    self.id = id
    self.mergedInto = mergedInto
    self.sources = sources
    let recorded = Incident.inRecordOrder(entries)
    all = Incident.inTimelineOrder(recorded)
    self.entries = all.contains(where: \.isStruck) ? all.filter { !$0.isStruck } : all
    mergedReports = Incident.inTimelineOrder(
      Incident.inRecordOrder(reports.filter(Incident.countsInTarget)))
    var complaints = self.entries.filter { $0.kind == .complaint }
    if !mergedReports.isEmpty {
      complaints += mergedReports.filter { $0.kind == .complaint }
      complaints.sort(by: EffectiveEntry.inTimelineOrder)
    }
    self.complaints = complaints
    callbacks = complaints.filter { $0.informed == nil && $0.entry.flag(.callback) }
    for entry in recorded where !entry.isStruck { apply(entry) }
    for update in recorded where update.kind == .measureUpdate && !update.isStruck {
      applyProgress(update.entry)
    }
    // Somebody opened it by mistake and struck that: nothing is left that could stand on the board.
    if self.entries.isEmpty { status = .cancelled }
    if mergedInto != nil { status = .merged }
    owner = roles["lead"] ?? roles["owner"] ?? owner ?? roles["on_call"]
  }
}

// MARK: - Order

extension Incident {
  /// Without the entries that are about other entries. Records mostly arrive in their order.
  private static func inRecordOrder(_ entries: [EffectiveEntry]) -> [EffectiveEntry] {
    let recorded = entries.filter { !$0.kind.isControl }
    let isSorted = zip(recorded, recorded.dropFirst()).allSatisfy(EffectiveEntry.inRecordOrder)
    return isSorted ? recorded : recorded.sorted(by: EffectiveEntry.inRecordOrder)
  }

  /// Sorts entries that stand in record order by when they happened: by keys of two numbers, because comparing
  /// entries costs ten times as much.
  private static func inTimelineOrder(_ recorded: [EffectiveEntry]) -> [EffectiveEntry] {
    let keys = recorded.enumerated().map { (at: $1.at.milliseconds, index: $0) }
    let sorted = keys.sorted { ($0.at, $0.index) < ($1.at, $1.index) }
    return sorted.map { recorded[$0.index] }
  }

  private static func countsInTarget(_ report: EffectiveEntry) -> Bool {
    switch report.kind {
    case .noticed, .complaint, .impact: !report.isStruck
    default: false
    }
  }
}

// MARK: - What each kind does

extension Incident {
  /// Applies an entry in the order of recording: state is what was said last, whenever it is said to have happened.
  private mutating func apply(_ effective: EffectiveEntry) {
    switch effective.kind {
    case .opened, .set: applyProperties(effective.entry)
    case .acknowledged: owner = effective.entry.string(.who) ?? effective.author
    case .engaged: owner = effective.entry.ref.flatMap { escalationTarget($0) } ?? owner
    case .role: applyRole(effective.entry)
    case .restored: if status == .open { come(to: .restored, at: effective.at) }
    // One that was forgotten and is logged after the paperwork does not undo the paperwork.
    case .resolved: if status != .closed { come(to: .resolved, at: effective.at) }
    case .reopened: come(to: .open, at: nil)
    case .closed: come(to: .closed, at: effective.at)
    case .cancelled: come(to: .cancelled, at: effective.at)
    case .measure: measures.append(Measure(effective))
    default: break
    }
  }

  private mutating func come(to status: Status, at moment: Instant?) {
    (self.status, ended) = (status, status.isOpen ? nil : moment)
  }

  private mutating func applyProgress(_ entry: Entry) {
    guard let place = measures.firstIndex(where: { $0.ref == entry.ref }) else { return }
    measures[place].state = entry.string(.state) ?? measures[place].state
  }

  private mutating func applyProperties(_ entry: Entry) {
    title = entry.string(.title) ?? title
    `class` = entry.string(.class).flatMap(Class.init(rawValue:)) ?? `class`
    service = entry.string(.service) ?? service
    place = entry.string(.place) ?? place
    impact = entry.string(.impact) ?? impact
    urgency = entry.string(.urgency) ?? urgency
    priority = entry.string(.priority).flatMap { Priority($0) } ?? priority
    isMajor = entry[.major]?.bool ?? isMajor
  }

  private mutating func applyRole(_ entry: Entry) {
    guard let role = entry.string(.role) else { return }
    roles[role] = entry.string(.who).flatMap { $0.isEmpty ? nil : $0 }
  }

  private func escalationTarget(_ ref: EntryRef) -> String? {
    entries.first { $0.kind == .escalated && $0.ref == ref }?.entry.string(.to)
  }
}

extension Incident.Measure {
  fileprivate init(_ effective: EffectiveEntry) {
    let entry = effective.entry
    self.init(
      ref: effective.ref, isCorrective: entry.string(.type) != "preventive",
      text: entry.text ?? "", owner: entry.string(.owner), due: entry.string(.due))
  }
}

// MARK: - What is asked of it

extension Incident {
  package func entries(of kind: Kind) -> [EffectiveEntry] { entries.filter { $0.kind == kind } }

  package func latest(_ kind: Kind) -> EffectiveEntry? {
    entries(of: kind).max { $0.record.order < $1.record.order }
  }

  /// Escalations that nobody answered yet.
  package var openEscalations: [EffectiveEntry] {
    let answered = Set(entries.filter { $0.kind == .engaged }.compactMap(\.entry.ref))
    return entries(of: .escalated).filter { !answered.contains($0.ref) }
  }

  package var isAcknowledged: Bool {
    entries.contains { $0.kind == .acknowledged || $0.kind == .engaged }
  }

  /// The entry that happened last.
  package var lastEntry: EffectiveEntry? { entries.last }

  /// Times that it was thought to be over and was not.
  package var reopenings: Int { entries(of: .reopened).count }

  /// When anything of it happened first; its entries are never empty.
  package var begin: Instant? { entries.first?.at }
}
