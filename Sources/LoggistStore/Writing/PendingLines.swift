internal import LoggistModel

/// Lines that are to be written: their records, and their entries as bytes one behind the other, which stay the same
/// whatever their heads will be.
struct PendingLines {
  let records: [Record]
  private let entries: [UInt8]
  /// Where each entry ends.
  private var ends: [Int] = []

  /// What a head and the end of a line take at most, escapes in an account's name apart: room to write into, no limit.
  private static let headRoom = 320

  init(_ records: [Record]) {
    self.records = records
    ends.reserveCapacity(records.count)
    var writer = JSONWriter(capacity: records.count * 512)
    for place in records.indices {
      records[place].entry.write(into: &writer)
      ends.append(writer.count)
    }
    entries = writer.bytes
  }

  var count: Int { records.count }

  /// Writes the lines from a place on; where each of them ends among the writer's bytes.
  func write(
    from first: Int, prev: inout String, gap: String?, by line: LineWriter,
    into writer: inout JSONWriter
  ) -> [Int] {
    var start = first == 0 ? 0 : ends[first - 1]
    writer.reserve(entries.count - start + (count - first) * PendingLines.headRoom)
    var (gap, lineEnds) = (gap, [Int]())
    lineEnds.reserveCapacity(count - first)
    entries.withUnsafeBytes { bytes in
      for place in first..<count {
        line.write(
          records[place], entry: bytes[part: start..<ends[place]], prev: &prev, gap: gap,
          into: &writer)
        (start, gap) = (ends[place], nil)
        lineEnds.append(writer.count)
      }
    }
    return lineEnds
  }
}
