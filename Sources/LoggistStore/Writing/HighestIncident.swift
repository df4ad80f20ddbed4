internal import Glibc
internal import LoggistModel

extension HighestIncident {
  /// Searches backwards until a line that opened an incident of this node. What was opened later is found by its
  /// mentions, even where the line itself is damaged: a number is never given twice.
  static func find(in store: Store, node: NodeCode) throws(StoreError) -> Int {
    var highest = 0
    let mention = Array("\"incident\":\"\(node)-".utf8)
    for segment in try store.segments(of: node).reversed() {
      let path = store.path(node, segment)
      let file = try store.open(node, segment, O_RDONLY)
      defer { store.calls.close(file) }
      let isFound = try calling("pread", path) { () throws(Errno) -> Bool in
        let size = try store.calls.fstat(file).size
        var blocks = BackwardBlocks(file, size: size, calls: store.calls)
        while let block = try blocks.next(atLeast: 256 << 10) {
          let opened = block.bytes.withUnsafeBytes { bytes -> Bool in
            let bytes = bytes[part: 0..<block.count]
            for place in bytes.places(of: mention) {
              highest = max(highest, number(in: bytes, from: place + mention.count))
            }
            return opensIncident(bytes, node: node)
          }
          if opened { return true }
        }
        return false
      }
      if isFound { break }
    }
    return highest
  }

  /// The number at a place; 0 where its digits are more than any incident's.
  private static func number(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var number = 0
    for byte in bytes[start...].prefix(16) {
      guard (0x30...0x39).contains(byte) else { break }
      number = number * 10 + Int(byte - 0x30)
    }
    return number <= Line.highestNumber ? number : 0
  }

  private static func opensIncident(
    _ bytes: UnsafeRawBufferPointer, node: NodeCode
  ) -> Bool {
    var visitor = OpenedVisitor(node: node)
    var scanner = LineScanner(node: node)
    for place in bytes.places(of: Array("\"opened\"".utf8)).reversed() {
      let start = bytes[part: 0..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      let end = bytes.firstIndex(of: 0x0A, from: place) ?? bytes.count
      _ = scanner.scan(bytes[part: start..<end], offset: 1, number: 1, into: &visitor)
      if visitor.sawOpened { return true }
    }
    return false
  }

  private struct OpenedVisitor: LineVisitor {
    let node: NodeCode
    var sawOpened = false

    mutating func visit(_ line: Line, at place: LinePlace, bytes: UnsafeRawBufferPointer) {
      if line.openedIncident(of: node) != nil { sawOpened = true }
    }

    mutating func note(_ reason: FindingReason, at place: LinePlace) {}
  }
}
