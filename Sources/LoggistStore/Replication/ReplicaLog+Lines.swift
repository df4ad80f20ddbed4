internal import Glibc
internal import LoggistModel

extension ReplicaLog {
  /// The line of a number; nil where the log has none without a hole before it.
  package func line(
    _ sequence: Int
  ) throws(StoreError) -> Result<ForeignLine, ForeignLineFlaw>? {
    guard let place = chain[sequence] else { return nil }
    let file = Int(place.file)
    let start = place.offset - max(0, Int(place.gap))
    var earlier: [LogParcel.Piece] = []
    if start == 0, place.gap != LogChain.Place.none, let end = try endOfFile(before: file) {
      earlier = [end]
    }
    let bytes = try read(start..<place.range.upperBound, of: file)
    let count = place.offset - start
    let gap = earlier.flatMap(\.bytes) + bytes.prefix(count)
    let placement = ForeignLine.Placement(segment: files[file].name, earlier: earlier)
    return Result { () throws(ForeignLineFlaw) in
      try reader.read(Array(bytes.dropFirst(count)), gap: gap, placement: placement)
    }
  }

  /// Lines from a number on, until there are none or they have `limit` bytes; one at least where there is one. They end
  /// before one that was altered here.
  package func lines(
    from first: Int, through last: Int, limit: Int = 256 << 10
  ) throws(StoreError) -> [ForeignLine] {
    // A redaction may have taken a text out since.
    window.forget()
    var (lines, size): ([ForeignLine], Int) = ([], 0)
    var sequence = first
    while sequence <= last, size < limit, case .success(let line)? = try line(sequence) {
      lines.append(line)
      size += line.gap.count + line.bytes.count + 1
      sequence += 1
    }
    return lines
  }

  /// The digest of a line's head; nil where that number is not here.
  package func head(of sequence: Int) throws(StoreError) -> String? {
    if sequence == position.sequence { return position.head }
    if sequence == 0 { return LogPosition(uuid: uuid).head }
    return try line(sequence).flatMap { try? $0.get().head }
  }

  package func acceptance(of line: ForeignLine) throws(StoreError) -> Acceptance {
    try Acceptance.of(line, at: position) { (number) throws(StoreError) in try head(of: number) }
  }

  /// The fragment at the end of the file before, for which nobody but the next file's first line accounts.
  private func endOfFile(before index: Int) throws(StoreError) -> LogParcel.Piece? {
    let before = index - 1
    guard files.indices.contains(before) else { return nil }
    let file = files[before]
    let start = max(file.lineEnd, chain.end(of: before))
    let end = file.unwritten.isEmpty ? file.size : file.end + file.unwritten.count
    guard end > start else { return nil }
    let bytes = try read(start..<end, of: before)
    return LogParcel.Piece(segment: files[before].name, bytes: bytes)
  }

  private func read(_ range: Range<Int>, of index: Int) throws(StoreError) -> [UInt8] {
    let file = files[index]
    if !file.unwritten.isEmpty, range.lowerBound >= file.end {
      return Array(file.unwritten[range.lowerBound - file.end..<range.upperBound - file.end])
    }
    return try window.bytes(range, of: file.name, node, in: store)
  }
}

/// A stretch of a segment that is read once for the many lines in it. Not for two threads at once.
final class ReadAhead {
  private var segment: SegmentName?
  private var offset = 0
  private var held: [UInt8] = []
  private static let size = 256 << 10

  /// What is held may not be what the file has now.
  func forget() { segment = nil }

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
