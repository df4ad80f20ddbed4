import LoggistModel
import LoggistStore

extension Session {
  /// Entries that a person wants to log: objections are answered first, then all go into the log in one write.
  ///
  /// - Parameters:
  ///   - journal: what the entries are judged by.
  ///   - isAgreed: questions are answered with yes beforehand.
  func log(
    _ entries: [Entry], judgedBy journal: Journal, isAgreed: Bool
  ) throws -> [Record] {
    let settled = configuration.priorities.settle(
      signed(entries), on: entries.first?.incident.flatMap { journal.incidents[$0] })
    let entries = settled.entries
    if let objection = settled.objection { throw Failure(objection: objection) }
    for entry in entries { try answer(journal, entry, isAgreed: isAgreed) }
    return try append(entries) { _ in try withHeads(entries) }
  }

  /// The entries with the person's name, where an account is shared.
  func signed(_ entries: [Entry]) -> [Entry] {
    entries.map { entry in
      var entry = entry
      if entry.author == nil { entry.author = author }
      return entry
    }
  }

  /// Throws what speaks against an entry; a question is asked on a terminal, where nobody has answered it yet.
  func answer(_ journal: Journal, _ entry: Entry, isAgreed: Bool) throws {
    guard let objection = journal.objection(to: entry, by: me, now: now()) else { return }
    if objection.isQuestion {
      if isAgreed { return }
      try Question.ask(objection.words)
    } else {
      throw Failure(objection: objection)
    }
  }

  /// Appends what the closure makes. Where that fails, the words are given back, so that they can be copied.
  func append(
    _ entries: [Entry], with writer: LogWriter? = nil, via chosen: Record.Via? = nil,
    _ batch: (AppendContext) throws -> [Entry]
  ) throws -> [Record] {
    do {
      let writer = try writer ?? self.writer()
      do throws(StoreError) {
        // A hook that logs what it did comes in by another way than somebody at the keys.
        let via: Record.Via = chosen ?? (Environment[HookCall.mark] == nil ? .cli : .hook)
        return try writer.append(via: via, batch)
      } catch {
        throw Failure(writing: error)
      }
    } catch var failure as Failure where failure.status != .usage && failure.status != .badInput {
      failure.sentences += entries.map { "not logged: \($0.json.text)" }
      throw failure
    }
  }
}

/// Does what has to be done before somebody's words can be logged. Where the store or its log cannot be read, the words
/// are given back, so that they can be copied.
func givingBack<Value>(_ words: String, _ body: () throws -> Value) throws -> Value {
  do {
    return try body()
  } catch var failure as Failure where failure.status != .usage && failure.status != .badInput {
    failure.sentences.append("not logged: \(words)")
    throw failure
  }
}

extension Session {
  /// Appends entries that were written beforehand; how many they were.
  func appendTexts(
    with writer: LogWriter, via: Record.Via, _ batch: (AppendContext) throws -> EntryTexts
  ) throws -> Int {
    do throws(StoreError) {
      return try writer.appendTexts(via: via, batch)
    } catch {
      throw Failure(writing: error)
    }
  }
}

extension Failure {
  /// What the store says where something was to be written: a call that failed is then a failure to write.
  fileprivate init(writing error: StoreError) {
    self.init(error)
    if case .system = error, status == .failed { status = .cannotWrite }
  }
}
