internal import LoggistModel

/// A line that is to be written: its record, and its entry as bytes, which stay the same whatever its head will be.
struct PendingLine {
  let record: Record
  let entryBytes: [UInt8]

  init(_ record: Record) {
    self.record = record
    entryBytes = LineWriter.bytes(of: record.entry)
  }
}

/// A line that stands in the log as these bytes, with its line break.
struct WrittenLine {
  let record: Record
  let bytes: [UInt8]
}

/// Puts lines behind the end of an open segment and copes with writes that are cut short.
///
/// Of a short write the whole lines count. The piece behind them stays where it is, gets a line break and is covered by
/// the `gap` of the line that is then written again.
struct SegmentAppender {
  let calls: SystemCalls
  let file: Int32
  let writer: LineWriter
  /// The last byte in front is no line break.
  var needsBreak: Bool
  /// Of the next line.
  var prev: String
  var gap: String?
  /// Computes the gap anew from what stands in the file, with the line break to come, after a torn piece.
  let gapOnDisk: (_ lineEnd: Int?) throws(StoreError) -> String?
  /// Makes room on a full disk; false where there is none to make.
  let makeRoom: () -> Bool
  /// The file's size.
  var size: Int
  /// Where the last whole line of this appender ends.
  private(set) var lineEnd: Int?
  private(set) var written: [WrittenLine] = []

  /// What went wrong after `written` had got in.
  enum Failure: Error {
    case write(Errno)
    case read(StoreError)
  }

  mutating func append(_ lines: [PendingLine]) throws(Failure) {
    var rest = lines[...]
    while !rest.isEmpty {
      var batch: [UInt8] = needsBreak ? [0x0A] : []
      var outputs: [(line: LineWriter.Output, end: Int)] = []
      var (nextPrev, nextGap) = (prev, gap)
      for line in rest {
        let output = writer.line(
          line.record, entryBytes: line.entryBytes, prev: nextPrev, gap: nextGap)
        batch += output.bytes
        outputs.append((output, batch.count))
        (nextPrev, nextGap) = (output.headDigest, nil)
      }
      let lead = needsBreak ? 1 : 0
      let count = try write(batch)
      needsBreak = false
      var boundary = lead  // behind the last whole line
      for (output, end) in outputs {
        // A line that lacks its line break alone is whole: the break comes first in what is written next.
        guard count >= end - 1, let line = rest.popFirst() else { break }
        written.append(WrittenLine(record: line.record, bytes: output.bytes))
        (prev, gap) = (output.headDigest, nil)
        needsBreak = count == end - 1
        boundary = min(count, end)
        lineEnd = size - count + boundary
      }
      if count > boundary {
        needsBreak = true
        try coverTornPiece()
      }
    }
    if needsBreak {
      _ = try write([0x0A])
      needsBreak = false
      lineEnd = size
    }
  }

  private mutating func coverTornPiece() throws(Failure) {
    do throws(StoreError) {
      gap = try gapOnDisk(lineEnd)
    } catch {
      throw .read(error)
    }
  }

  /// Lines as they are, that a failed flush may have lost elsewhere.
  mutating func repeatLines(_ lines: [WrittenLine]) throws(Failure) {
    var rest = lines[...]
    while !rest.isEmpty {
      let batch = (needsBreak ? [0x0A] : []) + rest.flatMap(\.bytes)
      var count = try write(batch) - (needsBreak ? 1 : 0)
      needsBreak = false
      while let line = rest.first, count >= line.bytes.count {
        count -= line.bytes.count
        rest.removeFirst()
      }
      needsBreak = count > 0
    }
    lineEnd = size
  }

  /// One write; what it took.
  private mutating func write(_ bytes: [UInt8]) throws(Failure) -> Int {
    var mayMakeRoom = true
    while true {
      do throws(Errno) {
        let count = try bytes.withUnsafeBufferPointer { (buffer) throws(Errno) -> Int in
          try calls.write(file, UnsafeRawBufferPointer(buffer))
        }
        // No progress and no error is an error all the same, or this would go on for ever.
        if count == 0 { throw .inputOutput }
        size += count
        return count
      } catch {
        guard error.isFull, mayMakeRoom, makeRoom() else { throw .write(error) }
        mayMakeRoom = false
      }
    }
  }
}
