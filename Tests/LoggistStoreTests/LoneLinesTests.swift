import Glibc
import LoggistImport
import LoggistModel
import Testing

@testable import LoggistStore

@Suite("Lines of another log that are imported")
struct LoneLinesTests {
  @Test(
    "are the same, whether they are read as lines or as the JSON that they are", arguments: 0..<60)
  func sameAsJSON(seed: UInt64) throws {
    var sample = try RandomStore(seed: seed)
    var plain = 0
    for node in sample.store.nodes {
      for segment in try sample.store.segments(of: node.code) {
        let bytes = try SystemCalls.real.contents(of: sample.store.path(node.code, segment))
        let expected = try LoneLinesTests.harvest(bytes, pieces: bytes.count, reading: nil)
        let piece = 1 + sample.random.below(bytes.count)
        let read = try LoneLinesTests.harvest(bytes, pieces: piece) { lines in
          let readings = LoneLines.read(lines)
          plain += readings.count { $0 != nil }
          return readings
        }
        #expect(read == expected, "\(seed), \(node.code), \(segment), in pieces of \(piece)")
      }
    }
    #expect(plain > 0)
  }

  @Test("are read by two threads as by one, in their order")
  func inOrder() throws {
    let sample = try SampleStore(lines: 3000)
    let records = try sample.load().records.sorted { $0.ref < $1.ref }
    let log = try sample.store.segments(of: inc).flatMap {
      try SystemCalls.real.contents(of: sample.store.path(inc, $0))
    }
    #expect(log.count > 256 << 10)
    let readings = (log + [UInt8](repeating: 0, count: JSONParser.padding)).withUnsafeBytes {
      LoneLines.read($0[part: 0..<log.count])
    }
    #expect(readings.map { $0?.record.ref } == records.map(\.ref))
  }

  /// What comes out of an import, in words.
  private static func harvest(
    _ bytes: [UInt8], pieces size: Int, reading: LogFileReader.LineReading?
  ) throws -> [String] {
    var reader = LogFileReader(reading: reading)
    for start in stride(from: 0, to: bytes.count, by: max(1, size)) {
      try bytes[start..<min(start + size, bytes.count)].withUnsafeBytes { try reader.read($0) }
    }
    var said: [String] = []
    try reader.finish { incident in
      for foreign in incident.entries {
        let head = foreign.head.map { "\($0.json) \($0.digest ?? "")" } ?? ""
        said.append(
          "\(foreign.line) \(incident.id) \(foreign.record) \(foreign.entry.json.text) \(head)")
      }
    }
    let harvest = reader.harvest
    return said + harvest.rejects.map { "\($0.line) \($0.reason) \($0.text)" }
      + ["\(harvest.records)"] + harvest.doubts.map { "\($0.line) \($0.sentence)" }
  }
}
