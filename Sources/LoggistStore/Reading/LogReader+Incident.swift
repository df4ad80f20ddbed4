package import LoggistModel

extension LogReader {
  /// The records that matter for one incident, without decoding the others.
  ///
  /// Those that name it or an incident that is merged with it, those that refer to one of these (`ref`), and those that
  /// these refer to, until nothing more comes; in the one order of all records. Cost: a pass over the bytes, two
  /// gigabytes a second and core.
  ///
  /// - Returns: with the records what is not as it should be in the lines that were read for them; nil where a segment
  ///   was left out and nobody has said why.
  package static func records(
    about incident: IncidentID, in store: Store
  ) throws(StoreError) -> (records: [Record], findings: [Finding]?) {
    if let map = try LogMap(store) {
      var log = PartialLog(map, taking: { _ in false })
      try log.takeAll(of: [incident])
      if !log.hasLostLines { return (log.records.sorted { $0.order < $1.order }, log.findings) }
    }
    var search = IncidentSearch(try LogBytes(store))
    search.takeLines(containing: Array("\"\(incident)\"".utf8))
    search.takeReferences()
    return (search.records.sorted { $0.order < $1.order }, nil)
  }

  /// A record, those that it refers to and those that refer to it, and so on. Cost: as above.
  ///
  /// - Returns: nil where the bytes alone do not tell: the log has to be read whole.
  package static func records(
    about ref: EntryRef, in store: Store
  ) throws(StoreError) -> (records: [Record], findings: [Finding])? {
    guard let map = try LogMap(store) else { return nil }
    var log = PartialLog(map, taking: { _ in false })
    try log.takeLines(of: [ref])
    try log.follow { $0.ref }
    return log.hasLostLines ? nil : (log.records, log.findings)
  }

  /// The records of these names, where there are any.
  package static func records(
    _ refs: [EntryRef], in store: Store
  ) throws(StoreError) -> [Record] {
    var search = IncidentSearch(try LogBytes(store))
    for ref in refs { search.takeLine(of: ref) }
    return search.records.filter { refs.contains($0.ref) }.sorted { $0.order < $1.order }
  }
}

extension Entry {
  /// The incidents that this entry makes one, or a correction that it is.
  var mergedIncidents: [IncidentID] {
    switch kind {
    case .merged: [incident, incident(in: .into)].compactMap(\.self)
    case .corrected:
      (self[.set]?.members ?? []).filter { ["incident", "into"].contains($0.name) }
        .compactMap { $0.value.string.flatMap { IncidentID($0) } }
    default: []
    }
  }
}

/// The lines of some logs that were found to belong to an incident.
private struct IncidentSearch {
  private var logs: LogBytes
  private var visited = LogBytes.Visited()
  private(set) var records: [Record] = []
  private var refs: Set<EntryRef> = []
  private let decoder = EntryDecoder()

  init(_ logs: LogBytes) {
    self.logs = logs
  }

  mutating func takeLines(containing pattern: [UInt8]) {
    var found: [Record] = []
    logs.eachLine(containing: pattern, except: &visited) { line, node, _, _ in
      found.append(line.record(node: node, decoder: decoder).0)
    }
    take(found)
  }

  mutating func takeLine(of ref: EntryRef) {
    var found: [Record] = []
    let pattern = Array("\"seq\":\(ref.sequence),".utf8)
    logs.eachLine(containing: pattern, in: ref.node, except: &visited) { line, node, _, _ in
      found.append(line.record(node: node, decoder: decoder).0)
    }
    take(found)
  }

  /// Follows references in both directions until nothing new comes.
  mutating func takeReferences() {
    var known = 0
    while records.count > known {
      let targets = Set(records[known...].compactMap(\.entry.ref)).subtracting(refs)
      known = records.count
      for target in targets { takeLine(of: target) }
      takeLinesReferring()
    }
  }

  /// Lines whose `ref` names one that was taken.
  private mutating func takeLinesReferring() {
    var found: [Record] = []
    let refs = refs
    logs.eachLine(
      containing: Array("\"ref\":\"".utf8), except: &visited,
      where: { rest in
        let name = rest.prefix(25).prefix { $0 != UInt8(ascii: "\"") }
        return EntryRef(String(decoding: name, as: UTF8.self)).map { refs.contains($0) } ?? false
      }
    ) { line, node, _, _ in
      found.append(line.record(node: node, decoder: decoder).0)
    }
    take(found)
  }

  private mutating func take(_ found: [Record]) {
    for record in found {
      // A line written again after a failed flush stands twice.
      if !refs.insert(record.ref).inserted, records.contains(record) { continue }
      records.append(record)
    }
  }
}
