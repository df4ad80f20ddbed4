package import LoggistModel

extension LogReader {
  /// The records that matter for one incident, without decoding the others.
  ///
  /// Those that name it or an incident that is merged with it, those that refer to one of these (`ref`), and those that
  /// these refer to, until nothing more comes; in the one order of all records. Cost: a pass over the bytes, two
  /// gigabytes a second and core.
  ///
  /// - Returns: with the records what is not as it should be in the lines that were read for them; nil where the bytes
  ///   alone do not tell: the log has to be read whole.
  package static func records(
    about incident: IncidentID, in store: Store
  ) throws(StoreError) -> (records: [Record], findings: [Finding])? {
    guard let map = try LogMap(store) else { return nil }
    var log = PartialLog(map, taking: { _ in false })
    try log.takeAll(of: [incident])
    return log.hasLostLines ? nil : (log.records.sorted { $0.order < $1.order }, log.findings)
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
