internal import CSimdJSON
internal import LoggistModel

/// What an index keeps of one segment, in the order of the file. Written by one thread, then never changed.
final class IndexedSegment: @unchecked Sendable {
  let node: NodeCode
  private var lineMemory: GrowingMemory<IndexedLine>
  private var memberMemory: GrowingMemory<UInt8>
  /// The lines that are no plain ones, as records: a line of the kind `other` says which by its place among the members.
  private(set) var others: [Record] = []
  /// Who recorded, and whose incidents these are, by the numbers of the lines.
  var names = Names()

  struct Names: Sendable {
    var users: [String] = []
    var nodes: [NodeCode?] = []
  }

  /// The kind of a line that stands among `others`.
  static let other = UInt8.max

  /// - Parameter size: of the file, in bytes: room for what is usually kept of so much.
  init(node: NodeCode, size: Int) {
    self.node = node
    lineMemory = GrowingMemory(capacity: size / 350)
    memberMemory = GrowingMemory(capacity: size / 14)
  }

  deinit {
    lineMemory.free()
    memberMemory.free()
  }

  var lines: UnsafeBufferPointer<IndexedLine> { lineMemory.values }

  /// The kept members of all its entries, one entry's behind the other's, and readable bytes behind them.
  var members: UnsafePointer<UInt8> { UnsafePointer(memberMemory.start) }

  /// Has lines written behind those that it has, and counts them.
  ///
  /// - Parameters:
  ///   - room: for so many lines, and so many bytes of members.
  ///   - write: is told where, and how many bytes of members there are already.
  func append(
    room: (lines: Int, members: Int),
    _ write: (UnsafeMutablePointer<IndexedLine>, UnsafeMutablePointer<UInt8>, Int)
      -> loggist_index_result
  ) -> loggist_index_result {
    let written = write(
      lineMemory.end(room: room.lines), memberMemory.end(room: room.members),
      memberMemory.count)
    lineMemory.take(written.lines)
    memberMemory.take(written.members)
    return written
  }

  func append(_ record: Record) {
    var line = IndexedLine()
    line.kind = IndexedSegment.other
    line.members = UInt32(others.count)
    line.sequence = UInt64(record.ref.sequence)
    line.logged = record.logged.milliseconds
    others.append(record)
    lineMemory.end(room: 1).initialize(to: line)
    lineMemory.take(1)
  }

  /// After the last line: gives back the room that was not needed.
  func complete() {
    lineMemory.trim()
    memberMemory.trim()
  }
}

// MARK: - What is asked of it

extension IndexedSegment {
  /// Every number once, from low to high: which line has which can then be found.
  var isAscending: Bool {
    zip(lines, lines.dropFirst()).allSatisfy { $0.sequence < $1.sequence }
  }

  var range: ClosedRange<Int>? {
    guard let first = lines.first, let last = lines.last else { return nil }
    return Int(first.sequence)...max(Int(first.sequence), Int(last.sequence))
  }

  /// The place of the line of a number; nil where there is none.
  func place(of sequence: Int) -> Int? {
    guard let range, range.contains(sequence) else { return nil }
    // Without a gap in front of it, and that is nearly always, it stands where it should.
    let direct = sequence - range.lowerBound
    if direct < lines.count, lines[direct].sequence == UInt64(sequence) { return direct }
    var (low, high) = (0, lines.count)
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].sequence < UInt64(sequence) { low = middle + 1 } else { high = middle }
    }
    return low < lines.count && lines[low].sequence == UInt64(sequence) ? low : nil
  }

  /// The record of a line that is no plain one.
  func other(_ place: Int) -> Record? {
    let line = lines[place]
    return line.kind == IndexedSegment.other ? others[Int(line.members)] : nil
  }

  func incident(of place: Int) -> IncidentID? {
    let line = lines[place]
    if line.kind == IndexedSegment.other { return others[Int(line.members)].entry.incident }
    guard line.incident_node != LOGGIST_NO_INCIDENT,
      let node = names.nodes[Int(line.incident_node)]
    else { return nil }
    return IncidentID(node: node, number: Int(line.incident))
  }
}
