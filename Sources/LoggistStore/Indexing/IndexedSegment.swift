internal import CSimdJSON
internal import LoggistModel

/// What an index keeps of one segment, in the order of the file.
struct IndexedSegment: Sendable {
  let node: NodeCode
  private(set) var lines: [IndexedLine] = []
  /// The kept members of all its entries, one entry's behind the other's.
  private(set) var members: [UInt8] = []
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

  init(node: NodeCode) {
    self.node = node
  }

  /// - Parameter size: of the file, in bytes: room for what is usually kept of so much.
  mutating func reserve(for size: Int) {
    lines.reserveCapacity(size / 350)
    members.reserveCapacity(size / 14)
  }

  mutating func append(
    _ lines: Slice<UnsafeMutableBufferPointer<IndexedLine>>,
    members: Slice<UnsafeMutableBufferPointer<UInt8>>
  ) {
    let base = UInt32(self.members.count)
    let first = self.lines.count
    self.lines.append(contentsOf: lines)
    for index in first..<self.lines.count { self.lines[index].members += base }
    self.members.append(contentsOf: members)
  }

  mutating func append(_ record: Record) {
    var line = IndexedLine()
    line.kind = IndexedSegment.other
    line.members = UInt32(others.count)
    line.sequence = UInt64(record.ref.sequence)
    line.logged = record.logged.milliseconds
    others.append(record)
    lines.append(line)
  }

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
