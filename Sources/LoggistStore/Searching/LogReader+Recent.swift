internal import Glibc
package import LoggistModel

extension LogReader {
  /// The newest records in which an incident is named, and those that are about another entry: read backwards from the
  /// end of the log until they are enough. The files further back are not touched.
  ///
  /// - Parameter isEnough: asked with what was found and how far back that goes.
  /// - Returns: nil where the last 8 MiB are not enough, or several nodes have logs.
  package static func recentRecords(
    about incident: IncidentID, in store: Store, until isEnough: ([Record], Instant) -> Bool
  ) throws(StoreError) -> [Record]? {
    guard store.nodes.count == 1, let node = store.nodes.first?.code else { return nil }
    var recent = RecentLines(naming: incident, of: node)
    var rest = 8 << 20
    for segment in try store.segments(of: node).reversed() {
      let path = store.path(node, segment)
      let file = try store.open(node, segment, O_RDONLY)
      defer { store.calls.close(file) }
      let isFound = try calling("pread", path) { () throws(Errno) -> Bool in
        let size = try store.calls.fstat(file).size
        var blocks = BackwardBlocks(file, size: size, calls: store.calls)
        while rest > 0, let block = try blocks.next(atLeast: 256 << 10) {
          rest -= block.count
          if let since = recent.take(block), isEnough(recent.records, since) { return true }
        }
        return false
      }
      if isFound { return recent.records }
      if rest <= 0 { return nil }
    }
    return nil
  }
}

/// Takes the lines that matter out of blocks, the last one first.
private struct RecentLines: LineVisitor {
  private let node: NodeCode
  private let patterns: [[UInt8]]
  private var scanner: LineScanner
  private let decoder = EntryDecoder(.words)
  private(set) var records: [Record] = []
  private var since: Instant?

  init(naming incident: IncidentID, of node: NodeCode) {
    self.node = node
    patterns = [Array("\"\(incident)\"".utf8), Array("\"ref\"".utf8)]
    scanner = LineScanner(node: node)
  }

  /// Returns when the block's first line was recorded; nil where it is no line.
  mutating func take(_ block: BackwardBlocks.Block) -> Instant? {
    var scanner = scanner
    block.bytes.withUnsafeBytes { bytes in
      let bytes = bytes[part: 0..<block.count]
      var starts: Set<Int> = [0]
      for pattern in patterns {
        for place in bytes.places(of: pattern) {
          starts.insert(bytes[part: 0..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0)
        }
      }
      since = nil
      for start in starts.sorted(by: >) {
        let end = bytes.firstIndex(of: 0x0A, from: start) ?? bytes.count
        if end == start { continue }
        _ = scanner.scan(bytes[part: start..<end], offset: 1, number: 1, into: &self)
      }
    }
    self.scanner = scanner
    return since
  }

  mutating func visit(_ line: Line, at place: LinePlace, bytes: UnsafeRawBufferPointer) {
    since = line.logged
    records.append(line.record(node: node, decoder: decoder).0)
  }

  mutating func note(_ reason: FindingReason, at place: LinePlace) {}
}
