internal import Glibc

/// The lines of a file one after the other, each with `JSONParser.padding` readable bytes behind it.
struct FileLines {
  private let file: Int32
  private let calls: SystemCalls
  private let buffer = PieceBuffer()
  private var (start, held, offset) = (0, 0, 0)
  /// Of the line that `next` gave last, from 1.
  private(set) var number = 0

  enum Failure: Error {
    case read(Errno)
    case tooLong
    /// The file ends without an end of line.
    case unterminated
  }

  init(_ file: Int32, calls: SystemCalls) {
    (self.file, self.calls) = (file, calls)
  }

  /// The next line without its end; nil at the end of the file. Valid until the next call.
  mutating func next() throws(Failure) -> UnsafeRawBufferPointer? {
    var searched = start
    number += 1
    while true {
      if let end = buffer.bytes(held).firstIndex(of: 0x0A, from: searched) {
        defer { start = end + 1 }
        return buffer.bytes(held)[part: start..<end]
      }
      if held - start > LineScanner.lineLimit { throw .tooLong }
      buffer.drop(start, of: held)
      held -= start
      (start, searched) = (0, held)
      let room = buffer.room(behind: held)
      let count: Int
      do throws(Errno) {
        count = try calls.fill(room, from: file, at: offset)
      } catch {
        throw .read(error)
      }
      if count == 0 {
        if held == 0 { return nil }
        throw .unterminated
      }
      held += count
      offset += count
    }
  }
}
