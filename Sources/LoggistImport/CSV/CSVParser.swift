internal import CLibCSV

/// A record of a table: its cells one behind the other, without their quotation marks.
struct CSVRecord {
  private var bytes: [UInt8] = []
  /// Where each cell ends.
  private var ends: [Int] = []
  /// The line on which the record begins, from 1.
  fileprivate(set) var startLine = 1
  fileprivate var line: Int
  private var endedWithReturn = false

  fileprivate init(line: Int) {
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

  /// 64 bits that tell this record from others (Fowler–Noll–Vo 1a over its cells).
  var digest: UInt64 {
    bytes.withUnsafeBufferPointer { bytes in
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      var start = 0
      for end in ends {
        for place in start..<end { hash = (hash ^ UInt64(bytes[place])) &* 0x100_0000_01B3 }
        hash = (hash ^ 0x1F) &* 0x100_0000_01B3
        start = end
      }
      return hash
    }
  }

  func text(_ index: Int) -> String { withCell(index) { CellText.string($0).text } }

  var texts: [String] { (0..<count).map { text($0) } }

  fileprivate mutating func take(_ cell: UnsafeBufferPointer<UInt8>) {
    if ends.isEmpty { startLine = line }
    endedWithReturn = false
    bytes.append(contentsOf: cell)
    ends.append(bytes.count)
    for byte in cell where byte == 0x0A { line += 1 }
  }

  /// The end of a line that held no record, or of a record that was handed out.
  fileprivate mutating func end(_ character: Int32) {
    let isSecondHalf = endedWithReturn && ends.isEmpty && character == 0x0A
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    if character >= 0, !isSecondHalf { line += 1 }
    endedWithReturn = character == 0x0D
  }
}

/// libcsv behind Swift: bytes in, records out, each with the line on which it begins. Not for two threads at once.
final class CSVParser {
  private let parser: UnsafeMutablePointer<csv_parser>
  private let onRecord: (CSVRecord) -> Void
  /// Behind a pointer: every cell of a table comes by here, and a class's own property is guarded at each access.
  private let record: UnsafeMutablePointer<CSVRecord>

  init(separator: UInt8, line: Int = 1, onRecord: @escaping (CSVRecord) -> Void) {
    self.onRecord = onRecord
    record = .allocate(capacity: 1)
    record.initialize(to: CSVRecord(line: line))
    parser = .allocate(capacity: 1)
    let status = csv_init(parser, UInt8(CSV_REPALL_NL))
    precondition(status == 0, "libcsv does not start")
    csv_set_delim(parser, separator)
  }

  deinit {
    csv_free(parser)
    parser.deallocate()
    record.deinitialize(count: 1)
    record.deallocate()
  }

  func read(_ input: UnsafeRawBufferPointer) {
    guard let start = input.baseAddress, !input.isEmpty else { return }
    let context = Unmanaged.passUnretained(self).toOpaque()
    let taken = csv_parse(parser, start, input.count, takeCell, endRecord, context)
    // Without strict mode there is no input that it refuses.
    precondition(taken == input.count, "out of memory")
  }

  /// What stood behind a quotation mark that was never closed: all the rest of the file, taken for one cell.
  struct Swallowed {
    var bytes: [UInt8]
    /// The line on which it begins.
    var line: Int
    /// The cells in front of it, and the line on which they begin.
    var cells: [String]
    var startLine: Int
  }

  /// The end of the file.
  func finish() -> Swallowed? {
    // 2 is libcsv's FIELD_BEGUN; its header keeps the names to itself.
    if parser.pointee.pstate == 2, parser.pointee.quoted != 0 {
      let swallowed = UnsafeBufferPointer(
        start: parser.pointee.entry_buf, count: parser.pointee.entry_pos)
      let (record, line) = (record.pointee, record.pointee.line)
      return Swallowed(
        bytes: Array(swallowed), line: line, cells: record.texts,
        startLine: record.count == 0 ? line : record.startLine)
    }
    csv_fini(parser, takeCell, endRecord, Unmanaged.passUnretained(self).toOpaque())
    return nil
  }

  fileprivate func take(_ cell: UnsafeBufferPointer<UInt8>) { record.pointee.take(cell) }

  fileprivate func end(_ character: Int32) {
    if record.pointee.count > 0 { onRecord(record.pointee) }
    record.pointee.end(character)
  }
}

/// A cell as libcsv hands it over. C functions that get the parser as their context.
private func takeCell(
  _ start: UnsafeMutableRawPointer?, _ count: Int, _ context: UnsafeMutableRawPointer?
) {
  guard let context else { return }
  let parser = Unmanaged<CSVParser>.fromOpaque(context).takeUnretainedValue()
  parser.take(
    UnsafeBufferPointer(start: start?.assumingMemoryBound(to: UInt8.self), count: count))
}

private func endRecord(_ character: Int32, _ context: UnsafeMutableRawPointer?) {
  guard let context else { return }
  Unmanaged<CSVParser>.fromOpaque(context).takeUnretainedValue().end(character)
}

/// Writes rows of a table again (RFC 4180), with the separator that the source has.
struct CSVRow {
  static func bytes(_ cells: [String], separator: UInt8) -> [UInt8] {
    var row: [UInt8] = []
    for (index, cell) in cells.enumerated() {
      if index > 0 { row.append(separator) }
      let needsMarks = cell.utf8.contains {
        $0 == separator || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D
      }
      if !needsMarks, cell.utf8.first != 0x20, cell.utf8.last != 0x20 {
        row += cell.utf8
        continue
      }
      row.append(0x22)
      for byte in cell.utf8 {
        if byte == 0x22 { row.append(0x22) }
        row.append(byte)
      }
      row.append(0x22)
    }
    return row
  }
}
