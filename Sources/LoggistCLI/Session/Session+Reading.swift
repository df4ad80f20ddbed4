import LoggistModel
import LoggistStore
import Synchronization

extension Session {
  /// Everything that was recorded, as of the moment that was asked for.
  ///
  /// Places of the log that are not as they should be are counted on standard error: nothing is skipped silently.
  ///
  /// - Parameter detail: what is wanted of each entry.
  func journal(_ detail: EntryDetail = .everything) throws -> Journal {
    try reading(detail).journal
  }

  private func reading(
    _ detail: EntryDetail
  ) throws -> (journal: Journal, findings: [Finding]) {
    let progress = Progress("reading")
    let count = Mutex(0)
    defer { progress.finish() }
    let log: (pieces: [[Record]], findings: [Finding])
    do {
      log = try LogReader.contents(of: store, detail: detail) { more in
        let read = count.withLock {
          $0 += more
          return $0
        }
        progress.report("\(read) entries")
      }
    } catch {
      throw Failure(error)
    }
    progress.finish()
    let findings = log.findings.count
    if findings > 0 {
      let places = findings == 1 ? "1 place" : "\(findings) places"
      Messages.write(
        "loggist: \(places) of the log not as it should be; 'loggist doctor' shows them")
    }
    let journal =
      asOf == nil ? Journal(log.pieces) : journal(of: log.pieces.flatMap(\.self))
    return (journal, log.findings)
  }

  /// Only what matters for one incident: a search over the bytes instead of a reading of the whole log.
  func journal(about incident: IncidentID) throws -> Journal {
    do {
      let journal = journal(of: try LogReader.records(about: incident, in: store))
      if journal.incidents[incident] != nil { return journal }
    } catch {
      throw Failure(error)
    }
    // Only the whole reading says of each file why it was left out.
    let (journal, findings) = try reading(.everything)
    if journal.incidents[incident] == nil {
      if let left = findings.first(where: \.reason.leavesFileOut) {
        throw Failure(.notInWhatCanBeRead(incident, reason: "\(left.reason)"))
      }
    }
    return journal
  }

  /// What an entry of the desk's is judged by: what this machine has logged just now, unless it is about another entry.
  func journal(forDeskWide entries: [Entry]) throws -> Journal {
    guard entries.allSatisfy({ $0.ref == nil }), let node = store.ownNode else {
      return try journal()
    }
    return journal(of: try RawLog.recent(of: node, in: store))
  }

  private func journal(of records: [Record]) -> Journal {
    guard let asOf else { return Journal(records) }
    return Journal(records.lazy.filter { $0.logged <= asOf })
  }

  /// An incident of a journal, or the reason why there is none.
  func incident(_ id: IncidentID, in journal: Journal) throws -> Incident {
    if let incident = journal.incidents[id] { return incident }
    guard let asOf else { throw Failure(.noSuchIncident(id)) }
    throw Failure(.nothingKnown(id, asOf: style.dateAndTime(asOf)))
  }

  func entry(_ ref: EntryRef, in journal: Journal) throws -> EffectiveEntry {
    guard let entry = journal.entry(ref) else { throw Failure(Refusal.noSuchEntry(ref)) }
    return entry
  }
}
