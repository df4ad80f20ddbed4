import LoggistModel
import LoggistStore
import TestSupport
import Testing

@Suite("Hostile packs")
struct HostilePackTests {
  private let source: Store
  private let pack: [UInt8]
  private let target: Store

  init() throws {
    let disk = SimulatedDisk()
    source = try Packing.store(lines: 4, on: disk)
    try source.calls.replace("/picture", with: Array(repeating: 7, count: 200_000), mode: 0o600)
    let kept = try EvidenceFolder(source).keep("/picture")
    let clock = steppingClock(from: Packing.nearMidnight + .seconds(30))
    let writer = try LogWriter(store: source, by: "ama", clock: clock)
    _ = try writer.append(
      Entry(
        .evidence, IncidentID(node: inc, number: 1), at: Timestamp(Packing.nearMidnight),
        fields: [(.path, .string("x.png")), (.sha256, .string(kept.name.description))]), via: .tui)
    pack = try Packing.pack(source)
    target = try Packing.store(Packing.ward, lines: 2, seed: "ward")
  }

  private var lines: [String] {
    text(pack).split(separator: "\n").map(String.init)
  }

  /// Why it is refused, with the line; nothing of the store may have changed.
  private func refusal(
    of bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
  ) -> PackFlaw? {
    let before = Packing.files("/store", target.calls)
    defer {
      #expect(Packing.files("/store", target.calls) == before, sourceLocation: sourceLocation)
    }
    do throws(StoreError) {
      _ = try Packing.unpack(bytes, into: target)
    } catch {
      if case .badPack(_, let flaw) = error { return flaw }
      Issue.record("\(error)", sourceLocation: sourceLocation)
    }
    return nil
  }

  /// The lines with a last one that fits them, as somebody makes it who knows how.
  private func forged(_ lines: [String]) -> [UInt8] {
    let body = lines.map { $0 + "\n" }.joined()
    let (logs, files) = (
      lines.count { $0.hasPrefix("{\"v\":") },
      Set(lines.filter { $0.hasPrefix("{\"evid") }.map { $0.prefix(80) }).count
    )
    let sum = SHA256.hex(Array(body.utf8))
    let end = "{\"end\":true,\"lines\":\(logs),\"files\":\(files),\"sha256\":\"\(sum)\"}\n"
    return Array((body + end).utf8)
  }

  @Test("Forging does nothing to a good pack: the rig is right")
  func control() throws {
    #expect(forged(lines.dropLast()) == pack)
    let result = try Packing.unpack(forged(lines.dropLast()), into: target)
    #expect(result.nodes.map(\.taken) == [1...5])
    #expect(result.files == 1)
    let verification = try Verification.run(Store.open("/store", calls: target.calls))
    #expect(verification.findings.isEmpty)
  }

  @Test("Cut off at any byte, it is refused")
  func cutOff() {
    for count in stride(from: 0, to: pack.count, by: 6007) {
      #expect(refusal(of: Array(pack.prefix(count))) != nil, "\(count) bytes")
    }
    #expect(refusal(of: pack.dropLast())?.reason == .cutOff)
    #expect(refusal(of: [])?.reason == .notAPack)
    let withoutEnd = Array(lines.dropLast().map { $0 + "\n" }.joined().utf8)
    #expect(refusal(of: withoutEnd)?.reason == .cutOff)
  }

  @Test("Any flipped bit is found")
  func flips() {
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<80 {
      var bytes = pack
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      bytes[place] ^= 1 << Int.random(in: 0..<8, using: &generator)
      #expect(refusal(of: bytes) != nil, "byte \(place)")
    }
  }

