package import LoggistModel

/// Reads the incidents of a status page: `/api/v2/incidents.json` as it comes, an array, or one incident a line.
package struct StatusPageReader: ForeignReader {
  package private(set) var harvest = Harvest()
  private var records = JSONRecords()
  private var pages: [PageIncident] = []
  private let map: ImportMap?
  private var times: TimeReader

  /// - Parameter map: its `milestones` alone: fields of the incident that count instead of what the updates say.
  package init(map: ImportMap?, zone: Zone, isZoneAssumed: Bool) {
    self.map = map
    times = TimeReader(
      formats: [TimeFormat("iso")].compactMap(\.self), zone: zone, isZoneAssumed: isZoneAssumed)
  }

  package mutating func read(_ bytes: UnsafeRawBufferPointer) throws(ImportFailure) {
    var read: [JSONRecords.Record] = []
    records.read(bytes) { read.append($0) }
    for record in read { try take(record) }
  }

  package mutating func finish(_ body: (ForeignIncident) throws -> Void) throws {
    var rest: [JSONRecords.Record] = []
    records.finish { rest.append($0) }
    for record in rest { try take(record) }
    var found: [(begin: Instant, incident: ForeignIncident)] = []
    for page in pages {
      var page = page
      switch page.entries(&times, map) {
      case .success(let entries):
        guard let first = entries.map(\.entry.at.instant).min() else { continue }
        found.append((first, ForeignIncident(id: page.id, entries: entries)))
      case .failure(let problem):
        harvest.rejects.append(
          Reject(line: page.line, column: problem.field, problem.reason, text: page.bytes))
      }
    }
    pages = []
    let order = found.indices.sorted { (found[$0].begin, $0) < (found[$1].begin, $1) }
    for place in order { try body(found[place].incident) }
    harvest.doubts = times.doubts.sorted { $0.line < $1.line }
    harvest.rejects.sort { $0.line < $1.line }
  }

  private mutating func take(_ record: JSONRecords.Record) throws(ImportFailure) {
    switch record.value {
    case .failure(let failure):
      harvest.records += 1
      harvest.rejects.append(
        Reject(line: record.line, .notJSON(failure.sentence), text: record.bytes))
    case .success(let value):
      if let list = value.array ?? value["incidents"]?.array
        ?? value["scheduled_maintenances"]?.array
      {
        for incident in list {
          take(incident, line: record.line, bytes: Array(incident.text.utf8))
        }
      } else {
        take(value, line: record.line, bytes: record.bytes)
      }
    }
  }

  private mutating func take(_ value: JSONValue, line: Int, bytes: [UInt8]) {
    harvest.records += 1
    guard value.members != nil else {
      harvest.rejects.append(Reject(line: line, .notAnObject, text: bytes))
      return
    }
    guard let id = value["id"]?.string else {
      harvest.rejects.append(Reject(line: line, column: "id", .lacks("id"), text: bytes))
      return
    }
    pages.append(PageIncident(id: id, value: value, line: line, bytes: bytes))
  }
}
