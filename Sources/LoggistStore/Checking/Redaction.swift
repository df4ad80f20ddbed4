internal import Glibc
package import LoggistModel

/// Takes an entry's text out of the log for good and leaves what clocks and counts need.
///
/// First an entry of kind `redacted` is appended and acknowledged. Then the bytes of the old line's `entry` object are
/// overwritten in place, in the same length: its kind, incident and time, and the name of the entry that redacted it. Its
/// digest no longer matches and must not: `Verification` accepts it because that entry names it. A crash between the two
/// steps is mended by `finish`.
package enum Redaction {
  /// - Returns: the record of kind `redacted`.
  package static func redact(
    _ ref: EntryRef, reason: String, by writer: LogWriter, via: Record.Via, at: Timestamp
  ) throws(StoreError) -> Record {
    let store = writer.store
    guard let found = try find(ref, in: store).first else { throw .noSuchEntry(ref) }
    let entry = Entry(
      .redacted, found.content.incident, at: at,
      fields: [(.ref, .string(ref.description)), (.reason, .string(reason))])
    guard let record = try writer.append(entry, via: via) else { throw .noSuchEntry(ref) }
    try blank([ref: min(found.redactor ?? record.ref, record.ref)], in: store)
    return record
  }

  /// Carries out every redaction that was recorded and not carried out: after a crash, and on copies of other nodes'
  /// logs. Where two redact one entry its line names the lower of them, so that all copies are the same bytes. Cost: that
  /// of `LogBytes`; to be called when a store is opened for work.
  ///
  /// One that cannot be blanked keeps none of the others from being: what was in its way is thrown behind them.
  ///
  /// - Parameter patience: so long somebody else may hold a log's lock, in milliseconds.
  /// - Returns: the entries that were blanked now.
  package static func finish(
    _ store: Store, patience: Int = 10_000
  ) throws(StoreError) -> [EntryRef] {
    var logs = try LogBytes(store)
    var chosen: [EntryRef: EntryRef] = [:]
    for (ref, redactor) in redactors(in: &logs) {
      chosen[ref] = min(chosen[ref] ?? redactor, redactor)
    }
    let found = find(Set(chosen.keys), in: &logs)
    let unfinished = chosen.filter { ref, redactor in
      found[ref]?.contains { $0.redactor != redactor } ?? false
    }
    var (blanked, failure): ([EntryRef], StoreError?) = ([], nil)
    for (node, refs) in Dictionary(grouping: unfinished.keys.sorted(), by: \.node) {
      do throws(StoreError) {
        try blank(unfinished, of: node, in: store, patience: patience)
        blanked += refs
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    return blanked.sorted()
  }

  /// The entries that redact another, by what they redact. Cost: that of `LogBytes`.
  package static func redactors(in store: Store) throws(StoreError) -> [EntryRef: Set<EntryRef>] {
    var logs = try LogBytes(store)
    return redactors(in: &logs).reduce(into: [:]) { $0[$1.ref, default: []].insert($1.by) }
  }

  private static func redactors(in logs: inout LogBytes) -> [(ref: EntryRef, by: EntryRef)] {
    var redactors: [(ref: EntryRef, by: EntryRef)] = []
    var visited = LogBytes.Visited()
    let decoder = EntryDecoder()
    logs.eachLine(containing: Array("\"redacted\"".utf8), except: &visited) { line, node, _, _ in
      let (record, _) = line.record(node: node, decoder: decoder)
      if record.entry.kind == .redacted, let ref = record.entry.ref {
        redactors.append((ref, record.ref))
      }
    }
    return redactors
  }

  /// Overwrites every line of these numbers, under their nodes' locks.
  ///
  /// - Parameter redactors: the entry that redacts each.
  static func blank(_ redactors: [EntryRef: EntryRef], in store: Store) throws(StoreError) {
    for node in Set(redactors.keys.map(\.node)).sorted() {
      try blank(redactors, of: node, in: store)
    }
  }

  private static func blank(
    _ redactors: [EntryRef: EntryRef], of node: NodeCode, in store: Store, patience: Int = 10_000
  ) throws(StoreError) {
    // A copy of another machine's log has no lock, and must not get one: nobody writes it here but replication.
    let lock = store.node(node)?.isOwn == true ? try NodeLock(store, node) : nil
    defer { lock?.close() }
    try lock?.take(limit: patience)
    defer { lock?.release() }
    var logs = try LogBytes(store)
    let own = redactors.filter { $0.key.node == node }
    // What cannot be read may hold the entry, or hold it once more: nobody is told that the words are gone.
    guard
      try logs.segments.count(where: { $0.node == node }) == store.segments(of: node).count
    else {
      throw .broken(
        path: store.folder(of: node),
        why:
          "not all of it can be read: \(names(own.keys)) may still have \(own.count == 1 ? "its" : "their") text"
      )
    }
    let found = find(Set(own.keys), in: &logs)
    for (ref, redactor) in own.sorted(by: { $0.key < $1.key }) {
      for entry in found[ref] ?? [] where entry.redactor != redactor {
        // First: once the line is blank, nobody knows the file's name any more.
        try removeEvidence(of: entry.content, but: Set(redactors.keys), in: &logs, store)
        try overwrite(entry, of: ref, by: redactor, in: store)
      }
    }
  }

  private static func overwrite(
    _ found: FoundEntry, of ref: EntryRef, by redactor: EntryRef, in store: Store
  ) throws(StoreError) {
    let path = store.path(ref.node, found.segment)
    guard let bytes = found.blanked(by: redactor) else {
      throw .broken(path: path, why: "no room to redact \(ref)")
    }
    let file = try store.open(ref.node, found.segment, O_RDWR)
    defer { store.calls.close(file) }
    do throws(Errno) {
      var done = 0
      while done < bytes.count {
        done += try bytes[done...].withUnsafeBufferPointer { (buffer) throws(Errno) -> Int in
          try store.calls.pwrite(
            file, UnsafeRawBufferPointer(buffer), found.entry.lowerBound + done)
        }
      }
      try store.calls.fdatasync(file)
    } catch {
      throw .system("redact", path, error)
    }
  }

  /// Takes the file away that an entry keeps, unless another entry that stands keeps the same bytes.
  ///
  /// - Parameter redacted: entries that do not stand any more.
  private static func removeEvidence(
    of entry: Entry, but redacted: Set<EntryRef>, in logs: inout LogBytes, _ store: Store
  ) throws(StoreError) {
    guard entry.kind == .evidence, let name = entry.string(.sha256).flatMap({ EvidenceName($0) })
    else { return }
    if !EvidenceFolder.isNamed(name, in: &logs, besides: redacted) {
      try EvidenceFolder(store).remove(name)
    }
  }

  private static func names(_ refs: some Collection<EntryRef>) -> String {
    let first = refs.min().map { "\($0)" } ?? ""
    return refs.count < 2 ? first : "\(first) and \(refs.count - 1) more"
  }

  private static func find(_ ref: EntryRef, in store: Store) throws(StoreError) -> [FoundEntry] {
    guard store.node(ref.node) != nil else { throw .noSuchEntry(ref) }
    var logs = try LogBytes(store)
    return find([ref], in: &logs)[ref] ?? []
  }

  /// Where these entries stand; one pass finds them all.
  private static func find(
    _ refs: Set<EntryRef>, in logs: inout LogBytes
  ) -> [EntryRef: [FoundEntry]] {
    var found: [EntryRef: [FoundEntry]] = [:]
    for (node, refs) in Dictionary(grouping: refs, by: \.node) {
      let numbers = NumberSet(refs.map(\.sequence))
      var visited = LogBytes.Visited()
      logs.eachLine(
        containing: Array("\"seq\":".utf8), in: node, except: &visited,
        where: { numbers.contains($0.leadingNumber) },
        { line, node, segment, offset in
          guard numbers.contains(line.sequence) else { return }
          found[EntryRef(node: node, sequence: line.sequence), default: []].append(
            FoundEntry(line, segment: segment, offset: offset))
        })
      let torn = Set(refs).subtracting(found.keys)
      for segment in logs.segments where !torn.isEmpty && segment.node == node {
        found.merge(FoundEntry.torn(torn, in: segment).mapValues { [$0] }, uniquingKeysWith: +)
      }
    }
    return found
  }
}
