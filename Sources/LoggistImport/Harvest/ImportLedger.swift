package import LoggistModel

/// What of a source is in the log already, and the place of what is not: the memory of an import.
///
/// Every imported entry names its source in a field `source`: `{"system":…,"incident":…,"record":…}`, and of a line of
/// Loggist's own its `head`. The same system, incident and record are the same entry, however often the file is read.
package struct ImportLedger: Sendable {
  package let system: String
  /// Every entry goes into this incident.
  private let target: IncidentID?
  private var incidents: [String: IncidentID] = [:]
  private var records: Set<String> = []
  private var refs: [String: EntryRef] = [:]
  private var digests: [String: String] = [:]
  /// Incidents that are to be opened by what was planned.
  private var planned: Set<String> = []
  package private(set) var skipped = 0
  package private(set) var rejects: [Reject] = []
  package private(set) var openedIncidents: [IncidentID] = []

  package init(system: String, into target: IncidentID? = nil) {
    (self.system, self.target) = (system, target)
  }

  /// Takes note of an entry that stands in the log.
  package mutating func take(_ record: Record) {
    guard record.via == .import,
      let source = record.entry.source,
      source["system"]?.string == system, let name = source["record"]?.string
    else { return }
    let foreign = source["incident"]?.string ?? ""
    if let incident = record.entry.incident { incidents[foreign] = incident }
    records.insert(ImportLedger.key(foreign, name))
    refs[name] = record.ref
    digests[name] = source["head"]?["digest"]?.string
  }

  /// A record's name without words: that of an entry of Loggist's stays, of any other 64 bits of a hash
  /// (Fowler–Noll–Vo 1a) are enough to tell it from the others of its incident.
  private static func name(of record: String) -> String {
    if record == "opened" || EntryRef(record) != nil { return record }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in record.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  private static func key(_ incident: String, _ record: String) -> String {
    "\(incident)\u{1F}\(record)"
  }
}

/// An entry that is to be logged, before it has a number.
package struct PlannedEntry: Sendable {
  package fileprivate(set) var entry: Entry
  fileprivate let foreign: String
  package let line: Int
  fileprivate let record: String
  package var incident: String { foreign }
}

extension ImportLedger {
  /// What of an incident is not in the log yet.
  package mutating func plan(_ incident: ForeignIncident) -> [PlannedEntry] {
    var plan: [PlannedEntry] = []
    let names = incident.entries.map { ImportLedger.name(of: $0.record) }
    plan.reserveCapacity(incident.entries.count)
    let isDeskWide = incident.id.isEmpty && target == nil
    var exists = target != nil || incidents[incident.id] != nil || planned.contains(incident.id)
    for (foreign, name) in zip(incident.entries, names) {
      guard records.insert(ImportLedger.key(incident.id, name)).inserted else {
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
          records.insert(ImportLedger.key(incident.id, "opened"))
          plan.append(self.planned(opened, incident.id, "opened", foreign))
        }
        exists = true
        planned.insert(incident.id)
      } else if entry.kind == .opened {
        // It is opened already: what this says is one more note; what the importer made up itself says nothing.
        if foreign.record == "opened" { continue }
        let text = [entry.string(.title), entry.text].compactMap(\.self).joined(separator: "\n")
        (entry.kind, entry.text, entry.fields) = (.note, text, [])
      }
      plan.append(self.planned(entry, incident.id, name, foreign))
    }
    return plan
  }

  private func planned(
    _ entry: Entry, _ incident: String, _ record: String, _ foreign: ForeignEntry
  ) -> PlannedEntry {
    var entry = entry
    var source = [JSONMember("system", .string(system))]
    if !incident.isEmpty { source.append(JSONMember("incident", .string(incident))) }
    source.append(JSONMember("record", .string(record)))
    if let head = foreign.head { source.append(JSONMember("head", head)) }
    entry.fields.removeAll { $0.name == Entry.sourceName }
    entry.fields.append(JSONMember(Entry.sourceName, .object(source)))
    return PlannedEntry(entry: entry, foreign: incident, line: foreign.line, record: record)
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
      } else if !plan.foreign.isEmpty {
        if entry.kind == .opened, incidents[plan.foreign] == nil {
          let id = try next ?? first()
          next = IncidentID(node: id.node, number: id.number + 1)
          incidents[plan.foreign] = id
          openedIncidents.append(id)
        }
        entry.incident = incidents[plan.foreign]
      }
      if let problem = translate(&entry) {
        rejects.append(
          Reject(line: plan.line, problem, text: Array(plan.entry.json.text.utf8)))
        continue
      }
      refs[plan.record] = ref(entries.count)
      entries.append(entry)
    }
    return entries
  }

  /// Names of entries and incidents of another log, put into this one's. Those of this log itself are never taken:
  /// nothing that is imported strikes or corrects what was logged here.
  private func translate(_ entry: inout Entry) -> RejectReason? {
    if let written = entry.string(.ref) {
      guard let known = refs[written] else { return .unknownEntry(written) }
      entry[.ref] = .string(known.description)
    }
    if !entry.refs.isEmpty { entry.refs = entry.refs.compactMap { refs[$0.description] } }
    for field in [Field.into, .other] {
      guard let written = entry.string(field) else { continue }
      guard let known = incidents[written] else { return .unknownEntry(written) }
      entry[field] = .string(known.description)
    }
    return nil
  }
}
