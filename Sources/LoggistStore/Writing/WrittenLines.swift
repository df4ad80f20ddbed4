internal import LoggistModel

/// Lines that stand in the log as these bytes, each with its line break.
struct WrittenLines {
  /// Of the last line.
  private(set) var last: (ref: EntryRef, logged: Instant, via: Record.Via)?
  private(set) var bytes: [UInt8] = []
  /// Where each line ends among the bytes.
  private var ends: [Int] = []

  var count: Int { ends.count }
  var isEmpty: Bool { ends.isEmpty }

  /// Where a line begins among the bytes; of the one behind the last, where they end.
  func start(of place: Int) -> Int { place == 0 ? 0 : ends[place - 1] }

  /// How many lines from a place on stand whole in so many bytes.
  func count(from place: Int, within length: Int) -> Int {
    let start = start(of: place)
    return ends[place...].prefix { $0 - start <= length }.count
  }

  var refs: [EntryRef] {
    guard let last else { return [] }
    return ends.indices.map {
      EntryRef(node: last.ref.node, sequence: last.ref.sequence - count + 1 + $0)
    }
  }

  /// Takes lines that were written in a piece: so many of some, from the first on that are not here yet.
  ///
  /// - Parameters:
  ///   - part: where they stand in the piece.
  ///   - ends: where each of them ends in it.
  mutating func add(
    _ lines: PendingLines, _ piece: [UInt8], _ part: Range<Int>, ends: ArraySlice<Int>
  ) {
    let shift = bytes.count - part.lowerBound
    // The one batch that got in as a whole, which is nearly all of them, is not copied.
    if isEmpty, part == piece.indices { bytes = piece } else { bytes += piece[part] }
    self.ends += ends.map { $0 + shift }
    last = (
      EntryRef(node: lines.first.node, sequence: lines.first.sequence + count - 1),
      lines.logged + TimeSpan(milliseconds: Int64(count - 1)), lines.via
    )
  }

  /// The last line's head: from `{` up to but without `,"entry":`, which no string of a head can hold.
  private var lastHead: ArraySlice<UInt8> {
    let line = bytes[start(of: max(0, count - 1))...]
    let end = line.withUnsafeBytes { $0.firstIndex(of: Array(",\"entry\":".utf8)) }
    return end.map { line.prefix($0) } ?? line
  }

  /// What the next line's `prev` is.
  var lastHeadDigest: String { SHA256.base64URL(lastHead) }
}
