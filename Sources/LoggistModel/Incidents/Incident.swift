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
  package let sources: [IncidentID]

  package private(set) var title = ""
  package private(set) var `class` = Class.real
  package private(set) var service: String?
  package private(set) var place: String?
  package private(set) var impact: String?
  package private(set) var urgency: String?
  package private(set) var priority: Priority?
  package private(set) var isMajor = false
  package private(set) var status = Status.open
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
    package var state: String
  }

  init(
    _ id: IncidentID, entries: [EffectiveEntry], mergedInto: IncidentID?, sources: [IncidentID],
    reports: [EffectiveEntry]
  ) {
    self.id = id
    self.mergedInto = mergedInto
    self.sources = sources
    all = entries.filter { !$0.kind.isControl }.sorted(by: EffectiveEntry.inTimelineOrder)
    self.entries = all.filter { !$0.isStruck }
    mergedReports = reports.filter {
      !$0.isStruck && ($0.kind == .noticed || $0.kind == .complaint || $0.kind == .impact)
    }.sorted(by: EffectiveEntry.inTimelineOrder)
    for entry in self.entries.sorted(by: { $0.record.order < $1.record.order }) { apply(entry) }
    if mergedInto != nil { status = .merged }
    owner = roles["lead"] ?? roles["owner"] ?? owner ?? roles["on_call"]
  }
}

// MARK: - What each kind does

extension Incident {
  /// Applies an entry in the order of recording: state is what was said last, whenever it is said to have happened.
  private mutating func apply(_ effective: EffectiveEntry) {
    let entry = effective.entry
    switch entry.kind {
    case .opened, .set: applyProperties(entry)
    case .acknowledged: owner = entry.string(.who) ?? effective.author
    case .engaged: owner = entry.ref.flatMap { escalationTarget($0) } ?? owner
    case .role: applyRole(entry)
    case .restored: if status == .open { status = .restored }
    case .resolved: status = .resolved
    case .reopened: status = .open
    case .closed: status = .closed
    case .cancelled: status = .cancelled
    case .measure:
      measures.append(
        Measure(
          ref: effective.ref, isCorrective: entry.string(.type) != "preventive",
          text: entry.text ?? "", owner: entry.string(.owner), due: entry.string(.due),
          state: "open"))
    case .measureUpdate:
      if let place = measures.firstIndex(where: { $0.ref == entry.ref }) {
        measures[place].state = entry.string(.state) ?? measures[place].state
      }
    default: break
    }
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
    entries.first { $0.ref == ref }?.entry.string(.to)
  }
}

// MARK: - What is asked of it

extension Incident {
  package func entries(of kind: Kind) -> [EffectiveEntry] { entries.filter { $0.kind == kind } }

  package func latest(_ kind: Kind) -> EffectiveEntry? {
    entries(of: kind).max { $0.record.order < $1.record.order }
  }

  /// Callers' reports: its own and those of the incidents merged into it, in timeline order.
  package var complaints: [EffectiveEntry] {
    (entries + mergedReports).filter { $0.kind == .complaint }
      .sorted(by: EffectiveEntry.inTimelineOrder)
  }

  /// Complaints whose caller asked to be called back and has not been.
  package var callbacks: [EffectiveEntry] {
    let informed = Set(entries(of: .informed).compactMap(\.entry.ref))
    return complaints.filter { $0.entry.flag(.callback) && !informed.contains($0.ref) }
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
