import LoggistModel
import LoggistStore
import LoggistUI
import Synchronization

/// Reads the log beside the loop and posts what it finds.
final class Journalist: Sendable {
  private let store: Store
  private let reader: Mutex<LogReader>
  private let worker: Worker
  private let mailbox: Mailbox
  private let asOf: Instant?
  private let zone: Zone
  private let now: @Sendable () -> Instant

  init(
    _ store: Store, worker: Worker, mailbox: Mailbox, asOf: Instant?, zone: Zone,
    now: @escaping @Sendable () -> Instant
  ) {
    self.store = store
    reader = Mutex(LogReader(store: store))
    (self.worker, self.mailbox, self.asOf) = (worker, mailbox, asOf)
    (self.zone, self.now) = (zone, now)
  }

  /// Reads everything, the newest first: a board of the last weeks stands before the years behind it are in.
  func load() {
    worker.perform { [self] in
      do throws(StoreError) {
        var reading = Reading()
        try reader.withLock { (reader) throws(StoreError) in
          try reader.load { contents, share in
            reading.take(contents)
            mailbox.post(.progress(Int(share * 100)))
            if share < 1, let recent = reading.recent { post(recent, isWhole: false) }
          }
          // What was logged while the years were read must not vanish from the screen.
          if case .appended(let contents) = try reader.poll() { reading.takeNew(contents) }
        }
        let records = reading.finish()
        let mayBeUnfinished = records.contains { $0.entry.kind == .redacted }
        post(records, isWhole: true)
        report(reading.findings)
        if mayBeUnfinished { finishRedactions() }
      } catch {
        mailbox.post(.standing("cannot read the log: \(Failure(error).sentence)"))
      }
    }
  }

  private func post(_ records: [Record], isWhole: Bool) {
    let known = asOf.map { moment in records.filter { $0.logged <= moment } } ?? records
    mailbox.post(.loaded(Register(known, now: now(), zone: zone), isWhole: isWhole))
  }

  /// A redaction that a crash cut off between its entry and its deed is carried out now.
  private func finishRedactions() {
    guard store.access == .readWrite else { return }
    do throws(StoreError) {
      let blanked = try Redaction.finish(store.refreshed())
      if !blanked.isEmpty {
        mailbox.post(.notice(Notice("A redaction that was cut off has been finished")))
        // Of the same length as before: no poll sees it.
        load()
      }
    } catch {
      mailbox.post(.standing("a redaction is unfinished: \(Failure(error).sentence)"))
    }
  }

  /// Reads what was appended since.
  func poll() {
    if asOf != nil { return }
    worker.perform { [self] in
      do throws(StoreError) {
        let update = try reader.withLock { (reader) throws(StoreError) in try reader.poll() }
        switch update {
        case .appended(let contents):
          if !contents.records.isEmpty { mailbox.post(.arrived(contents.records)) }
          report(contents.findings)
        case .reload(let reason):
          if !reason.isCopying(in: store) {
            mailbox.post(.notice(Notice("The log's files have changed: read anew", .problem)))
          }
          load()
        }
      } catch {
        mailbox.post(.standing("cannot read the log: \(Failure(error).sentence)"))
      }
    }
  }

  private func report(_ findings: [Finding]) {
    if findings.isEmpty { return }
    let lines = findings.count == 1 ? "1 damaged line" : "\(findings.count) damaged lines"
    mailbox.post(.standing("\(lines): loggist doctor"))
  }
}

/// What has been read of the log so far, the newest segment first.
private struct Reading {
  private var segments: [[Record]] = []
  private var count = 0
  private var isShown = false
  private(set) var findings: [Finding] = []

  /// Enough for a board of the last weeks, and read within a tenth of a second.
  private static let enough = 4_000

  mutating func take(_ contents: LogContents) {
    segments.append(contents.records)
    count += contents.records.count
    findings += contents.findings
  }

  /// What has been appended since the newest segment was read.
  mutating func takeNew(_ contents: LogContents) {
    segments.insert(contents.records, at: 0)
    count += contents.records.count
    findings += contents.findings
  }

  /// Once, as soon as there is enough for a board: the entries of the incidents that were opened in what has been read.
  var recent: [Record]? {
    mutating get {
      if isShown || count < Reading.enough { return nil }
      isShown = true
      let records = sorted(Array(segments.reversed().joined()))
      let opened = Set(records.compactMap { $0.entry.kind == .opened ? $0.entry.incident : nil })
      return records.filter { $0.entry.incident.map { opened.contains($0) } ?? true }
    }
  }

  /// Everything, in the one order of all records. The segments are let go of one by one: there may be a gigabyte of them.
  mutating func finish() -> [Record] {
    var records: [Record] = []
    records.reserveCapacity(count)
    while let segment = segments.popLast() { records += segment }
    return sorted(records)
  }

  /// One node's segments follow each other: there is nothing to sort.
  private func sorted(_ records: [Record]) -> [Record] {
    let isSorted = zip(records, records.dropFirst()).allSatisfy { $0.order < $1.order }
    return isSorted ? records : records.sorted { $0.order < $1.order }
  }
}
