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
  private var records: [String: Set<String>] = [:]
  /// Incidents that are in the log, or are opened by what was planned.
  private var known: Set<String> = []
  private var digests: [String: String] = [:]
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
    digests[origin.record] = origin.digest
  }

  /// A record's name without words: that of an entry of Loggist's stays, of any other 64 bits of a hash
  /// (Fowler–Noll–Vo 1a) are enough to tell it from the others of its incident.
  private static func name(of entry: ForeignEntry) -> String {
    let record = entry.record
    if record == "opened" || entry.isNamed { return record }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in record.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}

/// An entry that is to be logged, before it has a number.
package struct PlannedEntry: Sendable {
  package let entry: Entry
  /// The incident's name where it comes from; empty: none.
  package let incident: String
  package let line: Int
  /// The entry's name where it comes from, where others may be about it.
  let name: String?
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
      let name = ImportLedger.name(of: foreign)
      guard own.insert(name).inserted else {
        if let digest = digests[name], let own = foreign.head?["digest"]?.string,
          digest != own
        {
          reject(
            foreign,
            .notAnEntry(
              "another \(foreign.record) was imported as \"\(system)\": name this log with --source"
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
          own.insert("opened")
          plan.append(planned(opened, incident.id, "opened", foreign))
        }
        exists = true
        known.insert(incident.id)
      } else if entry.kind == .opened {
        // It is opened already: what this says is one more note; what the importer made up itself says nothing.
        if foreign.record == "opened" { continue }
        let text = [entry.string(.title), entry.text].compactMap(\.self).joined(separator: "\n")
        (entry.kind, entry.text, entry.fields) = (.note, text, [])
      }
      plan.append(planned(entry, incident.id, name, foreign))
    }
    return plan
  }

  private func planned(
    _ entry: Entry, _ incident: String, _ record: String, _ foreign: ForeignEntry
  ) -> PlannedEntry {
    var entry = entry
    let origin = Origin(incident: incident, record: record, head: foreign.head)
    entry.fields.removeAll { $0.name == Entry.sourceName }
    entry.fields.append(JSONMember(Entry.sourceName, origin.json(system: system)))
    return PlannedEntry(
      entry: entry, incident: incident, line: foreign.line, name: foreign.isNamed ? record : nil)
  }

  private mutating func reject(_ foreign: ForeignEntry, _ reason: RejectReason) {
    let text =
      (foreign.head == nil
      ? foreign.entry.json
      : .object([
        JSONMember("head", foreign.head ?? .null), JSONMember("entry", foreign.entry.json),
      ])).text
    rejects.append(Reject(line: foreign.line, reason, text: Array(text.utf8)))
  }
}