  @Test("A flipped bit in a log's line or in evidence is found though the sum was made to fit")
  func forgedFlips() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<80 {
      var lines = Array(lines.dropLast())
      let place = Int.random(in: 1..<lines.count, using: &generator)
      var bytes = Array(lines[place].utf8)
      let byte = Int.random(in: 0..<bytes.count, using: &generator)
      bytes[byte] ^= 1 << Int.random(in: 0..<7, using: &generator)
      guard bytes[byte] != 0x0A, bytes[byte] < 0x80,
        let edited = String(validating: bytes, as: UTF8.self)
      else { continue }
      lines[place] = edited
      #expect(refusal(of: forged(lines)) != nil, "line \(place + 1), byte \(byte)")
    }
  }

  /// An edit of the pack's lines behind the first, and what is said of it.
  struct Edit: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let line: Int
    let reason: PackFlaw.Reason
    let edit: @Sendable (inout [String]) -> Void

    init(
      _ name: String, line: Int, _ reason: PackFlaw.Reason,
      _ edit: @escaping @Sendable (inout [String]) -> Void
    ) {
      (testDescription, self.line, self.reason, self.edit) = (name, line, reason, edit)
    }
  }

  private static func ref(_ number: Int) -> EntryRef { EntryRef(node: inc, sequence: number) }

  static let edits: [Edit] = [
    Edit("a line left out", line: 3, .outOfOrder(ref(3))) { $0.remove(at: 2) },
    Edit("two lines swapped", line: 3, .outOfOrder(ref(3))) { $0.swapAt(2, 3) },
    Edit("a line doubled", line: 4, .outOfOrder(ref(2))) { $0.insert($0[2], at: 3) },
    Edit("the last line left out", line: 8, .cutOff) { $0.remove(at: 5) },
    Edit("a line of another node", line: 7, .outOfOrder(EntryRef(node: Packing.ward, sequence: 1)))
    {
      let digest = String(repeating: "A", count: 43)
      let salt = "{\"kind\":\"note\",\"at\":\"2022-01-05T20:50:00+01:00\"}"
      let sum = SHA256.base64URL(Array(salt.utf8))
      $0.insert(
        "{\"v\":1,\"node\":\"WARD\",\"seq\":1,\"logged\":\"2022-01-05T20:50:00Z\",\"by\":\"x\",\"via\":\"cli\",\"prev\":\"\(digest)\",\"digest\":\"\(sum)\",\"entry\":\(salt)}",
        at: 6)
    },
    Edit("fields behind the entry", line: 3, .line(.uncovered(ref(2)))) {
      $0[2] = String($0[2].dropLast()) + ",\"x\":1}"
    },
    Edit("white space behind the entry", line: 3, .line(.uncovered(ref(2)))) { $0[2] += " " },
    Edit("a member twice", line: 3, .line(.uncovered(ref(2)))) {
      $0[2] = "{\"v\":1," + $0[2].dropFirst(1)
    },
    Edit("a text blanked without an entry that says so", line: 3, .unproved(ref(2))) {
      let entry = "{\"kind\":\"note\",\"at\":\"2022-01-05T20:50:00+01:00\",\"redacted\":\"INC.5\"}"
      $0[2] = $0[2].split(separator: ",\"entry\":", maxSplits: 1)[0] + ",\"entry\":" + entry + "}"
    },
    Edit("bytes in front of a line that knows of none", line: 4, .line(.gapDiffers(ref(2)))) {
      $0.insert("{\"gap\":\"AAAA\",\"before\":\"INC.2\"}", at: 2)
    },
    Edit("a gap of nonsense", line: 3, .gap) {
      $0.insert("{\"gap\":\"!\",\"before\":\"INC.2\"}", at: 2)
    },
    Edit("evidence under a name that is a path", line: 7, .evidence) {
      $0[6] = $0[6].replacing(
        #/"evidence":"[0-9a-f]{64}"/#, with: "\"evidence\":\"../../../../etc/passwd\"")
    },
    Edit("evidence under another name", line: 8, .evidence) { lines in
      for place in 6...7 {
        lines[place] = lines[place].replacing(
          #/"evidence":"[0-9a-f]{64}"/#,
          with: "\"evidence\":\"\(String(repeating: "a", count: 64))\"")
      }
    },
    Edit("a piece of evidence left out", line: 7, .evidence) { $0.remove(at: 6) },
    Edit("a size that is not the file's", line: 7, .evidence) {
      $0[6] = $0[6].replacing("\"size\":200000", with: "\"size\":-1")
    },
    Edit("a size beyond all numbers", line: 7, .evidence) {
      $0[6] = $0[6].replacing("\"size\":200000", with: "\"size\":99999999999999999999999999")
    },
    Edit("the end of a pack among its lines", line: 3, .cutOff) {
      $0.insert("{\"end\":true,\"lines\":1,\"files\":0,\"sha256\":\"\"}", at: 2)
    },
    Edit("a second first line", line: 2, .line(.notALine(.notOurs(missing: "node")))) {
      $0.insert($0[0], at: 1)
    },
    Edit("no JSON", line: 2, .line(.notALine(.notJSON(.syntax)))) { $0.insert("hello", at: 1) },
    Edit("nesting without end", line: 2, .line(.notALine(.notJSON(.tooDeep)))) {
      $0.insert(String(repeating: "[", count: 100_000), at: 1)
    },
    Edit("a node that is a path", line: 1, .notAPack) {
      $0[0] = $0[0].replacing("\"node\":\"INC\"", with: "\"node\":\"../INC\"")
    },
    Edit("a node twice", line: 1, .notAPack) {
      let run = $0[0].split(separator: "[", maxSplits: 1)[1].dropLast(2)
      $0[0] = String($0[0].dropLast(2)) + ",\(run)]}"
    },
    Edit("a stretch that ends before it begins", line: 1, .notAPack) {
      $0[0] = $0[0].replacing("\"last\":5", with: "\"last\":0")
    },
    Edit("a stretch that is longer than what is there", line: 9, .cutOff) {
      $0[0] = $0[0].replacing("\"last\":5", with: "\"last\":6")
    },
    Edit("a stretch up to the last of all numbers", line: 1, .notAPack) {
      $0[0] = $0[0].replacing("\"last\":5", with: "\"last\":\(Int.max)")
    },
    Edit("a stretch of the last of all numbers alone", line: 1, .notAPack) {
      $0[0] = $0[0].replacing("\"last\":5", with: "\"last\":\(Int.max)")
        .replacing("\"first\":1", with: "\"first\":\(Int.max)")
    },
    Edit("stretches that no number counts together", line: 1, .notAPack) {
      let (start, run) = (
        $0[0].split(separator: "[")[0], $0[0].split(separator: "[")[1].dropLast(2)
      )
      let runs = (1...1100).map { number in
        run.replacing("\"INC\"", with: "\"N\(number)\"")
          .replacing("\"last\":5", with: "\"last\":\(1 << 53)")
      }
      $0[0] = "\(start)[\(runs.joined(separator: ","))]}"
    },
    Edit("a newer version", line: 1, .newer(2)) {
      $0[0] = $0[0].replacing("{\"pack\":1", with: "{\"pack\":2")
    },
    Edit("a real record's pack for a rehearsal", line: 1, .rehearsal(false)) {
      $0[0] = $0[0].replacing("\"rehearsal\":true,", with: "")
    },
  ]

  @Test("What was altered by one who makes the sum fit is refused by line", arguments: edits)
  func edited(_ edit: Edit) {
    var lines = Array(lines.dropLast())
    edit.edit(&lines)
    let flaw = refusal(of: forged(lines))
    #expect(flaw?.reason == edit.reason)
    #expect(flaw?.line == edit.line)
  }

  @Test("What stands behind the end is refused")
  func trailing() {
    #expect(refusal(of: pack + Array("{}\n".utf8))?.reason == .trailing)
  }

  @Test("A file that no line names is not taken, nor one that is too large")
  func unwanted() throws {
    var lines = Array(lines.dropLast())
    let name = SHA256.hex([1, 2, 3])
    lines.append("{\"evidence\":\"\(name)\",\"size\":3,\"at\":0,\"data\":\"AQID\"}")
    let result = try Packing.unpack(forged(lines), into: target, limit: 1000)
    #expect(result.nodes.map(\.taken) == [1...5])
    #expect(result.files == 0)
    #expect(result.tooLarge.count == 1)
    #expect(Packing.files("/store/evidence", target.calls).isEmpty)
    // The administrator allows more, and the same pack brings it.
    #expect(try Packing.unpack(pack, into: target).files == 1)
  }

  @Test("A redaction travels, takes the evidence with it, and no older pack brings anything back")
  func redaction() throws {
    try Packing.unpack(pack, into: target)
    let clock = steppingClock(from: Packing.nearMidnight + .seconds(60))
    let writer = try LogWriter(store: source, by: "ama", clock: clock)
    for number in [2, 5] {
      _ = try Redaction.redact(
        EntryRef(node: inc, sequence: number), reason: "a patient", by: writer, via: .cli,
        at: Timestamp(Packing.nearMidnight))
    }
    let blanked = try Packing.pack(source)
    #expect(!text(blanked).contains("Nummer 1") && !text(blanked).contains("{\"evidence\""))
    // A machine that never had the text, and one that had it.
    let third = try Packing.store(NodeCode("THIRD") ?? inc, lines: 1, seed: "third")
    #expect(try Packing.unpack(blanked, into: third).blanked.isEmpty)
    #expect(try Packing.unpack(blanked, into: target).blanked.map(\.sequence) == [2, 5])
    for store in [third, target] {
      #expect(Packing.log(of: inc, in: store) == Packing.copy(of: source))
      #expect(Packing.files("/store/evidence", store.calls).isEmpty)
      let old = try Packing.unpack(pack, into: store)
      #expect(old.nodes.map(\.known) == [5])
      #expect(old.files == 0)
      #expect(Packing.log(of: inc, in: store) == Packing.copy(of: source))
      #expect(Packing.files("/store/evidence", store.calls).isEmpty)
      #expect(try Verification.run(Store.open("/store", calls: store.calls)).isClean)
    }
  }
}
