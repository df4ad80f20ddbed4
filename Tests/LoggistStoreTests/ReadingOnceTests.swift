import Glibc
import LoggistModel
import Testing

@testable import LoggistStore

@Suite("A log read once by two threads")
struct ReadingOnceTests {
  @Test("says what a reader says that goes through the segments one after the other")
  func asOneReader() throws {
    let sample = try SampleStore(lines: 40)
    try spread(sample, over: 4)
    let expected = try sample.load()
    let read = try contents(sample)
    #expect(expected.records.count == sample.records.count)
    #expect(read.pieces.count == 4)
    #expect(sorted(read.pieces) == expected.records)
    #expect(read.findings == expected.findings)
  }

  @Test("counts a doubled segment once, wherever the two halves are cut")
  func doubled() throws {
    let sample = try SampleStore(lines: 40)
    try spread(sample, over: 4)
    sample.folder.write("store/nodes/INC/2031-01.jsonl", try segment(sample, 0))
    #expect(sorted(try contents(sample).pieces) == sample.records)
  }

  @Test("shows both lines of a fork, whose segments two threads have read")
  func forked() throws {
    let sample = try SampleStore(lines: 40)
    let line = try #require(sample.lines.first)
    try spread(sample, over: 4)
    let other = text(line).replacing("\"via\":\"", with: "\"via\":\"x")
    sample.folder.write("store/nodes/INC/2031-01.jsonl", Array(other.utf8))
    let read = try contents(sample)
    #expect(read.pieces.joined().count == sample.records.count + 1)
    #expect(read.findings.contains { if case .fork = $0.reason { true } else { false } })
    #expect(sorted(read.pieces) == (try sample.load()).records)
  }

  @Test("leaves out what figures do not need, and nothing else")
  func figures() throws {
    let sample = try SampleStore(lines: 12)
    for record in try LogReader.contents(of: sample.store, detail: .figures, progress: { _ in })
      .pieces.joined()
    {
      var whole = try #require(sample.records.first { $0.ref == record.ref })
      (whole.entry.text, whole.entry.salt) = (nil, nil)
      #expect(record == whole)
    }
  }

  private func contents(
    _ sample: SampleStore
  ) throws -> (pieces: [[Record]], findings: [Finding]) {
    try LogReader.contents(of: sample.store, detail: .everything, progress: { _ in })
  }

  private func sorted(_ pieces: [[Record]]) -> [Record] {
    pieces.joined().sorted { $0.order < $1.order }
  }

  /// Moves the one segment's lines into so many, of the months from January 2030 on.
  private func spread(_ sample: SampleStore, over count: Int) throws {
    let lines = sample.lines
    for part in 0..<count {
      let range = part * lines.count / count..<(part + 1) * lines.count / count
      sample.folder.write("store/nodes/INC/2030-0\(part + 1).jsonl", lines[range].flatMap(\.self))
    }
    #expect(unlink(sample.store.path + "/nodes/INC/" + segmentName) == 0)
  }

  private var segmentName: String { String(SampleStore.segment.split(separator: "/").last ?? "") }

  private func segment(_ sample: SampleStore, _ part: Int) throws -> [UInt8] {
    sample.folder.read("store/nodes/INC/2030-0\(part + 1).jsonl")
  }
}
