import Glibc
import LoggistModel
import LoggistStore
import TestSupport
import Testing

@Suite("Torn writes and flipped bits")
struct DamageTests {
  @Test(
    "A log torn at any byte of its last three lines keeps the lines before, and is written on",
    arguments: ["cut", "NUL", "0xFF", "garbage"])
  func tornWrites(filler: String) throws {
    // `LOGGIST_TORN_EVERY=1` fills at every byte, too.
    let step = number("LOGGIST_TORN_EVERY", otherwise: 7)
    var (generator, tried) = (SeededGenerator(seed: 3), 0)
    let sample = try SampleStore(lines: 5)
    let bytes = sample.bytes
    let start = sample.lines.prefix(2).map(\.count).reduce(0, +)
    // Every byte for what a crash leaves most often; the fillers differ from it in few places.
    for cut in stride(from: start, to: bytes.count, by: filler == "cut" ? 1 : step) {
      tried += 1
      let rest = bytes.count - cut
      let fill: [UInt8] =
        switch filler {
        case "cut": []
        case "NUL": Array(repeating: 0, count: rest)
        case "0xFF": Array(repeating: 0xFF, count: rest)
        // Anything but a line break: that would be a line of its own.
        default:
          (0..<rest).map { _ in
            let byte = UInt8.random(in: 0...255, using: &generator)
            return byte == 0x0A ? 0x0B : byte
          }
        }
      sample.replace(bytes.prefix(cut) + fill)
      let whole = bytes.prefix(cut).count { $0 == 0x0A }
      // A line that lacks its line break alone counts as soon as something is written behind it.
      let isComplete = bytes[cut] == 0x0A
      #expect(try sample.load().records == Array(sample.records.prefix(whole)), "\(cut)")
      let writer = try LogWriter(
        store: sample.store, by: "ama", clock: steppingClock(from: evening + .hours(1)))
      let added = try writer.append(via: .cli) { _ in [note("one"), note("two")] }
      let kept = Array(sample.records.prefix(isComplete ? whole + 1 : whole))
      #expect(added.first?.ref.sequence == kept.count + 1, "\(cut)")
      #expect(try sample.load().records == kept + added, "\(cut)")
      let serious = try sample.verify().findings.filter {
        switch $0.reason {
        case .notJSON, .nulBytes, .glued, .carriageReturn: false
        default: true
        }
      }
      #expect(serious.isEmpty, "\(cut): \(serious)")
    }
    print("torn at \(tried) places, \(filler)")
  }

  @Test("A flipped bit is found, and costs no line but its own and the one glued to it")
  func flippedBits() throws {
    // `LOGGIST_FLIPPED_LINES=180 swift test -c release` takes a store of 64 KiB, and an hour.
    let wanted = getenv("LOGGIST_FLIPPED_LINES").flatMap { Int(String(cString: $0)) }
    let sample = try SampleStore(lines: wanted ?? 3)
    let bytes = sample.bytes
    let heads = try sample.verify().heads
    var owner: [Int] = []
    for (index, line) in sample.lines.enumerated() {
      owner += repeatElement(index + 1, count: line.count)
    }
    for bit in 0..<bytes.count * 8 {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << (bit % 8)
      sample.replace(damaged)
      let verification = try sample.verify(since: heads)
      #expect(!verification.findings.isEmpty, "bit \(bit % 8) of byte \(bit / 8)")
      let line = owner[bit / 8]
      let hit = bytes[bit / 8] == 0x0A ? [line, line + 1] : [line]
      let records = try sample.load().records
      let expected = sample.records.filter { !hit.contains($0.ref.sequence) }
      #expect(isPart(expected, of: records), "after bit \(bit % 8) of byte \(bit / 8)")
    }
  }

  /// Whether some records stand among others in their order.
  private func isPart(_ some: [Record], of all: [Record]) -> Bool {
    var rest = some[...]
    for record in all where record == rest.first { rest.removeFirst() }
    return rest.isEmpty
  }

  @Test("A line that is taken out, doubled, moved or written anew is found")
  func alterations() throws {
    let sample = try SampleStore(lines: 6)
    let lines = sample.lines
    let head = try #require(try sample.verify().heads.first)
    func reasons(_ lines: [[UInt8]]) throws -> [FindingReason] {
      sample.replace(Array(lines.joined()))
      return try sample.verify(since: [head]).findings.map(\.reason)
    }
    func ref(_ number: Int) -> EntryRef { EntryRef(node: inc, sequence: number) }
    #expect(try reasons(lines).isEmpty)
    #expect(try reasons(Array(lines[0...2] + lines[4...])) == [.missing(ref(4), to: 4)])
    #expect(try reasons(Array(lines[2...])) == [.missingSegment(ref(1), to: 2)])
    #expect(try reasons([lines[0], lines[2], lines[1]] + lines[3...]) == [.outOfOrder(ref(2))])
    #expect(try reasons(Array(lines[...4])) == [.notedHeadMissing(ref(6))])
    #expect(try reasons(lines + [lines[2]]) == [])
  }

  @Test("A segment that vanishes is told from a missing line")
  func missingSegment() throws {
    let folder = TemporaryFolder()
    let store = try rehearsal(folder.path + "/store")
    for month in 0..<3 {
      let start = Instant(milliseconds: evening.milliseconds + Int64(month) * 31 * 86_400_000)
      let writer = try LogWriter(store: store, by: "ama", clock: steppingClock(from: start))
      _ = try writer.append(via: .cli) { _ in [note("a"), note("b")] }
    }
    #expect(
      try store.segments(of: inc).map(\.description)
        == ["2022-01.jsonl", "2022-02.jsonl", "2022-03.jsonl"])
    #expect(try Verification.run(store).findings.isEmpty)
    try SystemCalls.real.unlink(folder.path + "/store/nodes/INC/2022-02.jsonl")
    #expect(
      try Verification.run(store).findings.map(\.description)
        == ["nodes/INC/2022-03.jsonl:1: INC.3 to INC.4 are missing: a segment is gone"])
  }
}
