import LoggistModel
import LoggistStore
import TestSupport
import Testing

@Suite("Heads that the log noted, and the quick pass")
struct NotedHeadTests {
  /// Four lines, and a handover or a signature that notes where they ended.
  private func sample(_ kind: Kind) throws -> SampleStore {
    let sample = try SampleStore()
    let head = try #require(try sample.verify().heads.first)
    let writer = try LogWriter(
      store: sample.store, by: "ama", clock: steppingClock(from: evening + .seconds(600)))
    var entry = Entry(
      kind, kind == .signed ? IncidentID(node: inc, number: 1) : nil, at: Timestamp(evening),
      fields: [
        (.heads, .object([JSONMember("INC", .string("\(head.ref):\(head.digest)"))]))
      ])
    entry.text = "five\nlines"
    _ = try writer.append(entry, via: .tui)
    return sample
  }

  @Test(
    "A head that a handover or a signature noted is checked", arguments: [Kind.handover, .signed])
  func checks(_ kind: Kind) throws {
    let sample = try sample(kind)
    #expect(try sample.verify().findings.isEmpty)
    #expect(try sample.verify(closely: true).findings.isEmpty)
  }

  @Test("A log that was cut before a noted head, or written anew, is found out by its own handover")
  func finds() throws {
    let sample = try sample(.handover)
    let lines = sample.lines
    let (four, five) = (
      try #require(EntryRef("INC.4")), try #require(EntryRef("INC.5"))
    )
    // Without the line that was noted.
    sample.replace(Array((lines[..<3] + lines[4...]).joined()))
    #expect(try sample.verify().findings.map(\.reason).contains(.notedAndMissing(four, by: five)))
    // Another line in its place.
    let other = text(lines[3]).replacing("\"by\":\"ama\"", with: "\"by\":\"eve\"")
    sample.replace(Array((lines[..<3] + [Array(other.utf8)] + lines[4...]).joined()))
    #expect(try sample.verify().findings.map(\.reason).contains(.differsFromNote(four, by: five)))
  }

  @Test("The quick pass and the close look find the same, whatever byte is changed")
  func same() throws {
    let sample = try sample(.signed)
    let whole = sample.bytes
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<1500 {
      var bytes = whole
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
      case 2: bytes.removeLast(place)
      default: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      }
      sample.replace(bytes)
      let (quick, close) = (try sample.verify(), try sample.verify(closely: true))
      #expect(quick.findings == close.findings, "byte \(place)")
      #expect(quick.heads == close.heads)
      #expect((quick.lines, quick.bytes) == (close.lines, close.bytes))
    }
  }
}
