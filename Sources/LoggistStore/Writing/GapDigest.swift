internal import Glibc
internal import LoggistModel

/// The digest of the bytes behind the last valid line of a log, which the next line's `gap` covers.
enum GapDigest {
  /// Nil where nothing stands there.
  ///
  /// - Parameter breaks: a line break is about to be put behind them.
  static func digest(
    behind end: LogEnd, in store: Store, node: NodeCode, segments: [SegmentName], breaks: Bool
  ) throws(StoreError) -> String? {
    if end.tailIsLine { return nil }
    let hasher = SHA256Hasher()
    var count = 0
    for segment in segments where end.lineEnd.map({ segment >= $0.segment }) ?? true {
      let start = end.lineEnd?.segment == segment ? end.lineEnd?.offset ?? 0 : 0
      if segment == end.segment, start >= end.size { continue }
      let file = try store.open(node, segment, O_RDONLY)
      defer { store.calls.close(file) }
      count += try calling("pread", store.path(node, segment)) { () throws(Errno) in
        try add(to: hasher, file, from: start, to: nil, store.calls)
      }
    }
    if count == 0, !breaks { return nil }
    if breaks { hasher.add([0x0A]) }
    return hasher.base64URL()
  }

  /// Adds a stretch of a file, to its end without an end, and says how long it was.
  static func add(
    to hasher: SHA256Hasher, _ file: Int32, from start: Int, to end: Int?, _ calls: SystemCalls
  ) throws(Errno) -> Int {
    let stop: Int
    if let end { stop = end } else { stop = try calls.fstat(file).size }
    var offset = start
    while offset < stop {
      let bytes = try calls.read(file, at: offset, count: min(1 << 20, stop - offset))
      if bytes.isEmpty { break }
      hasher.add(bytes)
      offset += bytes.count
    }
    return offset - start
  }
}
