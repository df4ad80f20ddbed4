package import LoggistModel

/// What of a source is in the log already: the memory of an import.
///
/// Every imported entry names its source in a field `source`: `{"system":…,"incident":…,"record":…}`, and of a line of
/// Loggist's own its `head`. The same system, incident and record are the same entry, however often the file is read.
package struct ImportLedger: Sendable {
  package let system: String
  /// Every entry goes into this incident.
  private let target: IncidentID?
  /// The records of each of the source's incidents that are logged or planned.
  private var records: [String: Set<RecordName>] = [:]
  /// Incidents that are in the log, or are opened by what was planned.
  private var known: Set<String> = []
  private var digests: [RecordName: String] = [:]
  package private(set) var skipped = 0
  package private(set) var rejects: [Reject] = []

  package init(system: String, into target: IncidentID? = nil) {
    (self.system, self.target) = (system, target)
  }

  /// Takes note of an entry that stands in the log.
  package mutating func take(_ record: Record) {
    guard let origin = Origin(record, system: system) else { return }
    if record.entry.incident != nil { known.insert(origin.incident) }
    records[origin.incident, default: []].insert(origin.record)
    if let digest = origin.head?.digest { digests[origin.record] = digest }
  }
}

extension ImportLedger {
  /// What of an incident is not in the log yet.
  package mutating func plan(_ incident: ForeignIncident) -> [PlannedEntry] {
    var plan: [PlannedEntry] = []
    plan.reserveCapacity(incident.entries.count + 1)
    var own = records.removeValue(forKey: incident.id) ?? []
    defer { records[incident.id] = own }
    let isDeskWide = incident.id.isEmpty && target == nil
    var exists = target != nil || known.contains(incident.id)
    for foreign in incident.entries {
      guard own.insert(foreign.record).inserted else {
        if let digest = digests[foreign.record], let own = foreign.head?.digest,
          digest != own
        {
          reject(
            foreign,
            .notAnEntry(
              "another \(foreign.record.text) was imported as \"\(system)\": name this log with --source"
            ))
        }
        skipped += 1
        continue
      }
      var entry = foreign.entry
      if isDeskWide {
        if !entry.kind.rule.isDeskWide {
          reject(foreign, .noIncident)
          continue
        }
      } else if !exists {
        if entry.kind != .opened {
          var opened = Entry(.opened, at: entry.at)
          opened[.title] = .string(incident.id)
          own.insert(.opened)
          plan.append(planned(opened, incident.id, .opened, foreign))
        }
        exists = true
        known.insert(incident.id)
      } else if entry.kind == .opened {
        // It is opened already: what this says is one more note; what the importer made up itself says nothing.
        if foreign.record == .opened { continue }
        let text = [entry.string(.title), entry.text].compactMap(\.self).joined(separator: "\n")
        (entry.kind, entry.text, entry.fields) = (.note, text, [])
      }
      plan.append(planned(entry, incident.id, foreign.record, foreign))
    }
    return plan
  }

  private func planned(
    _ entry: Entry, _ incident: String, _ record: RecordName, _ foreign: ForeignEntry
  ) -> PlannedEntry {
    var entry = entry
    entry.fields.removeAll { $0.name == Entry.sourceName }
    return PlannedEntry(
      entry: entry, origin: Origin(incident: incident, record: record, head: foreign.head),
      line: foreign.line)
  }

  private mutating func reject(_ foreign: ForeignEntry, _ reason: RejectReason) {
    let entry = foreign.entry.json.text
    let text = foreign.head.map { "{\"head\":\($0.json),\"entry\":\(entry)}" } ?? entry
    rejects.append(Reject(line: foreign.line, reason, text: Array(text.utf8)))
  }
}
