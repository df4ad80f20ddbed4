package import LoggistModel

/// What imported incidents and entries are called in this log.
package struct ImportPlaces: Sendable {
  private let system: String
  /// Every entry goes into this incident.
  private let target: IncidentID?
  private var incidents: [String: IncidentID] = [:]
  private var refs: [EntryRef: EntryRef] = [:]
  package private(set) var rejects: [Reject] = []
  package private(set) var openedIncidents: [IncidentID] = []

  package init(system: String, into target: IncidentID? = nil) {
    (self.system, self.target) = (system, target)
  }

  /// Takes note of an entry that stands in the log.
  package mutating func take(_ record: Record) {
    guard let origin = Origin(record, system: system) else { return }
    if let incident = record.entry.incident { incidents[origin.incident] = incident }
    if case .entry(let name) = origin.record { refs[name] = record.ref }
  }

  /// The planned entries as they go into the log, in one batch: with their incidents' numbers and the names here of the
  /// entries that they are about.
  ///
  /// - Parameters:
  ///   - first: the number that the next incident gets; asked once, where one is opened.
  ///   - ref: the name that the batch's entry of that place gets.
  package mutating func place(
    _ planned: [PlannedEntry], first: () throws -> IncidentID, ref: (Int) -> EntryRef
  ) rethrows -> [Entry] {
    var entries: [Entry] = []
    entries.reserveCapacity(planned.count)
    var next: IncidentID?
    for plan in planned {
      var entry = plan.entry
      if let target {
        entry.incident = target
      } else if !plan.incident.isEmpty {
        if entry.kind == .opened, incidents[plan.incident] == nil {
          let id = try next ?? first()
          next = IncidentID(node: id.node, number: id.number + 1)
          incidents[plan.incident] = id
          openedIncidents.append(id)
        }
        entry.incident = incidents[plan.incident]
      }
      if let problem = translate(&entry) {
        rejects.append(
          Reject(line: plan.line, problem, text: Array(plan.entry.json.text.utf8)))
        continue
      }
      if case .entry(let name) = plan.record { refs[name] = ref(entries.count) }
      entries.append(entry)
    }
    return entries
  }

  /// Names of entries and incidents of another log, put into this one's. Those of this log itself are never taken:
  /// nothing that is imported strikes or corrects what was logged here.
  private func translate(_ entry: inout Entry) -> RejectReason? {
    if let written = entry.string(.ref) {
      guard let known = EntryRef(written).flatMap({ refs[$0] }) else {
        return .unknownEntry(written)
      }
      entry[.ref] = .string(known.description)
    }
    if !entry.refs.isEmpty { entry.refs = entry.refs.compactMap { refs[$0] } }
    for field in [Field.into, .other] {
      guard let written = entry.string(field) else { continue }
      guard let known = incidents[written] else { return .unknownEntry(written) }
      entry[field] = .string(known.description)
    }
    return nil
  }
}
