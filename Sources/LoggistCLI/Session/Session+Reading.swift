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
    let log = try counting { more throws(StoreError) in
      try LogReader.contents(of: store, detail: detail, progress: more)
    }
    tell(log.findings)
    let journal =
      asOf == nil ? Journal(log.pieces) : journal(of: log.pieces.flatMap(\.self))
    return (journal, log.findings)
  }

  /// Everything that was recorded as the incidents that it makes, for figures.
  ///
  /// - Parameter kept: the kinds whose text is wanted.
  func incidents(textsOf kept: Set<Kind> = []) throws -> IncidentSource {
    let index = try counting { more throws(StoreError) in
      try LogIndex(store, textsOf: kept, progress: more)
    }
    guard let index else { return .journal(try journal(kept.isEmpty ? .figures : .words)) }
    tell(index.findings)
    return .index(index, asOf: asOf)
  }

  /// Reads while it says how far it is.
  private func counting<Value>(
    _ read: (@escaping @Sendable (Int) -> Void) throws(StoreError) -> Value
  ) throws -> Value {
    let progress = Progress("reading")
    let count = Mutex(0)
    defer { progress.finish() }
    do {
      return try read { more in
        let read = count.withLock {
          $0 += more
          return $0
        }
        progress.report("\(read) entries")
      }
    } catch {
      throw Failure(error)
    }
  }

  private func tell(_ findings: [Finding]) {
    if findings.isEmpty { return }
    let places = findings.count == 1 ? "1 place" : "\(findings.count) places"
    Messages.write(
      "loggist: \(places) of the log not as it should be; 'loggist doctor' shows them")
  }

  /// What a search has to know: found in the bytes of the log where they tell, else everything.
  func journal(for search: Search) throws -> Journal {
    do {
      let isKnown: (Record) -> Bool = { record in asOf.map { record.logged <= $0 } ?? true }
      if let found = try LogReader.journal(for: search, in: store, where: isKnown) {
        tell(found.findings)
        return found.journal
      }
    } catch {
      throw Failure(error)
    }
    return try journal()
  }

  /// What the board of the moment has: its open incidents, those that ended on its day, complaints without one.
  func boardJournal() throws -> Journal {
    let today = style.date(moment)
    do {
      let board = try LogReader.boardJournal(
        of: store, where: { record in asOf.map { record.logged <= $0 } ?? true },
        isOfInterest: { style.date($0) == today })
      if let board {
        tell(board.findings)
        return board.journal
      }
    } catch {
      throw Failure(error)
    }
    return try journal()
  }

  /// Only what matters for one incident: a search over the bytes instead of a reading of the whole log.
  ///
  /// - Parameter isShown: what is not as it should be among the lines read is counted on standard error even where the
  ///   incident is found.
  func journal(about incident: IncidentID, isShown: Bool = false) throws -> Journal {
    let log: (records: [Record], findings: [Finding])?
    do {
      log = try LogReader.records(about: incident, in: store)
    } catch {
      throw Failure(error)
    }
    let (journal, findings) =
      try log.map { (self.journal(of: $0.records), $0.findings) } ?? reading(.everything)
    if log != nil, isShown || journal.incidents[incident] == nil { tell(findings) }
    if journal.incidents[incident] == nil {
      if let left = findings.first(where: \.reason.leavesFileOut) {
        throw Failure(.notInWhatCanBeRead(incident, reason: "\(left.reason)"))
      }
    }
    return journal
  }

  /// Only what matters for one entry.
  func journal(about ref: EntryRef) throws -> Journal {
    do {
      if let log = try LogReader.records(about: ref, in: store) {
        tell(log.findings)
        return journal(of: log.records)
      }
    } catch {
      throw Failure(error)
    }
    return try journal()
  }

  /// What entries of an incident are judged by: the end of the log, where that tells enough.
  func journal(judging entries: [Entry], of incident: IncidentID) throws -> Journal {
    if entries.contains(where: { Journal.needsHistory(toJudge: $0) }) {
      return try journal(about: incident)
    }
    let moment = now() - Journal.justNow
    // What is wrong with a file that cannot be read says whoever reads all of them.
    let recent = try? LogReader.recentRecords(about: incident, in: store) { records, since in
      since < moment && Journal(records).incidents[incident] != nil
    }
    return try recent.flatMap(\.self).map { Journal($0) } ?? journal(about: incident)
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
