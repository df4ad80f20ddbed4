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

  let state: IncidentState

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
    let recorded = entries.recorded
    all = recorded.inTimelineOrder
    self.entries = all.contains(where: \.isStruck) ? all.filter { !$0.isStruck } : all
    mergedReports = reports.filter(Incident.countsInTarget).recorded.inTimelineOrder
    var complaints = self.entries.filter { $0.kind == .complaint }
    if !mergedReports.isEmpty {
      complaints += mergedReports.filter { $0.kind == .complaint }
      complaints.sort(by: EffectiveEntry.inTimelineOrder)
    }
    self.complaints = complaints
    callbacks = complaints.filter { $0.informed == nil && $0.entry.flag(.callback) }
    state = IncidentState(
      recorded.enumerated().map { Moment($1, place: $0) }, isMerged: mergedInto != nil,
      ListedWords(recorded))
  }

  private static func countsInTarget(_ report: EffectiveEntry) -> Bool {
    switch report.kind {
    case .noticed, .complaint, .impact: !report.isStruck
    default: false
    }
  }
}

// MARK: - Its state

extension Incident {
  package var title: String { state.title }
  package var `class`: Class { state.class }
  package var service: String? { state.service }
  package var place: String? { state.place }
  package var impact: String? { state.impact }
  package var urgency: String? { state.urgency }
  package var priority: Priority? { state.priority }
  package var isMajor: Bool { state.isMajor }
  package var status: Status { state.status }
  /// When it came to its status; nil while it is open.
  package var ended: Instant? { state.ended }
  /// Who has which role now.
  package var roles: [String: String] { state.roles }
  /// Who has it in hand: the lead or owner by role, else who acknowledged or engaged last.
  package var owner: String? { state.owner }
  package var measures: [Measure] { state.measures }
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
