internal import Glibc
internal import LoggistModel

/// The logs of a store as bytes, to find lines in without decoding the others.
///
/// Cost: what reading the files costs, and a search over memory of some gigabytes a second.
struct LogBytes {
  let segments: [Segment]
  private var scanners: [NodeCode: LineScanner] = [:]

  struct Segment {
    let node: NodeCode
    let name: SegmentName
    /// With readable bytes behind `count`.
    let bytes: [UInt8]
    /// Up to and with the last line break.
    let count: Int
  }

  /// Folders and segments that cannot be opened are left out: whoever wants to know of them loads the log.
  init(_ store: Store) throws(StoreError) {
    var segments: [Segment] = []
    for node in store.nodes {
      scanners[node.code] = LineScanner(node: node.code)
      for name in (try? store.segments(of: node.code)) ?? [] {
        guard let file = try? store.open(node.code, name, O_RDONLY) else { continue }
        defer { store.calls.close(file) }
        segments.append(
          try calling("pread", store.path(node.code, name)) { () throws(Errno) in
            try Segment(file, node: node.code, name: name, calls: store.calls)
          })
      }
    }
    self.segments = segments
  }

  /// A valid line, borrowed for the call.
  typealias Visit = (_ line: Line, _ node: NodeCode, _ segment: SegmentName, _ offset: Int) -> Void

  /// Visits each line in which a pattern stands and that was not visited before.
  mutating func eachLine(
    containing pattern: [UInt8], in node: NodeCode? = nil, except visited: inout Visited,
    where isWanted: (UnsafeRawBufferPointer.SubSequence) -> Bool = { _ in true },
    _ visit: @escaping Visit
  ) {
    for (index, segment) in segments.enumerated() where node == nil || segment.node == node {
      segment.bytes.withUnsafeBytes { bytes in
        let bytes = bytes[part: 0..<segment.count]
        var from = 0
        while let place = bytes.firstIndex(of: pattern, from: from) {
          from = place + pattern.count
          guard isWanted(bytes[from...]) else { continue }
          let start = bytes[part: 0..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
          let end = bytes.firstIndex(of: 0x0A, from: place) ?? bytes.count
          from = end
          guard visited.insert(segment: index, line: start) else { continue }
          var visitor = Visitor(node: segment.node, segment: segment.name, visit: visit)
          _ = scanners[segment.node]?.scan(
            bytes[part: start..<end], offset: start, number: 1, into: &visitor)
        }
      }
    }
  }

  /// Which lines were visited.
  struct Visited {
    private var lines: Set<SIMD2<Int>> = []

    mutating func insert(segment: Int, line: Int) -> Bool {
      lines.insert(SIMD2(segment, line)).inserted
    }
  }

  private struct Visitor: LineVisitor {
    let node: NodeCode
    let segment: SegmentName
    let visit: Visit

    mutating func visit(_ line: Line, at place: LinePlace, bytes: UnsafeRawBufferPointer) {
      visit(line, node, segment, place.offset)
    }

    mutating func note(_ reason: FindingReason, at place: LinePlace) {}
  }
}

extension LogBytes.Segment {
  fileprivate init(
    _ file: Int32, node: NodeCode, name: SegmentName, calls: SystemCalls
  ) throws(Errno) {
    let size = try calls.fstat(file).size
    let bytes = try calls.read(file, at: 0, count: size, padding: JSONParser.padding)
    let count = bytes.count - JSONParser.padding
    let end = bytes.withUnsafeBytes { $0[part: 0..<min(size, count)].lastIndex(of: 0x0A) }
    (self.node, self.name, self.bytes) = (node, name, bytes)
    self.count = end.map { $0 + 1 } ?? 0
  }
}
