internal import Glibc
internal import LoggistModel

/// Reads a file of a log from an offset on, in pieces of 1 MiB, and shows its lines to a visitor.
///
/// `pread` and no map: a file that is cut short under a map kills the process, and nothing is gained by one.
struct SegmentScan {
  private let calls: SystemCalls
  private var scanner: LineScanner
  private let buffer: PieceBuffer

  /// Where the next scan goes on: behind the last line break.
  private(set) var offset: Int
  /// The number of the line there.
  private(set) var number: Int
  /// Bytes behind `offset`: a line that is being written, or that was never finished.
  private(set) var tail = 0

  /// - Parameter buffer: can be used for one file after the other.
  init(
    node: NodeCode, calls: SystemCalls, offset: Int = 0, number: Int = 1,
    buffer: PieceBuffer = PieceBuffer()
  ) {
    (self.calls, self.buffer) = (calls, buffer)
    scanner = LineScanner(node: node)
    (self.offset, self.number) = (offset, number)
  }

  /// Goes on to the file's last line break, or with `withTail` to its end; to its end also where several lines stand
  /// behind that, which nobody is writing.
  mutating func run<Visitor: LineVisitor>(
    _ file: Int32, withTail: Bool = false, into visitor: inout Visitor
  ) throws(Errno) {
    var held = 0  // bytes in the buffer that are no whole line yet
    var searched = 0
    var skipped = 0  // of a line that is too long to hold
    while true {
      let read = try calls.fill(buffer.room(behind: held), from: file, at: offset + skipped + held)
      held += read
      let isAtEnd = read == 0
      if let last = buffer.bytes(held)[part: searched..<held].lastIndex(of: 0x0A) {
        let end = searched + last + 1
        var start = 0
        if skipped > 0, let first = buffer.bytes(end).firstIndex(of: 0x0A) {
          noteTooLong(length: skipped + first, into: &visitor)
          offset += skipped + first + 1
          (skipped, start) = (0, first + 1)
        }
        number = scanner.scan(
          buffer.bytes(end)[part: start..<end], offset: offset, number: number, into: &visitor)
        offset += end - start
        buffer.drop(end, of: held)
        held -= end
      } else if held > LineScanner.lineLimit {
        skipped += held
        held = 0
      }
      searched = held
      if isAtEnd { break }
    }
    tail = skipped + held
    if tail > 0, withTail || LineScanner.isSeveralLines(buffer.bytes(held)) {
      if skipped > 0 {
        noteTooLong(length: tail, into: &visitor)
      } else {
        number = scanner.scan(buffer.bytes(held), offset: offset, number: number, into: &visitor)
      }
      offset += tail
      tail = 0
    }
  }

  private mutating func noteTooLong<Visitor: LineVisitor>(
    length: Int, into visitor: inout Visitor
  ) {
    let place = LinePlace(
      number: number, offset: offset, length: length, end: offset + length + 1)
    visitor.note(.tooLong, at: place)
    number += 1
  }
}

/// A buffer that grows, with readable bytes behind what it holds.
final class PieceBuffer {
  private var memory: UnsafeMutableRawBufferPointer
  private let piece: Int

  /// - Parameter piece: how much is read at once, in bytes.
  init(piece: Int = 1 << 20) {
    self.piece = piece
    memory = PieceBuffer.allocate(piece)
  }

  deinit { free(memory.baseAddress) }

  /// Zeroed by the kernel, page by page and only as far as a small file needs it.
  private static func allocate(_ size: Int) -> UnsafeMutableRawBufferPointer {
    guard let start = calloc(size + JSONParser.padding, 1) else {
      preconditionFailure("out of memory")
    }
    return UnsafeMutableRawBufferPointer(start: start, count: size + JSONParser.padding)
  }

  func bytes(_ count: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: memory[0..<count])
  }

  /// Where to read on; doubles the buffer when less than half a piece is free.
  func room(behind held: Int) -> UnsafeMutableRawBufferPointer {
    let size = memory.count - JSONParser.padding
    if size - held < piece / 2 {
      let larger = PieceBuffer.allocate(size * 2)
      larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[0..<held]))
      free(memory.baseAddress)
      memory = larger
    }
    let end = memory.count - JSONParser.padding
    return UnsafeMutableRawBufferPointer(rebasing: memory[held..<end])
  }

  /// Moves what stands behind the first `count` bytes to the front.
  func drop(_ count: Int, of held: Int) {
    let rest = UnsafeRawBufferPointer(rebasing: memory[count..<held])
    UnsafeMutableRawBufferPointer(rebasing: memory[0..<rest.count]).copyMemory(from: rest)
  }
}
