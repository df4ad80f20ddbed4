internal import Glibc
package import LoggistModel

/// A node's log by number: the bytes of each line, and those that stood in front of it and are no line.
///
/// Cost: one reading of the files; `catchUp` reads what came since. Memory: 24 bytes a line.
package struct NumberedLog {
  private let store: Store
  package let node: NodeCode
  private var segments: [SegmentName] = []
  private var scans: [SegmentName: SegmentScan] = [:]
  private var index = LineIndex()
  private var gaps: [Int: [Stretch]] = [:]
  /// Since the last valid line.
  private var pending: [Stretch] = []
  private var redactions: [Redacting] = []
  private let window = ReadAhead()

  /// Part of a file.
  struct Stretch {
    var segment: Int
    var range: Range<Int>
  }

  /// An entry that takes the text out of another.
  package struct Redacting: Sendable, Hashable {
    package let ref: EntryRef
    package let by: EntryRef
  }

  package init(_ store: Store, _ node: NodeCode) throws(StoreError) {
    (self.store, self.node) = (store, node)
    try catchUp()
  }

  /// The highest number, 0 in an empty log.
  package var last: Int { index.range?.upperBound ?? 0 }

  /// What this log's entries redact, in this log or in another.
  package var redacts: [Redacting] { redactions }

  /// Reads on, up to the last end of line.
  package mutating func catchUp() throws(StoreError) {
    let names = try store.segments(of: node)
    for name in names {
      if !segments.contains(name) { segments.append(name) }
      let path = store.path(node, name)
      let file = try store.open(node, name, O_RDONLY)
      defer { store.calls.close(file) }
      var scan = scans[name] ?? SegmentScan(node: node, calls: store.calls)
      var visitor = Visitor(
        node: node, segment: segments.firstIndex(of: name) ?? 0, start: scan.offset, index: index,
        gaps: gaps, pending: pending, redactions: redactions)
      // Handed over: with two owners the first new line would copy them.
      (index, gaps, redactions) = (LineIndex(), [:], [])
      let failure = Result { () throws(StoreError) in
        try calling("pread", path) { () throws(Errno) in
          // Of a file that is not the newest nobody writes the end any more.
          try scan.run(file, withTail: name != names.last, into: &visitor)
        }
      }
      visitor.finish(at: scan.offset)
      (index, gaps, pending) = (visitor.index, visitor.gaps, visitor.pending)
      redactions = visitor.redactions
      scans[name] = scan
      try failure.get()
    }
  }

  /// The first number whose line was recorded at a moment or later; nil where there is none.
  package func first(loggedFrom moment: Instant) throws(StoreError) -> Int? {
    // Recorded times rise with the numbers: a search by halves.
    guard let range = index.range else { return nil }
    var (low, high) = (range.lowerBound, range.upperBound + 1)
    let reader = ForeignLineReader()
    while low < high {
      let middle = low + (high - low) / 2
      guard let parts = try parts(of: middle),
        let line = try? reader.read(parts.line, gap: parts.gap)
      else {
        low = middle + 1
        continue
      }
      if line.logged >= moment { high = middle } else { low = middle + 1 }
    }
    return low <= range.upperBound ? low : nil
  }

  /// The bytes of a number's line; nil where the log has none.
  package func parts(
    of sequence: Int
  ) throws(StoreError) -> (line: [UInt8], gap: [UInt8])? {
    guard let place = index[sequence] else { return nil }
    let end = place.offset + Int(place.length)
    let line = try read(Stretch(segment: Int(place.segment), range: place.offset..<end))
    var gap: [UInt8] = []
    for stretch in gaps[sequence] ?? [] { gap += try read(stretch) }
    return (line, gap)
  }

  private func read(_ stretch: Stretch) throws(StoreError) -> [UInt8] {
    let name = segments[stretch.segment]
    return try window.bytes(stretch.range, of: name, node, in: store)
  }

  private struct Visitor: LineVisitor {
    let node: NodeCode
    let segment: Int
    /// Up to where this segment is accounted for.
    var start: Int
    var index: LineIndex
    var gaps: [Int: [Stretch]]
    var pending: [Stretch]
    var redactions: [Redacting]
    private let decoder = EntryDecoder()

    init(
      node: NodeCode, segment: Int, start: Int, index: LineIndex, gaps: [Int: [Stretch]],
      pending: [Stretch], redactions: [Redacting]
    ) {
      (self.node, self.segment, self.start) = (node, segment, start)
      (self.index, self.gaps, self.pending) = (index, gaps, pending)
      self.redactions = redactions
    }

    mutating func visit(_ line: Line, at place: LinePlace, bytes: UnsafeRawBufferPointer) {
      finish(at: place.offset)
      let own = LineIndex.Place(segment: segment, offset: place.offset, length: place.length)
      // A line that was written again after a failed flush is the one that is known.
      if index.insert(line.sequence, at: own) == nil, line.gap != nil {
        gaps[line.sequence] = pending
      }
      (pending, start) = ([], place.end)
      let (entry, _) = decoder.entry(line.tape, at: line.entryToken, logged: line.logged)
      if entry.kind == .redacted, let ref = entry.ref {
        let by = EntryRef(node: node, sequence: line.sequence)
        redactions.append(Redacting(ref: ref, by: by))
      }
    }

    mutating func note(_ reason: FindingReason, at place: LinePlace) {}

    mutating func finish(at offset: Int) {
      if offset > start { pending.append(Stretch(segment: segment, range: start..<offset)) }
      start = max(start, offset)
    }
  }
}

/// A stretch of a segment that is read once for the many lines in it. Not for two threads at once.
private final class ReadAhead {
  private var segment: SegmentName?
  private var offset = 0
  private var held: [UInt8] = []
  private static let size = 1 << 20

  func bytes(
    _ range: Range<Int>, of name: SegmentName, _ node: NodeCode, in store: Store
  ) throws(StoreError) -> [UInt8] {
    if segment != name || range.lowerBound < offset || range.upperBound > offset + held.count {
      let file = try store.open(node, name, O_RDONLY)
      defer { store.calls.close(file) }
      held = try calling("pread", store.path(node, name)) { () throws(Errno) in
        try store.calls.read(
          file, at: range.lowerBound, count: max(range.count, ReadAhead.size))
      }
      (segment, offset) = (name, range.lowerBound)
    }
    let (start, end) = (range.lowerBound - offset, range.upperBound - offset)
    // A file that was cut short meanwhile has less: what is missing is found by who reads the line.
    guard end <= held.count else { return Array(held.dropFirst(start)) }
    return Array(held[start..<end])
  }
}
