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

  init(_ store: Store, worker: Worker, mailbox: Mailbox, asOf: Instant?) {
    self.store = store
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
        finishRedactions(journal)
      } catch {
        mailbox.post(.standing("cannot read the log: \(Failure(error).sentence)"))
      }
    }
  }

  /// A redaction that a crash cut off between its entry and its deed is carried out now.
  private func finishRedactions(_ journal: Journal) {
    guard store.access == .readWrite,
      journal.records.contains(where: { $0.entry.kind == .redacted })
    else { return }
    do throws(StoreError) {
      let blanked = try Redaction.finish(store)
      if !blanked.isEmpty {
        mailbox.post(.notice(Notice("A redaction that was cut off has been finished")))
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
