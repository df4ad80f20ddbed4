internal import CLibCSV

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
