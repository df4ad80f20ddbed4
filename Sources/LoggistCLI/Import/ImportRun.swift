import LoggistImport
import LoggistModel
import LoggistStore

/// One import from its file to the log.
struct ImportRun {
  let input: ImportInput
  private let session: Session
  private var reader: any ForeignReader
  private var ledger: ImportLedger
  private var places: ImportPlaces
  private var head: [UInt8]
  private(set) var tally = ImportTally()

  /// Entries of a batch, which is one write and one flush.
  private static let batchSize = 4096

  init(
    file: String, map path: String?, source: String?, into target: IncidentID?, _ session: Session
  ) throws {
    self.session = session
    input = try ImportInput(file)
    let map = try path.map { path in
      let text = try ImportInput.text(of: path, limit: 1 << 20)
      do throws(ImportFailure) {
        return try ImportMap.read(text, file: path) { $0 == "UTC" ? .utc : SystemZone.load($0) }
      } catch {
        throw Failure(error, file: path)
      }
    }
    head = [UInt8](repeating: 0, count: 1 << 16)
    var count = 0
    while count < head.count {
      var piece = [UInt8](repeating: 0, count: head.count - count)
      let read = try input.next(&piece)
      if read == 0 { break }
      head.replaceSubrange(count..<(count + read), with: piece[..<read])
      count += read
    }
    head.removeSubrange(count...)
    if head.starts(with: [0x1F, 0x8B]) { throw Failure(.compressedFile(input.name)) }
    let name = source ?? map?.source ?? path.map { ImportInput.stem(of: $0) }
    let form = SourceFormat.recognised(head, name: file)
    let isZoneNamed = session.isZoneNamed
    // A map makes a table of what could be a text; JSON stays JSON.
    let system: String
    switch form {
    case .csv,
      .text where map != nil:
      system = name ?? input.stem
      reader = TableReader(
        map: map, source: system, zone: session.zone, isZoneAssumed: !isZoneNamed)
    case .statusPage:
      system = name ?? "status page"
      reader = StatusPageReader(map: map, zone: session.zone, isZoneAssumed: !isZoneNamed)
    case .loggist:
      system = name ?? "loggist"
      reader = LogFileReader(reading: LoneLines.read)
    case .text:
      system = name ?? "written timeline"
      reader = WrittenTimelineReader(
        name: input.path, incident: input.stem, zone: isZoneNamed ? session.zone : nil
      ) { $0 == "UTC" ? .utc : SystemZone.load($0) }
    }
    ledger = ImportLedger(system: system, into: target)
    places = ImportPlaces(system: system, into: target)
  }

  /// Reads the file to its end.
  mutating func read() throws {
    let progress = Progress("reading")
    defer {
      progress.finish()
      input.close()
    }
    try head.withUnsafeBytes { try reader.read($0) }
    var done = head.count
    head = []
    // So much that two threads have something to do.
    var buffer = [UInt8](repeating: 0, count: 4 << 20)
    while true {
      let count = try input.next(&buffer)
      if count == 0 { break }
      try buffer.withUnsafeBytes { try reader.read(.init(rebasing: $0[..<count])) }
      done += count
      progress.report(ImportRun.share(done, of: input.size, records: reader.harvest.records))
    }
  }

  private static func share(_ done: Int, of size: Int?, records: Int) -> String {
    let share = size.map { $0 > 0 ? ", \(min(100, done * 100 / $0)) %" : "" } ?? ""
    return "\(records) records\(share)"
  }

  /// What is in the log already.
  private mutating func look() throws {
    let progress = Progress("looking through the log")
    defer { progress.finish() }
    do {
      var reader = LogReader(store: session.store)
      try reader.load { contents, share in
        for record in contents.records {
          ledger.take(record)
          places.take(record)
        }
        progress.report("\(Int(share * 100)) %")
      }
    } catch {
      throw Failure(error)
    }
  }

  // MARK: - Logging

  /// Logs what is not there yet, batch by batch.
  mutating func log() throws {
    try look()
    let writer = try ImportWriter(session, places)
    defer { writer.close() }
    let progress = Progress("importing")
    defer { progress.finish() }
    let start = SystemCalls.real.ticks()
    var waiting: [PlannedEntry] = []
    var ledger = ledger
    let system = ledger.system
    try reader.finish { incident in
      waiting += ledger.plan(incident)
      if waiting.count < ImportRun.batchSize { return }
      try writer.log(PlannedBatch(waiting, system: system))
      waiting = []
      let (entries, elapsed) = (writer.count, max(1, SystemCalls.real.ticks() - start))
      progress.report("\(entries) entries, \(entries * 1000 / elapsed) a second")
    }
    if !waiting.isEmpty { try writer.log(PlannedBatch(waiting, system: system)) }
    places = try writer.finish()
    self.ledger = ledger
    tally.conclude(writer.count, reader.harvest, ledger, places)
  }

  /// Everything but the writing.
  mutating func rehearse() throws -> ImportTrial {
    try look()
    var trial = ImportTrial()
    var ledger = ledger
    try reader.finish { incident in
      for planned in ledger.plan(incident) { trial.take(planned) }
    }
    tally.conclude(0, reader.harvest, ledger, places)
    self.ledger = ledger
    trial.tally = tally
    return trial
  }

  // MARK: - What was not logged

  var rejects: [Reject] { tally.rejects }

  /// The file of rejects: a file of the same form, to be mended and imported.
  var rejectedText: String {
    let lines = [reader.harvest.rejectHeader].compactMap(\.self) + rejects.map(\.text)
    return lines.map { String(decoding: $0, as: UTF8.self) + "\n" }.joined()
  }

  /// Doubts and rejects on standard error, the first of them.
  func complain() {
    let shown = 10
    for reject in rejects.prefix(shown) {
      Messages.write("loggist: \(input.name):\(reject.sentence)")
    }
    if rejects.count > shown {
      Messages.write("loggist: and \(rejects.count - shown) more: --rejects writes them all")
    }
    for doubt in tally.doubts.prefix(shown) {
      Messages.write("loggist: \(input.name):\(doubt.line): \(doubt.sentence)")
    }
    if tally.doubts.count > shown {
      Messages.write(
        "loggist: and \(tally.doubts.count - shown) more doubts: --dry-run shows them all")
    }
  }
}

extension Reject {
  /// `12: sys_updated_at: "31-02-2016 08:53" is a day that the calendar does not have`.
  var sentence: String { "\(line): " + (column.map { "\($0): " } ?? "") + "\(reason)" }
}
