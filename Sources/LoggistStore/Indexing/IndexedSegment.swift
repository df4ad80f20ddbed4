internal import CSimdJSON
internal import LoggistModel

/// What an index keeps of one segment, in the order of the file.
final class IndexedSegment: @unchecked Sendable {
  let node: NodeCode
  let lines: UnsafeBufferPointer<IndexedLine>
  /// The kept members of all its entries, one entry's behind the other's, and readable bytes behind them.
  let members: UnsafePointer<UInt8>
  /// Every number once, from low to high: which line has which can then be found.
  let isAscending: Bool
  /// The lines that are no plain ones, as records: a line of the kind `other` says which by its place among the members.
  let others: [Record]
  /// Who recorded, and whose incidents these are, by the numbers of the lines.
  let names: Names
  // Two threads ask for these a million times: plain memory has no count that both would have to write.
  private let nodes: UnsafeMutableBufferPointer<NodeCode?>
  private let kinds = LineIndexer.kindTable
  /// Where lines and members stand.
  private let memory: IndexMemory

  struct Names: Sendable {
    var users: [String] = []
    var nodes: [NodeCode?] = []
  }

  /// The kind of a line that stands among `others`.
  static let other = UInt8.max

  fileprivate init(
    _ node: NodeCode, _ lines: UnsafeBufferPointer<IndexedLine>, isAscending: Bool,
    _ members: UnsafePointer<UInt8>, of memory: IndexMemory, _ others: [Record], _ names: Names
  ) {
    (self.node, self.lines, self.members, self.memory) = (node, lines, members, memory)
    self.isAscending = isAscending
    (self.others, self.names) = (others, names)
    nodes = .allocate(capacity: names.nodes.count)
    _ = nodes.initialize(from: names.nodes)
  }

  deinit { nodes.deallocate() }
}

/// The lines and the kept members of the segments that one thread reads, one segment's behind the other's.
final class IndexMemory: @unchecked Sendable {
  fileprivate var lines: GrowingMemory<IndexedLine>
  fileprivate var members: GrowingMemory<UInt8>

  /// - Parameter size: of the files, in bytes: room for what is usually kept of so much.
  init(size: Int) {
    lines = GrowingMemory(capacity: size / 350)
    members = GrowingMemory(capacity: size / 14)
  }

  /// Gives back the room that was not needed. After the last segment.
  func trim() {
    lines.trim()
    members.trim()
  }

  deinit {
    lines.deallocate()
    members.deallocate()
  }
}

/// A segment of an index while its lines are read: the last one in some memory.
struct SegmentBuilder {
  let node: NodeCode
  private let memory: IndexMemory
  private let first: (line: Int, member: Int)
  private(set) var count = 0
  private var isAscending = true
  private var others: [Record] = []

  init(node: NodeCode, in memory: IndexMemory) {
    (self.node, self.memory) = (node, memory)
    first = (memory.lines.count, memory.members.count)
  }

  /// Has lines written behind those that it has, and counts them.
  ///
  /// - Parameters:
  ///   - room: for so many lines, and so many bytes of members.
  ///   - write: is told where, and how many bytes of members there are already.
  mutating func append(
    room: (lines: Int, members: Int),
    _ write: (UnsafeMutablePointer<IndexedLine>, UnsafeMutablePointer<UInt8>, Int)
      -> loggist_index_result
  ) -> loggist_index_result {
    let written = write(
      memory.lines.end(room: room.lines), memory.members.end(room: room.members),
      memory.members.count - first.member)
    memory.members.take(written.members)
    take(written.lines)
    return written
  }

  mutating func append(_ record: Record) {
    var line = IndexedLine()
    line.kind = IndexedSegment.other
    line.members = UInt32(others.count)
    line.sequence = UInt64(record.ref.sequence)
    line.logged = record.logged.milliseconds
    others.append(record)
    memory.lines.end(room: 1).initialize(to: line)
    take(1)
  }

  /// Counts so many more lines, and looks at their numbers while they are near.
  private mutating func take(_ more: Int) {
    memory.lines.take(more)
    let lines = lines
    for place in max(count, 1)..<max(lines.count, 1)
    where lines[place - 1].sequence >= lines[place].sequence {
      isAscending = false
    }
    count += more
  }

  private var lines: UnsafeBufferPointer<IndexedLine> {
    UnsafeBufferPointer(
      start: memory.lines.start + first.line, count: memory.lines.count - first.line)
  }

  /// Hands over what was read. After the last segment of its memory, which stands where it is from then on.
  func segment(_ names: IndexedSegment.Names) -> IndexedSegment {
    IndexedSegment(
      node, UnsafeBufferPointer(start: memory.lines.start + first.line, count: count),
      isAscending: isAscending, UnsafePointer(memory.members.start + first.member), of: memory,
      others, names)
  }
}

// MARK: - What is asked of it

extension IndexedSegment {
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

  /// Where among `others` a line is that is no plain one; nil for those that are.
  func other(_ place: Int) -> Int? {
    lines[place].kind == IndexedSegment.other ? Int(lines[place].members) : nil
  }

  func incident(of place: Int) -> IncidentID? {
    let line = lines[place]
    if line.kind == IndexedSegment.other { return others[Int(line.members)].entry.incident }
    guard line.incident_node != LOGGIST_NO_INCIDENT, let node = nodes[Int(line.incident_node)]
    else { return nil }
    return IncidentID(node: node, number: Int(line.incident))
  }

  /// The kind of a plain line.
  func kind(of line: IndexedLine) -> Kind { kinds[Int(line.kind)] }
}
