internal import CSimdJSON
internal import Glibc
package import LoggistModel

/// A whole log as numbers: of each line what figures are computed from, texts and salts left in the file. Some seventy
/// bytes an entry, from which the incidents are folded one after the other and let go.
package struct LogIndex: Sendable {
  /// The oldest first.
  let segments: [IndexedSegment]
  /// What is not as it should be.
  package let findings: [Finding]

  /// Every line of a store, read by two threads. Nil where a number stands twice, and two lines have to be compared byte by
  /// byte: that is `LogReader`'s work.
  ///
  /// - Parameters:
  ///   - kept: the kinds whose text is wanted.
  ///   - progress: told from both threads how many more entries there are.
  package init?(
    _ store: Store, textsOf kept: Set<Kind>, progress: @escaping @Sendable (Int) -> Void
  ) throws(StoreError) {
    let pieces = try LogPiece.all(of: store)
    let read: @Sendable ([LogPiece]) -> Result<Part, StoreError> = { pieces in
      Result { () throws(StoreError) in
        try Part(pieces, of: store, textsOf: kept, progress: progress)
      }
    }
    var (segments, findings): ([IndexedSegment], [Finding]) = ([], [])
    for part in inParallel(LogPiece.halves(pieces), read) {
      let part = try part.get()
      segments += part.segments
      findings += part.findings
    }
    guard LogIndex.isUnambiguous(segments) else { return nil }
    (self.segments, self.findings) = (segments.reversed(), findings)
  }

  package var count: Int { segments.reduce(0) { $0 + $1.lines.count } }

  /// The last entry of each node by a moment.
  package func lastEntries(asOf: Instant?) -> [EntryRef] {
    var last: [NodeCode: EntryRef] = [:]
    for segment in segments {
      for line in segment.lines.reversed()
      where asOf.map({ line.logged <= $0.milliseconds }) ?? true {
        let ref = EntryRef(node: segment.node, sequence: Int(line.sequence))
        last[segment.node] = max(ref, last[segment.node] ?? ref)
        break
      }
    }
    return last.values.sorted()
  }

  private static func isUnambiguous(_ segments: [IndexedSegment]) -> Bool {
    var ranges: [NodeCode: [ClosedRange<Int>]] = [:]
    for segment in segments {
      guard segment.isAscending else { return false }
      if let range = segment.range { ranges[segment.node, default: []].append(range) }
    }
    return ranges.values.allSatisfy { ranges in
      let sorted = ranges.sorted { $0.lowerBound < $1.lowerBound }
      return zip(sorted, sorted.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound }
    }
  }
}

/// What one thread read.
private struct Part: Sendable {
  private(set) var segments: [IndexedSegment] = []
  private(set) var findings: [Finding] = []

  init(
    _ pieces: [LogPiece], of store: Store, textsOf kept: Set<Kind>,
    progress: @Sendable (Int) -> Void
  ) throws(StoreError) {
    let indexer = LineIndexer(textsOf: kept)
    for piece in pieces {
      let visitor = try IndexVisitor.read(piece, of: store, by: indexer)
      segments.append(visitor.segment)
      findings += visitor.findings
      progress(visitor.segment.lines.count)
    }
    let names = IndexedSegment.Names(users: indexer.users, nodes: indexer.nodes)
    for index in segments.indices { segments[index].names = names }
  }
}
