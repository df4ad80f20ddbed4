internal import CSimdJSON
package import LoggistModel

/// Reads Loggist's own JSON Lines: a segment of any store, what `watch --json` or `show --format json` printed, or bare
/// entry objects.
package struct LogFileReader: ForeignReader {
  package private(set) var harvest = Harvest()
  private var records = JSONRecords()
  private var found: [Found] = []
  private var ordinals: [String: Int] = [:]
  private let lines: LineReading?

  private struct Found {
    var incident: String
    var entry: ForeignEntry
    /// Of its head, else when it happened.
    var logged: Instant
  }

  /// A line of a log as its record, its head as a JSON object, and the digest in it.
  package typealias Reading = (record: Record, head: String, digest: String)

  /// Reads whole lines with their line breaks, `padding` readable bytes behind the last; nil for one of another form.
  package typealias LineReading = (UnsafeRawBufferPointer) -> [Reading?]

  package static let padding = Int(LOGGIST_JSON_PADDING)

  /// - Parameter lines: whoever reads lines of this program's own form faster than JSON is read; what comes out is the
  ///   same.
  package init(reading lines: LineReading? = nil) {
    self.lines = lines
  }

  package mutating func read(_ bytes: UnsafeRawBufferPointer) throws(ImportFailure) {
    var (records, readings): (JSONRecords, [Reading?]) = (records, [])
    self.records = JSONRecords()
    records.read(
      bytes, padding: LogFileReader.padding, looking: { readings = lines?($0) ?? [] },
      taking: { place, line in
        guard place < readings.count, let reading = readings[place] else { return false }
        take(reading, line: line)
        return true
      }
    ) { take($0) }
    self.records = records
  }

  /// In the order of recording, by which state is decided.
  package mutating func finish(_ body: (ForeignIncident) throws -> Void) throws {
    var rest: [JSONRecords.Record] = []
    records.finish { rest.append($0) }
    for record in rest { take(record) }
    var order = Array(found.indices)
    // A log is in order, mostly: then nothing is compared a dozen times.
    if zip(order, order.dropFirst()).contains(where: { found[$0].logged > found[$1].logged }) {
      order.sort { (found[$0].logged, $0) < (found[$1].logged, $1) }
    }
    var next = order[...]
    while let first = next.first {
      let incident = found[first].incident
      let own = next.prefix { found[$0].incident == incident }
      next = next.dropFirst(own.count)
      try body(ForeignIncident(id: incident, entries: own.map { found[$0].entry }))
    }
    found = []
  }

  private mutating func take(_ reading: Reading, line: Int) {
    let record = reading.record
    harvest.records += 1
    add(
      record.entry, by: record.by, incident: record.entry.incident?.description ?? "",
      name: .entry(record.ref), line: line,
      head: ForeignHead(json: reading.head, digest: reading.digest), logged: record.logged)
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
    let entry: Entry
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
    let head = isWhole ? members.filter { LogFileReader.heads.contains($0.name) } : nil
    let logged = value["logged"]?.string.flatMap { Timestamp($0) }?.instant
    add(
      entry, by: value["by"]?.string,
      incident: entry.incident?.description ?? value["incident"]?.string ?? "",
      name: name(of: value, entry), line: line,
      head: head.map {
        ForeignHead(json: JSONValue.object($0).text, digest: value["digest"]?.string)
      },
      logged: logged ?? entry.at.instant)
  }

  private mutating func add(
    _ entry: Entry, by: String?, incident: String, name: RecordName, line: Int, head: ForeignHead?,
    logged: Instant
  ) {
    var entry = entry
    entry.incident = nil
    entry.salt = nil
    // Who wrote it there is no account here.
    if entry.author == nil { entry.author = by }
    LogFileReader.blank(&entry)
    found.append(
      Found(
        incident: incident, entry: ForeignEntry(entry, record: name, line: line, head: head),
        logged: logged))
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
