internal import Glibc
internal import LoggistModel

/// Takes the lines of one segment into an index: the plain ones as they are met, any other as a record.
struct IndexVisitor: LineVisitor {
  private let path: String
  private let node: [UInt8]
  private let indexer: LineIndexer
  private let decoder: EntryDecoder
  private(set) var segment: SegmentBuilder
  private(set) var findings: [Finding] = []

  /// A file that must not be followed or cannot be read is left out, and a finding says so.
  static func read(
    _ piece: LogPiece, of store: Store, by indexer: LineIndexer, _ buffer: PieceBuffer,
    into memory: IndexMemory
  ) throws(StoreError) -> IndexVisitor {
    var visitor = IndexVisitor(piece, indexer, memory)
    let file: Int32
    do throws(StoreError) {
      file = try store.open(piece.node, piece.segment, O_RDONLY)
    } catch {
      guard let reason = FindingReason(error) else { throw error }
      visitor.findings.append(Finding(path: visitor.path, reason: reason))
      return visitor
    }
    defer { store.calls.close(file) }
    var scan = SegmentScan(node: piece.node, calls: store.calls, buffer: buffer)
    try calling("pread", store.path(piece.node, piece.segment)) { () throws(Errno) in
      try scan.run(file, withTail: !piece.isNewest, into: &visitor)
    }
    return visitor
  }

  private init(_ piece: LogPiece, _ indexer: LineIndexer, _ memory: IndexMemory) {
    path = Store.relativePath(piece.node, piece.segment)
    node = Array(piece.node.description.utf8)
    self.indexer = indexer
    decoder = EntryDecoder(indexer.detail)
    segment = SegmentBuilder(node: piece.node, in: memory)
  }

  mutating func takeFront(_ bytes: UnsafeRawBufferPointer) -> (bytes: Int, lines: Int) {
    indexer.take(bytes, of: node, into: &segment)
  }

  mutating func visit(_ line: Line, at place: LinePlace, bytes: UnsafeRawBufferPointer) {
    let (record, failure) = line.record(node: segment.node, decoder: decoder)
    if let failure, line.version <= Record.version { note(.unreadableEntry(failure), at: place) }
    segment.append(record)
  }

  mutating func note(_ reason: FindingReason, at place: LinePlace) {
    findings.append(
      Finding(
        path: path, line: place.number, offset: place.offset, length: place.length,
        reason: reason))
  }
}
