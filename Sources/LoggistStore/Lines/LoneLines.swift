internal import CSimdJSON
package import LoggistModel

/// Reads lines of anybody's log, for who imports them.
///
/// Only those with a head as this program writes one; any other line is to be read as the JSON that it is.
package enum LoneLines {
  /// A line as its record, without the salt; its head as the JSON object that it would be alone, and the digest in it.
  package typealias Reading = (record: Record, head: String, digest: String)

  /// Whole lines, each with its line break, read by two threads; nil for one whose head is of another form, or about
  /// which something is odd. `JSONParser.padding` readable bytes must follow them.
  package static func read(_ lines: UnsafeRawBufferPointer) -> [Reading?] {
    // A thread costs as much as some dozens of them.
    let half = lines.count < 128 << 10 ? lines.count : lines.count / 2
    let middle = lines.firstIndex(of: 0x0A, from: half).map { $0 + 1 } ?? lines.count
    let parts = [lines[part: 0..<middle], lines[part: middle..<lines.count]].map { Part(bytes: $0) }
    return inParallel(parts.filter { !$0.bytes.isEmpty }) { part in
      let reader = LoneLineReader()
      var (readings, start): ([Reading?], Int) = ([], 0)
      while let end = part.bytes.firstIndex(of: 0x0A, from: start) {
        readings.append(reader.read(part.bytes[part: start..<end]))
        start = end + 1
      }
      return readings
    }.flatMap(\.self)
  }

  /// Bytes that nobody changes while threads read them.
  private struct Part: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer
  }
}

/// Not for two threads at once.
private final class LoneLineReader {
  private let parser = JSONParser()
  private let decoder = EntryDecoder(.words)
  /// Of the line before: mostly that of the next one, too.
  private var node: (code: NodeCode, bytes: [UInt8])?

  func read(_ bytes: UnsafeRawBufferPointer) -> LoneLines.Reading? {
    guard let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
    if node.map({ loggist_plain_head_read(start, bytes.count, $0.bytes, $0.bytes.count) }) != true {
      node = LoneLineReader.node(of: bytes).flatMap { bytes in
        NodeCode(String(decoding: bytes, as: UTF8.self)).map { ($0, Array(bytes)) }
      }
    }
    guard let node, loggist_plain_head_read(start, bytes.count, node.bytes, node.bytes.count),
      let tape = try? parser.parse(bytes), tape.doubledKey == nil,
      let line = try? Line(tape, node: node.bytes), let digest = line.digest,
      !line.hasMembersBehindEntry
    else { return nil }
    let (record, failure) = line.record(node: node.code, decoder: decoder)
    if failure != nil { return nil }
    let head = String(decoding: bytes[part: 0..<line.headLength], as: UTF8.self) + "}"
    return (record, head, digest)
  }

  private static let opening = Array("{\"v\":1,\"node\":\"".utf8)

  private static func node(of line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    guard line.starts(with: opening) else { return nil }
    return line.firstIndex(of: 0x22, from: opening.count).map { line[part: opening.count..<$0] }
  }
}
