internal import Glibc
internal import LoggistModel

/// Lines of a segment at places that are known, read with what stands around them.
final class SegmentWindow {
  private let file: Int32
  private let calls: SystemCalls
  /// Up to where lines are taken.
  private let end: Int
  private var bytes: [UInt8] = []
  private var start = 0

  /// What is read at once: the lines of an incident often stand together.
  private static let size = 16 << 10

  init(_ map: SegmentMap, of store: Store) throws(StoreError) {
    file = try store.open(map.piece.node, map.piece.segment, O_RDONLY)
    (calls, end) = (store.calls, map.end)
  }

  deinit { calls.close(file) }

  /// Shows the line that begins at an offset, without its line break and with `JSONParser.padding` readable bytes behind
  /// it; returns where the next one begins, nil behind the last.
  func line(
    at offset: Int, _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(Errno) -> Int? {
    guard offset < end else { return nil }
    var wanted = SegmentWindow.size
    while true {
      if start <= offset, offset < start + bytes.count - JSONParser.padding {
        let next = bytes.withUnsafeBytes { bytes -> Int? in
          let known = bytes[part: offset - start..<bytes.count - JSONParser.padding]
          guard let length = known.firstIndex(of: 0x0A) ?? lastLength(known, offset) else {
            return nil
          }
          body(known[part: 0..<length])
          return offset + length + 1
        }
        if let next { return next }
      }
      if wanted > 2 * LineScanner.lineLimit { return nil }
      let read = try calls.read(
        file, at: offset, count: min(wanted, end - offset), padding: JSONParser.padding)
      // The file is shorter than it was.
      if read.count <= JSONParser.padding { return nil }
      (bytes, start) = (read, offset)
      wanted *= 4
    }
  }

  /// What stands behind the last line break is a line where it was taken for one.
  private func lastLength(_ known: UnsafeRawBufferPointer, _ offset: Int) -> Int? {
    offset + known.count >= end ? known.count : nil
  }
}
