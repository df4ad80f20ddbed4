package import LoggistModel

/// A log that is read once and not followed.
extension LogReader {
  /// Everything in a store, read by two threads: its records in pieces, the newest segment's first, those of one piece
  /// in the order of the file, and what is not as it should be.
  ///
  /// - Parameters:
  ///   - detail: what is left out of the entries.
  ///   - progress: told from both threads how many more records there are.
  package static func contents(
    of store: Store, detail: EntryDetail, progress: @escaping @Sendable (Int) -> Void
  ) throws(StoreError) -> (pieces: [[Record]], findings: [Finding]) {
    let pieces = try LogPiece.all(of: store)
    let read: @Sendable ([LogPiece]) -> Result<LogHalf, StoreError> = { pieces in
      Result { () throws(StoreError) in
        try LogHalf(pieces, of: store, detail: detail, progress: progress)
      }
    }
    var halves: [LogHalf] = []
    for half in inParallel(LogPiece.halves(pieces), read) { halves.append(try half.get()) }
    if LogHalf.overlap(halves) {
      // A number that stands twice is judged by who knows of both: a doubled segment, a fork.
      halves = [try LogHalf(pieces, of: store, detail: detail, progress: { _ in })]
    }
    return (halves.flatMap(\.pieces), halves.flatMap(\.findings))
  }
}

/// What one thread took from its part of the segments.
private struct LogHalf: Sendable {
  private(set) var pieces: [[Record]] = []
  private(set) var findings: [Finding] = []
  private var ranges: [NodeCode: ClosedRange<Int>] = [:]

  init(
    _ pieces: [LogPiece], of store: Store, detail: EntryDetail,
    progress: @Sendable (Int) -> Void
  ) throws(StoreError) {
    var logs: [NodeCode: NodeLog] = [:]
    for piece in pieces {
      var contents = LogContents()
      try logs[piece.node, default: NodeLog(node: piece.node, store: store, detail: detail)]
        .read(piece.segment, isNewest: piece.isNewest, into: &contents)
      self.pieces.append(contents.records)
      findings += contents.findings
      progress(contents.records.count)
    }
    ranges = logs.compactMapValues(\.range)
  }

  /// Whether two of them may have lines of one number.
  static func overlap(_ halves: [LogHalf]) -> Bool {
    guard halves.count == 2 else { return false }
    return halves[0].ranges.contains { node, range in
      halves[1].ranges[node].map { $0.overlaps(range) } ?? false
    }
  }
}
