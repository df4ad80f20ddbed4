/// The end of a file in blocks of whole lines, from the last to the first.
struct BackwardBlocks {
  private let calls: SystemCalls
  private let file: Int32
  private var end: Int

  init(_ file: Int32, size: Int, calls: SystemCalls) {
    (self.file, self.calls, end) = (file, calls, size)
  }

  struct Block {
    /// With `JSONParser.padding` bytes behind `count`.
    var bytes: [UInt8]
    var count: Int
    var offset: Int
  }

  /// The block that ends where the last one began, of at least one line; nil at the start of the file.
  mutating func next(atLeast size: Int) throws(Errno) -> Block? {
    guard end > 0 else { return nil }
    var wanted = size
    while true {
      let start = max(0, end - wanted)
      var bytes = try calls.read(file, at: start, count: end - start)
      // A line break that ends the block ends its last line: look for one before it.
      var skip = 0
      if start > 0 {
        guard let found = bytes.dropLast().firstIndex(of: 0x0A) else {
          wanted *= 2
          continue
        }
        skip = found + 1
      }
      let count = bytes.count - skip
      if skip > 0 { bytes.removeFirst(skip) }
      bytes.append(contentsOf: repeatElement(0, count: JSONParser.padding))
      end = start + skip
      return Block(bytes: bytes, count: count, offset: start + skip)
    }
  }
}
