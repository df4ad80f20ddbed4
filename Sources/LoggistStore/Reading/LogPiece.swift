internal import LoggistModel

/// A segment that is to be read.
struct LogPiece: Sendable {
  let node: NodeCode
  let segment: SegmentName
  /// The one of its node that is being written.
  let isNewest: Bool
  /// In bytes, as the folder has it.
  let size: Int

  /// Every segment of a store, the newest first.
  static func all(of store: Store) throws(StoreError) -> [LogPiece] {
    var pieces: [LogPiece] = []
    for node in store.nodes.map(\.code) {
      let segments = try store.segments(of: node)
      pieces += segments.map { segment in
        LogPiece(
          node: node, segment: segment, isNewest: segment == segments.last,
          size: (try? store.calls.lstat(store.path(node, segment)))?.size ?? 0)
      }
    }
    return pieces.sorted { ($1.segment, $0.node) < ($0.segment, $1.node) }
  }

  /// The front with about half of all bytes, and the rest.
  static func halves(_ pieces: [LogPiece]) -> [[LogPiece]] {
    let total = pieces.reduce(0) { $0 + $1.size }
    var (count, done) = (0, 0)
    while count < pieces.count, 2 * done < total {
      done += pieces[count].size
      count += 1
    }
    return [Array(pieces[..<count]), Array(pieces[count...])].filter { !$0.isEmpty }
  }
}
