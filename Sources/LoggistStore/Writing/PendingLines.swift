internal import LoggistModel

/// Lines that are to be written: their records, and their entries as bytes one behind the other, which stay the same
/// whatever their heads will be.
struct PendingLines {
  let records: [Record]
  /// The entries in pieces, each of which one thread has written.
  private let pieces: [Piece]

  /// What a head and the end of a line take at most, escapes in an account's name apart: room to write into, no limit.
  private static let headRoom = 320
  /// From so many records on a second thread helps: below, starting it takes longer than it saves.
  private static let worthSharing = 1024

  private struct Piece: Sendable {
    let records: Range<Int>
    let bytes: [UInt8]
    /// Where each entry ends.
    let ends: [Int]
    let digests: [String]
  }

  init(_ records: [Record]) {
    self.records = records
    // The smaller part here: this thread writes the lines, and then waits for the disk.
    let middle = records.count >= PendingLines.worthSharing ? records.count / 4 : 0
    let parts = [0..<middle, middle..<records.count].filter { !$0.isEmpty }
    pieces = inParallel(parts) { PendingLines.piece($0, of: records) }
  }

  var count: Int { records.count }

  private static func piece(_ part: Range<Int>, of records: [Record]) -> Piece {
    let hasher = SHA256Hasher()
    var writer = JSONWriter(capacity: part.count * 512)
    var (ends, digests): ([Int], [String]) = ([], [])
    ends.reserveCapacity(part.count)
    digests.reserveCapacity(part.count)
    // Through a pointer: a record that is only looked at is not copied.
    records.withUnsafeBufferPointer { records in
      for place in part {
        let start = writer.count
        records[place].entry.write(into: &writer)
        ends.append(writer.count)
        writer.withBytes { hasher.add($0[part: start..<$0.count]) }
        digests.append(hasher.base64URL())
      }
    }
    return Piece(records: part, bytes: writer.bytes, ends: ends, digests: digests)
  }

  /// Writes the lines from a place on; where each of them ends among the writer's bytes.
  func write(
    from first: Int, prev: inout String, gap: String?, by line: LineWriter,
    into writer: inout JSONWriter
  ) -> [Int] {
    let size = pieces.reduce(0) { $0 + $1.bytes.count }
    writer.reserve(size + (count - first) * PendingLines.headRoom)
    var (gap, lineEnds) = (gap, [Int]())
    lineEnds.reserveCapacity(count - first)
    records.withUnsafeBufferPointer { records in
      for piece in pieces {
        piece.bytes.withUnsafeBytes { bytes in
          for (index, place) in piece.records.enumerated() where place >= first {
            let start = index == 0 ? 0 : piece.ends[index - 1]
            line.write(
              records[place], entry: bytes[part: start..<piece.ends[index]],
              digest: piece.digests[index], prev: &prev, gap: gap, into: &writer)
            gap = nil
            lineEnds.append(writer.count)
          }
        }
      }
    }
    return lineEnds
  }
}
