internal import Glibc
internal import LoggistModel

/// The digest of every head of a node's log, by number. Cost: a reading of the log; 32 bytes a line.
struct KnownHeads {
  private var digests: [Int: String] = [:]
  /// The numbers of the lines whose text was taken out.
  private(set) var blanked: Set<Int> = []

  init(_ store: Store, _ node: NodeCode) throws(StoreError) {
    for name in try store.segments(of: node) {
      let path = store.path(node, name)
      let file = try store.open(node, name, O_RDONLY)
      defer { store.calls.close(file) }
      var visitor = Visitor(heads: self)
      try calling("pread", path) { () throws(Errno) in
        var scan = SegmentScan(node: node, calls: store.calls)
        try scan.run(file, withTail: true, into: &visitor)
      }
      self = visitor.heads
    }
  }

  subscript(number: Int) -> String? { digests[number] }

  mutating func append(_ line: ForeignLine) {
    digests[line.ref.sequence] = line.headDigest
    if line.blankedBy != nil { blanked.insert(line.ref.sequence) }
  }

  private struct Visitor: LineVisitor {
    var heads: KnownHeads
    private let hasher = SHA256Hasher()
    private let decoder = EntryDecoder()

    init(heads: KnownHeads) { self.heads = heads }

    mutating func visit(_ line: Line, at place: LinePlace, bytes: UnsafeRawBufferPointer) {
      // Of two lines of one number the first counts, as for every reader.
      guard heads.digests[line.sequence] == nil else { return }
      hasher.add(bytes[part: 0..<line.headLength])
      heads.digests[line.sequence] = hasher.base64URL()
      let (entry, _) = decoder.entry(line.tape, at: line.entryToken, logged: line.logged)
      if entry.redactedBy != nil { heads.blanked.insert(line.sequence) }
    }

    mutating func note(_ reason: FindingReason, at place: LinePlace) {}
  }
}
