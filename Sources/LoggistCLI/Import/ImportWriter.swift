import LoggistImport
import LoggistModel
import LoggistStore
import Synchronization
import Terminal

/// The half of an import that writes: a batch is logged in a thread of its own while the next one is being made.
final class ImportWriter: Sendable {
  private struct Standing {
    var isBusy = false
    var entries = 0
    var failure: (any Error)?
    /// The batch under way, held so that it is thrown away in the other thread, which has the time.
    var batch: PlannedBatch?
  }

  private let session: Session
  private let writer: LogWriter
  private let places: Mutex<ImportPlaces>
  private let standing = Mutex(Standing())
  private let worker: Worker
  private let isDone: Wakeup

  init(_ session: Session, _ places: ImportPlaces) throws {
    self.session = session
    writer = try session.writer()
    self.places = Mutex(places)
    isDone = try Wakeup()
    worker = try Worker()
  }

  /// Entries that are acknowledged.
  var count: Int { standing.withLock { $0.entries } }

  /// Waits for the batch before this one, and throws what went wrong with it: then nothing more is logged.
  func log(_ batch: PlannedBatch) throws {
    try wait()
    standing.withLock { ($0.isBusy, $0.batch) = (true, batch) }
    worker.perform { self.write(batch) }
  }

  /// The log as it stands behind the last batch.
  func finish() throws -> ImportPlaces {
    try wait()
    return places.withLock { $0 }
  }

  /// Ends the thread, once its batch is done.
  func close() { worker.finish() }

  private func wait() throws {
    while standing.withLock({ $0.isBusy }) {
      _ = waitForInput([isDone.descriptor], timeoutMilliseconds: nil)
      isDone.clear()
    }
    if let failure = standing.withLock({ $0.failure }) { throw failure }
  }

  private func write(_ batch: PlannedBatch) {
    let written = Result {
      try session.appendTexts(with: writer, via: .import) { context in
        try places.withLock {
          try $0.place(batch, first: { try context.nextIncident }, ref: { context.ref($0) })
        }
      }
    }
    standing.withLock { standing in
      standing.isBusy = false
      switch written {
      case .success(let count): standing.entries += count
      case .failure(let failure): standing.failure = failure
      }
    }
    isDone.signal()
  }
}
