internal import LoggistModel

/// A line that was read whole, as the record that it is.
struct ReadLine: Sendable {
  let record: Record
  /// In its file, of the first byte of the line in which it stands.
  let offset: Int
  /// No other line of the pass has its number: see `linefinder.h`.
  let isPlain: Bool
}

/// Reads single lines of a segment, in any order, as a reading of the whole would.
struct LineReader: LineVisitor {
  private let node: NodeCode
  private let path: String
  private var scanner: LineScanner
  private let decoder: EntryDecoder
  private var start = 0
  private var isPlain = true
  private(set) var lines: [ReadLine] = []
  private(set) var findings: [Finding] = []

  init(_ node: NodeCode, path: String, decoder: EntryDecoder = EntryDecoder()) {
    (self.node, self.path, self.decoder) = (node, path, decoder)
    scanner = LineScanner(node: node)
  }

  /// Reads one line without its line break; `JSONParser.padding` readable bytes must follow it.
  mutating func read(_ line: UnsafeRawBufferPointer, at offset: Int, isPlain: Bool) {
    (start, self.isPlain) = (offset, isPlain)
    var scanner = scanner
    if line.isEmpty {
      note(.blankLine, at: LinePlace(number: 1, offset: offset, length: 0, end: offset + 1))
    } else {
      _ = scanner.scan(line, offset: offset, number: 1, into: &self)
    }
    self.scanner = scanner
  }

  /// Reads a plain line where it is that of an entry; else nothing is kept of it.
  mutating func read(
    _ line: UnsafeRawBufferPointer, at offset: Int, ifOf ref: EntryRef
  ) -> Bool {
    let (lineCount, findingCount) = (lines.count, findings.count)
    read(line, at: offset, isPlain: true)
    if lines[lineCount...].contains(where: { $0.record.ref == ref }) { return true }
    lines.removeSubrange(lineCount...)
    findings.removeSubrange(findingCount...)
    return false
  }

  mutating func visit(_ line: Line, at place: LinePlace, bytes: UnsafeRawBufferPointer) {
    let (record, failure) = line.record(node: node, decoder: decoder)
    if let failure, line.version <= Record.version { note(.unreadableEntry(failure), at: place) }
    lines.append(ReadLine(record: record, offset: start, isPlain: isPlain))
  }

  mutating func note(_ reason: FindingReason, at place: LinePlace) {
    findings.append(
      Finding(path: path, offset: place.offset, length: place.length, reason: reason))
  }
}
