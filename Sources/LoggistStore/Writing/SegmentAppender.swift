internal import LoggistModel

/// Puts lines behind the end of an open segment and copes with writes that are cut short.
///
/// Of a short write the whole lines count. The piece behind them stays where it is, gets a line break and is covered by
/// the `gap` of the line that is then written again.
struct SegmentAppender {
  let calls: SystemCalls
  let file: Int32
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
  private(set) var written = WrittenLines()

  /// What went wrong after `written` had got in.
  enum Failure: Error {
    case write(Errno)
    case read(StoreError)
  }

  mutating func append(_ lines: PendingLines) throws(Failure) {
    var done = 0
    while done < lines.count {
      var piece = JSONWriter()
      let lead = needsBreak ? 1 : 0
      if needsBreak { piece.raw("\n") }
      var nextPrev = prev
      let ends = lines.write(from: done, prev: &nextPrev, gap: gap, into: &piece)
      let batch = piece.bytes
      let count = try write(batch)
      needsBreak = false
      var boundary = lead  // behind the last whole line
      // A line that lacks its line break alone is whole: the break comes first in what is written next.
      let whole = ends.prefix { count >= $0 - 1 }
      if let end = whole.last {
        written.add(lines, batch, lead..<end, ends: whole)
        (prev, gap) = (whole.count == ends.count ? nextPrev : written.lastHeadDigest, nil)
        needsBreak = count == end - 1
        boundary = min(count, end)
        lineEnd = size - count + boundary
        done += whole.count
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
  mutating func repeatLines(_ lines: WrittenLines) throws(Failure) {
    var done = 0
    while done < lines.count {
      let start = lines.start(of: done)
      let batch = (needsBreak ? [0x0A] : []) + lines.bytes[start...]
      let count = try write(batch) - (needsBreak ? 1 : 0)
      done += lines.count(from: done, within: count)
      needsBreak = count > lines.start(of: done) - start
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
