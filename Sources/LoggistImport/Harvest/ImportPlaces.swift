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

  /// A batch as it goes into the log: with its incidents' numbers and the names here of the entries that it is about.
  ///
  /// - Parameters:
  ///   - first: the number that the next incident gets; asked once, where one is opened.
  ///   - ref: the name that the entry of that place gets.
  package mutating func place(
    _ batch: PlannedBatch, first: () throws -> IncidentID, ref: (Int) -> EntryRef
  ) rethrows -> EntryTexts {
    var texts: [EntryText] = []
    texts.reserveCapacity(batch.entries.count)
    var changed = EntryTextBuilder()
    var (next, last): (IncidentID?, (name: String, id: IncidentID?)?)
    for (planned, written) in zip(batch.entries, batch.texts.texts) {
      var text = written
      if let target {
        text.incident = target
      } else if !planned.incident.isEmpty {
        let isKnown = last?.name == planned.incident
        var id = isKnown ? last?.id : incidents[planned.incident]
        if id == nil, text.isOpening {
          let new = try next ?? first()
          next = IncidentID(node: new.node, number: new.number + 1)
          incidents[planned.incident] = new
          openedIncidents.append(new)
          id = new
        }
        if !isKnown || last?.id != id { last = (planned.incident, id) }
        text.incident = id
      }
      if planned.entry.mentionsOthers {
        var entry = planned.entry
        if let problem = translate(&entry) {
          rejects.append(Reject(line: planned.line, problem, text: rejected(batch, written)))
          continue
        }
        entry.incident = text.incident
        text = changed.add(entry, planned.origin, system).behind(batch.texts.bytes.count)
      }
      if case .entry(let name) = planned.origin.record { refs[name] = ref(texts.count) }
      texts.append(text)
    }
    let more = changed.bytes
    return EntryTexts(more.isEmpty ? batch.texts.bytes : batch.texts.bytes + more, texts)
  }

  /// The entry as it would have been logged.
  private func rejected(_ batch: PlannedBatch, _ text: EntryText) -> [UInt8] {
    let bytes = batch.texts.bytes
    return bytes[text.front] + bytes[text.body] + [UInt8(ascii: "}")]
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

extension Entry {
  /// It names an entry or another incident.
  fileprivate var mentionsOthers: Bool {
    !refs.isEmpty
      || fields.contains { member in
        member.name == Field.ref.rawValue || member.name == Field.into.rawValue
          || member.name == Field.other.rawValue
      }
  }
}
