internal import CSimdJSON
package import LoggistModel
internal import Synchronization

/// A whole log as numbers: of each line what figures are computed from, texts and salts left in the file. Some seventy
/// bytes an entry, from which the incidents are folded one after the other and let go.
package struct LogIndex: Sendable {
  /// The oldest first.
  let segments: [IndexedSegment]
  /// What is not as it should be.
  package let findings: [Finding]

  /// Every line of a store, read by two threads. Nil where a number stands twice, and two lines have to be compared byte by
  /// byte, or where a correction makes an entry one of the kinds whose text is wanted: that is `LogReader`'s work.
  ///
  /// - Parameters:
  ///   - kept: the kinds whose text is wanted.
  ///   - progress: told from both threads how many more entries there are.
  package init?(
    _ store: Store, textsOf kept: Set<Kind>, progress: @escaping @Sendable (Int) -> Void
  ) throws(StoreError) {
    let pieces = try LogPiece.all(of: store)
    let next = Mutex(Array(pieces.enumerated())[...])
    let size = pieces.reduce(0) { $0 + $1.size }
    let shares = inParallel([0, 1]) { _ in
      Result { () throws(StoreError) in
        // Half of all, and a little more: the quicker thread reads more.
        try IndexedShare(of: store, size: size * 5 / 8, textsOf: kept, progress: progress) {
          next.withLock { $0.popFirst() }
        }
      }
    }
    var parts: [IndexedShare.Part] = []
    for share in shares { parts += try share.get().parts }
    // Which thread read what is left to chance.
    parts.sort { $0.number < $1.number }
    let segments = parts.map(\.segment)
    guard LogIndex.isUnambiguous(segments),
      !LogIndex.lacksTexts(segments, of: kept)
    else { return nil }
    (self.segments, findings) = (segments.reversed(), parts.flatMap(\.findings))
    count = segments.reduce(0) { $0 + $1.lines.count }
  }

  package let count: Int

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

  /// Whether a correction makes an entry one of some kinds whose text was left in the file, since it was of another.
  private static func lacksTexts(_ segments: [IndexedSegment], of kept: Set<Kind>) -> Bool {
    if kept.isEmpty { return false }
    return segments.flatMap { $0.corrected(to: kept) }.contains { ref in
      segments.contains { segment in
        guard segment.node == ref.node, let place = segment.place(of: ref.sequence),
          segment.other(place) == nil
        else { return false }
        return !kept.contains(segment.kind(of: segment.lines[place]))
      }
    }
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
private struct IndexedShare: Sendable {
  let parts: [Part]

  struct Part: Sendable {
    /// Of all pieces.
    let number: Int
    let segment: IndexedSegment
    let findings: [Finding]
  }

  /// - Parameters:
  ///   - size: how many bytes that will be, about.
  ///   - next: what is to be read next; nil where nothing is left.
  init(
    of store: Store, size: Int, textsOf kept: Set<Kind>, progress: @Sendable (Int) -> Void,
    next: () -> (offset: Int, element: LogPiece)?
  ) throws(StoreError) {
    // A quarter of the usual piece stays in a core's own cache while its lines are walked over.
    let (indexer, buffer) = (LineIndexer(textsOf: kept), PieceBuffer(piece: 1 << 18))
    let memory = IndexMemory(size: size)
    var visitors: [(number: Int, visitor: IndexVisitor)] = []
    while let (number, piece) = next() {
      let visitor = try IndexVisitor.read(
        piece, of: store, by: indexer, buffer, into: memory)
      visitors.append((number, visitor))
      progress(visitor.segment.count)
    }
    memory.trim()
    let names = IndexedSegment.Names(users: indexer.users, nodes: indexer.nodes)
    parts = visitors.map { number, visitor in
      Part(number: number, segment: visitor.segment.segment(names), findings: visitor.findings)
    }
  }
}
