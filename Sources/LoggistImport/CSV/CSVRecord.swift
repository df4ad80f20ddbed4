/// A record of a table: its cells one behind the other, without their quotation marks.
struct CSVRecord {
  private var bytes: [UInt8] = []
  /// Where each cell ends.
  private var ends: [Int] = []
  /// The line on which the record begins, from 1.
  private(set) var startLine = 1
  var line: Int
  private var endedWithReturn = false

  init(line: Int) {
    self.line = line
  }

  var count: Int { ends.count }

  /// A cell's bytes, for the time of the closure.
  func withCell<Value>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
    let start = index == 0 ? 0 : ends[index - 1]
    return bytes.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[start..<ends[index]]))
    }
  }

  /// Tells this record from others.
  var digest: UInt64 {
    // Eight bytes at a time: it is kept nowhere, and every byte of the table comes by here.
    bytes.withUnsafeBytes { bytes in
      var digest: UInt64 = 0xCBF2_9CE4_8422_2325
      func add(_ word: UInt64) {
        let product = (digest ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        digest = product.high ^ product.low &+ word
      }
      var place = 0
      while place + 8 <= bytes.count {
        add(bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        place += 8
      }
      var rest: UInt64 = 0
      for byte in bytes[place...] { rest = rest << 8 | UInt64(byte) }
      add(rest)
      for end in ends { add(UInt64(end)) }
      return digest
    }
  }

  func text(_ index: Int) -> String { withCell(index) { CellText.string($0).text } }

  var texts: [String] { (0..<count).map { text($0) } }

  mutating func take(_ cell: UnsafeBufferPointer<UInt8>) {
    if ends.isEmpty { startLine = line }
    endedWithReturn = false
    bytes.append(contentsOf: cell)
    ends.append(bytes.count)
    for byte in cell where byte == 0x0A { line += 1 }
  }

  /// The end of a line that held no record, or of a record that was handed out.
  mutating func end(_ character: Int32) {
    let isSecondHalf = endedWithReturn && ends.isEmpty && character == 0x0A
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    if character >= 0, !isSecondHalf { line += 1 }
    endedWithReturn = character == 0x0D
  }
}
