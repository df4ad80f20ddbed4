internal import Glibc
internal import LoggistModel

/// The digest of every head of a node's log, by number. Cost: a reading of the log; 32 bytes a line.
struct KnownHeads {
  private var digests: [SIMD32<UInt8>] = []
  /// The numbers of the lines whose text was taken out.
  private(set) var blanked: Set<Int> = []

  /// A line that claims a number far beyond the others costs no memory.
  private static let reach = 1 << 20

  init(_ store: Store, _ node: NodeCode) throws(StoreError) {
    for name in try store.segments(of: node) {
      let path = store.path(node, name)
      let file = try store.open(node, name, O_RDONLY)
      defer { store.calls.close(file) }
      var visitor = Visitor(heads: self)
      self.digests = []
      let failure = Result { () throws(StoreError) in
        try calling("pread", path) { () throws(Errno) in
          var scan = SegmentScan(node: node, calls: store.calls)
          try scan.run(file, withTail: true, into: &visitor)
        }
      }
      self = visitor.heads
      try failure.get()
    }
  }

  /// Nil where there is no line of that number.
  subscript(number: Int) -> String? {
    guard number < digests.count, digests[number] != .zero else { return nil }
    return base64URL((0..<32).map { digests[number][$0] })
  }

  mutating func add(_ line: ForeignLine) {
    add(line.ref.sequence, line.head)
    if line.blankedBy != nil { blanked.insert(line.ref.sequence) }
  }

  private mutating func add(_ number: Int, _ digest: [UInt8]) {
    // Of two lines of one number the first counts, as for every reader.
    guard number < digests.count + KnownHeads.reach, self[number] == nil else { return }
    if number >= digests.count {
      digests.append(contentsOf: repeatElement(.zero, count: number + 1 - digests.count))
    }
    digests[number] = SIMD32(digest)
  }

  private struct Visitor: LineVisitor {
    var heads: KnownHeads
    private let hasher = SHA256Hasher()
    private let decoder = EntryDecoder()

    init(heads: KnownHeads) { self.heads = heads }

    mutating func visit(_ line: Line, at place: LinePlace, bytes: UnsafeRawBufferPointer) {
      hasher.add(bytes[part: 0..<line.headLength])
      heads.add(line.sequence, hasher.digest())
      let (entry, _) = decoder.entry(line.tape, at: line.entryToken, logged: line.logged)
      if entry.redactedBy != nil { heads.blanked.insert(line.sequence) }
    }

    mutating func note(_ reason: FindingReason, at place: LinePlace) {}
  }
}
