internal import Glibc
internal import LoggistModel

/// The end of a node's log: what the next line follows from.
struct LogEnd {
  /// The highest number so far, and the digest of its head; of an empty log 0 and the digest of the node's uuid.
  var sequence: Int
  var headDigest: String
  var logged: Instant
  /// The file that is appended to at present; nil while there is none.
  var segment: SegmentName?
  var inode: UInt64 = 0
  /// The size up to which that file was read.
  var size = 0
  var endsWithLineBreak = true
  /// Where the last valid line ends: the bytes behind it are what `gap` covers.
  var lineEnd: (segment: SegmentName, offset: Int)?
  /// The tail without a line break is itself a valid line.
  var tailIsLine = false
  /// The highest number of an incident that this node opened, as far as somebody asked for it.
  var highestIncident: Int?

  static func empty(uuid: String) -> LogEnd {
    LogEnd(
      sequence: 0, headDigest: SHA256.base64URL(Array(uuid.utf8)),
      logged: Instant(milliseconds: .min))
  }
}

/// Takes the end of a log from the lines that it is shown.
struct LogEndVisitor: LineVisitor {
  var end: LogEnd
  let node: NodeCode
  let segment: SegmentName
  var sawLine = false

  mutating func visit(_ line: Line, at place: LinePlace, bytes: UnsafeRawBufferPointer) {
    sawLine = true
    end.lineEnd = (segment, place.end)
    end.logged = max(end.logged, line.logged)
    if line.sequence > end.sequence {
      end.sequence = line.sequence
      end.headDigest = base64URL(SHA256.digest(bytes[part: 0..<line.headLength]))
    }
    if let highest = end.highestIncident, let incident = line.openedIncident(of: node) {
      end.highestIncident = max(highest, incident)
    }
  }

  mutating func note(_ reason: FindingReason, at place: LinePlace) {}
}

extension LogEnd {
  /// So many bytes from the end the last lines are looked for: more than one line, because a line that was written
  /// again after a failed flush stands behind lines of higher numbers.
  private static let window = 64 << 10

  /// Finds the end of a log that was not read before, reading backwards.
  static func find(
    in store: Store, node: Store.Node, segments: [SegmentName]
  ) throws(StoreError) -> LogEnd {
    var end = LogEnd.empty(uuid: node.uuid ?? "")
    for (index, segment) in segments.reversed().enumerated() {
      let path = store.path(node.code, segment)
      let file = try store.open(node.code, segment, O_RDONLY)
      defer { store.calls.close(file) }
      let found = try calling("pread", path) { () throws(Errno) -> Bool in
        let status = try store.calls.fstat(file)
        var visitor = LogEndVisitor(end: end, node: node.code, segment: segment)
        if segment.number > 1 {
          // Begun after a failed flush: lines written again stand among its first, so all of it counts.
          var scan = SegmentScan(node: node.code, calls: store.calls)
          try scan.run(file, withTail: true, into: &visitor)
        } else {
          try lastLines(of: file, size: status.size, node: node.code, store.calls, &visitor)
        }
        end = visitor.end
        if index == 0 {
          (end.segment, end.inode, end.size) = (segment, status.inode, status.size)
          try end.readTail(file, store.calls)
        }
        return visitor.sawLine
      }
      if found { break }
    }
    return end
  }

  private static func lastLines(
    of file: Int32, size: Int, node: NodeCode, _ calls: SystemCalls,
    _ visitor: inout LogEndVisitor
  ) throws(Errno) {
    var blocks = BackwardBlocks(file, size: size, calls: calls)
    var scanner = LineScanner(node: node)
    while !visitor.sawLine, let block = try blocks.next(atLeast: window) {
      block.bytes.withUnsafeBytes { bytes in
        _ = scanner.scan(
          bytes[part: 0..<block.count], offset: block.offset, number: 1, into: &visitor)
      }
    }
  }

  /// Reads on from what is known: what this and other processes appended since.
  mutating func catchUp(
    in store: Store, node: Store.Node, segments: [SegmentName]
  ) throws(StoreError) {
    for segment in segments where self.segment.map({ segment >= $0 }) ?? true {
      let path = store.path(node.code, segment)
      let isKnown = segment == self.segment
      let file = try store.open(node.code, segment, O_RDONLY)
      defer { store.calls.close(file) }
      var end = self
      try calling("pread", path) { () throws(Errno) in
        let status = try store.calls.fstat(file)
        if isKnown, status.size == size { return }
        // A line without its line break was read as one already: it is not read again, what follows is.
        let lineStart = isKnown ? resumeOffset : 0
        var scan = SegmentScan(node: node.code, calls: store.calls, offset: lineStart)
        var visitor = LogEndVisitor(end: end, node: node.code, segment: segment)
        try scan.run(file, withTail: true, into: &visitor)
        end = visitor.end
        (end.segment, end.inode, end.size) = (segment, status.inode, status.size)
        try end.readTail(file, store.calls)
      }
      self = end
    }
  }

  /// The last valid line's end, or where its file begins: what stands behind is read again, it may be whole by now.
  private var resumeOffset: Int {
    guard let lineEnd, lineEnd.segment == segment else { return 0 }
    return lineEnd.offset
  }

  private mutating func readTail(_ file: Int32, _ calls: SystemCalls) throws(Errno) {
    endsWithLineBreak =
      size == 0 ? true : try calls.read(file, at: size - 1, count: 1).first == 0x0A
    tailIsLine =
      !endsWithLineBreak && lineEnd.map { $0.segment == segment && $0.offset >= size } ?? false
  }
}

extension Line {
  /// The number of the incident that this line opens, where it opens one of its own node.
  func openedIncident(of node: NodeCode) -> Int? {
    let entry = tape.value(entryToken)
    guard entry["kind"]?.string == Kind.opened.name,
      let incident = entry["incident"]?.string.flatMap({ IncidentID($0) }), incident.node == node
    else { return nil }
    return incident.number
  }
}
