import LoggistModel
import LoggistStore
import LoggistUI
import Synchronization

/// Reads the log beside the loop and posts what it finds.
final class Journalist: Sendable {
  private let reader: Mutex<LogReader>
  private let worker: Worker
  private let mailbox: Mailbox
  private let asOf: Instant?

  init(_ store: Store, worker: Worker, mailbox: Mailbox, asOf: Instant?) {
    reader = Mutex(LogReader(store: store))
    (self.worker, self.mailbox, self.asOf) = (worker, mailbox, asOf)
  }

  /// Reads everything; the journal arrives as one message.
  func load() {
    worker.perform { [self] in
      do throws(StoreError) {
        let contents = try reader.withLock { (reader) throws(StoreError) in try reader.load() }
        let journal = Journal(contents.records)
        mailbox.post(.loaded(asOf.map { journal.asOf($0) } ?? journal))
        report(contents.findings)
      } catch {
        mailbox.post(.standing("cannot read the log: \(Failure(error).sentence)"))
      }
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
        case .reload:
          mailbox.post(.notice(Notice("The log's files have changed: read anew", .problem)))
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
