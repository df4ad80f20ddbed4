import LoggistModel

/// Reads Loggist's own JSON Lines: a segment of any store, what `watch --json` or `show --format json` printed, or bare
/// entry objects.
package struct LogFileReader: ForeignReader {
  package private(set) var harvest = Harvest()
  private var records = JSONRecords()
  private var found: [Found] = []
  private var ordinals: [String: Int] = [:]

  private struct Found {
    var incident: String
    var entry: ForeignEntry
    /// Of its head, else when it happened.
    var logged: Instant
  }

  package init() {}

  package mutating func read(_ bytes: UnsafeRawBufferPointer) throws(ImportFailure) {
    var read: [JSONRecords.Record] = []
    records.read(bytes) { read.append($0) }
    for record in read { take(record) }
  }

  /// In the order of recording, by which state is decided.
  package mutating func finish(_ body: (ForeignIncident) throws -> Void) throws {
    var rest: [JSONRecords.Record] = []
    records.finish { rest.append($0) }
    for record in rest { take(record) }
    let order = found.indices.sorted { (found[$0].logged, $0) < (found[$1].logged, $1) }
    for place in order {
      try body(ForeignIncident(id: found[place].incident, entries: [found[place].entry]))
    }
    found = []
  }

  private mutating func take(_ record: JSONRecords.Record) {
    switch record.value {
    case .failure(let failure):
      harvest.records += 1
      reject(record.line, .notJSON(failure.sentence), record.bytes)
    case .success(let value):
      guard let list = value["entries"]?.array ?? value.array else {
        return take(value, line: record.line, bytes: record.bytes)
      }
      for object in list { take(object, line: record.line, bytes: Array(object.text.utf8)) }
    }
  }

  private mutating func take(_ value: JSONValue, line: Int, bytes: [UInt8]) {
    harvest.records += 1
    guard let members = value.members else { return reject(line, .notAnObject, bytes) }
    let isWhole = value["entry"]?.members != nil
    var entry: Entry
    do throws(Entry.DecodingFailure) {
      entry = try Entry(json: value["entry"] ?? value)
    } catch {
      let reason: RejectReason =
        switch error {
        case .notAnObject: .notAnObject
        case .missing(let name): .lacks(name)
        case .notATimestamp(let text): .notATime(text)
        }
      return reject(line, reason, bytes)
    }
    let head: JSONValue? =
      isWhole ? .object(members.filter { LogFileReader.heads.contains($0.name) }) : nil
    let incident = entry.incident?.description ?? value["incident"]?.string ?? ""
    entry.incident = nil
    entry.salt = nil
    // Who wrote it there is no account here.
    if entry.author == nil { entry.author = value["by"]?.string }
    LogFileReader.blank(&entry)
    let logged = value["logged"]?.string.flatMap { Timestamp($0) }?.instant
    found.append(
      Found(
        incident: incident,
        entry: ForeignEntry(entry, record: name(of: value, entry), line: line, head: head),
        logged: logged ?? entry.at.instant))
  }

  private static let heads: Set<String> = [
    "v", "node", "seq", "logged", "by", "via", "prev", "gap", "digest", "ref",
  ]

  /// What was redacted there is a note that says so here: nothing that is imported takes text out of this store.
  private static func blank(_ entry: inout Entry) {
    if entry.isRedacted {
      entry.fields.removeAll { $0.name == "redacted" }
      entry.text = "[redacted]"
    } else if entry.kind == .redacted {
      let reason = entry.string(.reason).map { ": \($0)" } ?? ""
      entry.text = "redacted \(entry.string(.ref) ?? "an entry")\(reason)"
      (entry.kind, entry.fields) = (.note, [])
    }
  }

  /// `INC.812`; of an entry without a head its time and kind, with a number where there are several.
  private mutating func name(of value: JSONValue, _ entry: Entry) -> RecordName {
    if let ref = value["ref"]?.string.flatMap({ EntryRef($0) }) { return .entry(ref) }
    if let node = value["node"]?.string, let sequence = value["seq"]?.integer,
      let ref = EntryRef("\(node).\(sequence)")
    {
      return .entry(ref)
    }
    let name = "\(entry.at) \(entry.kind.name)"
    let ordinal = ordinals[name, default: 0] + 1
    ordinals[name] = ordinal
    return RecordName(madeFrom: ordinal == 1 ? name : "\(name) #\(ordinal)")
  }

  private mutating func reject(_ line: Int, _ reason: RejectReason, _ bytes: [UInt8]) {
    harvest.rejects.append(Reject(line: line, reason, text: bytes))
  }
}
