internal import Glibc
package import LoggistModel

/// Takes a pack into a store: first all of it is held against itself, then its files and lines are taken that are the
/// next ones here.
package struct Unpacking: Sendable {
  package private(set) var nodes: [NodeResult] = []
  /// Files that are here now and were not before.
  package private(set) var files = 0
  /// Files that are larger than this store keeps.
  package private(set) var tooLarge: [EvidenceName] = []
  /// Entries whose text was taken out here, because the pack says that it was.
  package private(set) var blanked: [EntryRef] = []

  /// What became of one node's stretch.
  package struct NodeResult: Sendable, Hashable {
    package let run: PackHeader.Run
    /// The lines that are here now and were not before.
    package var taken: ClosedRange<Int>?
    /// So many were here already.
    package var known = 0
    /// These are missing in front of the stretch: nothing of it was taken.
    package var missing: ClosedRange<Int>?
    /// From this line on the pack has another log than this store.
    package var fork: EntryRef?
    /// So many lines of the fork are in the pack, and so many of them, from the first on, in the folder of forks: there is
    /// an end to what is kept there.
    package var (forked, putAside) = (0, 0)
    /// The pack's node is another machine than the one of that code here.
    package var isOtherMachine = false
    /// Lines came back to the log that this machine writes.
    package var isOwn = false

    init(_ run: PackHeader.Run) { self.run = run }
  }

  /// - Parameters:
  ///   - path: the pack, a plain file.
  ///   - limit: so many bytes a file of evidence may have.
  ///   - report: called now and then.
  package init(
    _ path: String, into store: Store, limit: Int = EvidenceFolder.standardLimit,
    report: PackProgress.Report = { _ in }
  ) throws(StoreError) {
    guard store.access == .readWrite else { throw .readOnly(path: store.path) }
    let file = try calling("open", path) { () throws(Errno) in
      try store.calls.open(path, O_RDONLY | O_NONBLOCK, 0)
    }
    defer { store.calls.close(file) }
    let survey = try PackSurvey(file, path: path, store: store, report: report)
    let lock = try CopyLock(store)
    defer { lock.close() }
    var intakes: [Intake] = []
    defer { for intake in intakes { intake.close() } }
    for run in survey.header.runs { intakes.append(try Intake(run, into: store)) }
    let wanted = try survey.wanted { (ref) throws(StoreError) in
      try intakes.first { $0.node == ref.node }?.wants(ref.sequence) ?? false
    }
    try takeEvidence(file, path, wanted, store, limit)
    try takeLines(file, path, &intakes, store, of: survey.header.lineCount, report)
    for intake in intakes { intake.close() }
    if nodes.contains(where: { $0.taken != nil }) {
      let store = try Store.open(
        store.path, access: .readWrite, acceptNetworkFileSystem: true, calls: store.calls)
      blanked = try Redaction.finish(store)
    }
  }

  private mutating func takeEvidence(
    _ file: Int32, _ path: String, _ wanted: Set<EvidenceName>, _ store: Store, _ limit: Int
  ) throws(StoreError) {
    let folder = EvidenceFolder(store)
    var missing: Set<EvidenceName> = []
    for name in wanted where try folder.check(name) != .whole { missing.insert(name) }
    if missing.isEmpty { return }
    var reader = PackReader(file, path: path, calls: store.calls)
    var item = try reader.item()
    while let found = item {
      item = nil
      if case .evidence(var piece) = found, missing.contains(piece.name) {
        if piece.size > limit {
          if piece.offset == 0 { tooLarge.append(piece.name) }
        } else {
          // The reader has already seen that the pieces follow each other.
          try folder.keep(piece.name) { () throws(StoreError) -> [UInt8]? in
            guard piece.offset < piece.size else { return nil }
            let bytes = piece.bytes
            let end = piece.offset + bytes.count
            if end < piece.size, case .evidence(let more) = try reader.item() {
              piece = more
            } else {
              piece = EvidencePiece(name: piece.name, size: end, offset: end, bytes: [])
            }
            return bytes
          }
          files += 1
        }
      }
      item = try reader.item()
    }
  }

  private mutating func takeLines(
    _ file: Int32, _ path: String, _ intakes: inout [Intake], _ store: Store, of total: Int,
    _ report: PackProgress.Report
  ) throws(StoreError) {
    var taken = 0
    var reader = PackReader(file, path: path, calls: store.calls)
    while let item = try reader.item() {
      guard case .line(let line) = item,
        let index = intakes.firstIndex(where: { $0.node == line.ref.node })
      else { continue }
      try intakes[index].take(line)
      taken += 1
      if taken.isMultiple(of: PackProgress.interval) { report(.written(taken, of: total)) }
    }
    for index in intakes.indices { nodes.append(try intakes[index].finish()) }
  }
}
