private import CLibcrypto
private import CSimdJSON
internal import Glibc
internal import LoggistModel

/// A segment in which everything is as this program writes it: one line after the other, each digest and each link
/// right, no gap, nothing foreign. Found without making a value of a line, which is what makes `verify` fast; a
/// segment that is anything else is read by `VerifiedLog` with all its findings.
struct SegmentSurvey: Sendable {
  private(set) var first = End()
  private(set) var last = End()
  /// SHA-256 of each line's head, in order.
  private(set) var heads: [Digest] = []
  private(set) var size = 0
  private(set) var claims = Claims()

  struct End: Sendable {
    var sequence = 0
    var logged = Instant(milliseconds: 0)
    var prev = ""
    var headDigest = ""
    var place = LinePlace(number: 1, offset: 0, length: 0, end: 0)
  }

  struct Digest: Sendable, Hashable {
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    static func == (left: Digest, right: Digest) -> Bool { left.words == right.words }

    func hash(into hasher: inout Hasher) { hasher.combine(words.0) }

    var base64URL: String {
      withUnsafeBytes(of: words) { LoggistStore.base64URL(Array($0)) }
    }
  }

  var sequences: ClosedRange<Int> { first.sequence...last.sequence }

  func headDigest(of sequence: Int) -> String? {
    sequences.contains(sequence) ? heads[sequence - first.sequence].base64URL : nil
  }
}

extension SegmentSurvey {
  /// Nil where something in the file asks for a closer look, or it cannot be read.
  static func make(_ node: NodeCode, _ segment: SegmentName, in store: Store) -> SegmentSurvey? {
    guard let file = try? store.open(node, segment, O_RDONLY) else { return nil }
    defer { store.calls.close(file) }
    var survey = SegmentSurvey()
    var work = Work(node: node, path: Store.relativePath(node, segment))
    let buffer = PieceBuffer()
    var (offset, held) = (0, 0)
    while true {
      // Pieces that stay in the processor's cache from the reading to the hashing.
      let room = buffer.room(behind: held)
      let piece = UnsafeMutableRawBufferPointer(rebasing: room[..<min(room.count, 256 << 10)])
      guard let read = try? store.calls.fill(piece, from: file, at: offset + held) else {
        return nil
      }
      held += read
      if read == 0 { break }
      let bytes = buffer.bytes(held)
      guard let end = bytes.lastIndex(of: 0x0A) else { continue }
      guard work.take(bytes[part: 0..<end + 1], offset, into: &survey) else { return nil }
      offset += end + 1
      buffer.drop(end + 1, of: held)
      held -= end + 1
    }
    guard held == 0, let head = survey.heads.last else { return nil }
    survey.last.headDigest = head.base64URL
    survey.size = offset
    return survey
  }

  private struct Work {
    let node: NodeCode
    let path: String
    private let code: [UInt8]
    private let parser = JSONParser()
    private let decoder = EntryDecoder()
    private var before = [UInt8](repeating: 0, count: 43)
    private var text = [UInt8](repeating: 0, count: 43)
    private var facts = loggist_plain_line()

    init(node: NodeCode, path: String) {
      (self.node, self.path) = (node, path)
      code = Array(node.description.utf8)
    }

    /// Whole lines; false at the first that asks for a closer look.
    mutating func take(
      _ bytes: UnsafeRawBufferPointer, _ offset: Int, into survey: inout SegmentSurvey
    ) -> Bool {
      var start = 0
      while start < bytes.count {
        guard let end = bytes.firstIndex(of: 0x0A, from: start) else { return false }
        let place = LinePlace(
          number: survey.heads.count + 1, offset: offset + start, length: end - start,
          end: offset + end + 1)
        guard take(bytes[part: start..<end], place, into: &survey) else { return false }
        start = end + 1
      }
      return true
    }

    private mutating func take(
      _ line: UnsafeRawBufferPointer, _ place: LinePlace, into survey: inout SegmentSurvey
    ) -> Bool {
      guard let base = line.baseAddress, line.count <= LineScanner.lineLimit else { return false }
      let start = base.assumingMemoryBound(to: UInt8.self)
      let logged: Instant
      if loggist_plain_line_read(start, line.count, code, code.count, &facts) {
        let at = UnsafeBufferPointer(start: start + Int(facts.at), count: Int(facts.at_length))
        let time = UnsafeBufferPointer(
          start: start + Int(facts.logged), count: Int(facts.logged_length))
        guard Timestamp(plain: at) != nil, let recorded = Timestamp(plain: time) else {
          return false
        }
        logged = recorded.instant
        if isClaim(start + Int(facts.kind), Int(facts.kind_length)) {
          guard readWhole(line, place, &survey) != nil else { return false }
        }
      } else {
        guard let read = readWhole(line, place, &survey) else { return false }
        logged = read
      }
      return link(start, logged, place, into: &survey)
    }

    /// Whether the digest and the chain hold.
    private mutating func link(
      _ start: UnsafePointer<UInt8>, _ logged: Instant, _ place: LinePlace,
      into survey: inout SegmentSurvey
    ) -> Bool {
      var digest = Digest()
      withUnsafeMutableBytes(of: &digest.words) { raw in
        guard let raw = raw.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
        loggist_sha256_text(start + Int(facts.entry), Int(facts.entry_length), raw, &text)
      }
      guard memoryEquals(start + Int(facts.digest), text, 43) else { return false }
      let sequence = Int(facts.sequence)
      let prev = start + Int(facts.prev)
      if survey.heads.isEmpty {
        survey.first.prev = String(
          decoding: UnsafeBufferPointer(start: prev, count: 43), as: UTF8.self)
      } else {
        guard sequence == survey.last.sequence + 1, survey.last.logged < logged,
          memoryEquals(prev, before, 43)
        else { return false }
      }
      withUnsafeMutableBytes(of: &digest.words) { raw in
        guard let raw = raw.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
        loggist_sha256_text(start, Int(facts.head_length), raw, &before)
      }
      survey.heads.append(digest)
      survey.last.sequence = sequence
      survey.last.logged = logged
      survey.last.place = place
      if survey.heads.count == 1 {
        survey.first.sequence = sequence
        survey.first.logged = logged
        survey.first.place = place
        survey.first.headDigest = digest.base64URL
      }
      return true
    }

    /// Kinds that say something of other lines or of files. A redaction asks for the closer look at its segment.
    private func isClaim(_ kind: UnsafePointer<UInt8>, _ count: Int) -> Bool {
      switch count {
      case 8:
        memoryEquals(kind, "handover", 8) || memoryEquals(kind, "evidence", 8)
          || memoryEquals(kind, "redacted", 8)
      case 6: memoryEquals(kind, "signed", 6)
      default: false
      }
    }

    /// A line with escapes, with objects in it, or of a kind that claims something, as the reader reads it.
    private mutating func readWhole(
      _ bytes: UnsafeRawBufferPointer, _ place: LinePlace, _ survey: inout SegmentSurvey
    ) -> Instant? {
      guard bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}"),
        let tape = try? parser.parse(bytes), let line = try? Line(tape, node: code),
        line.version == Record.version, line.doubledKey == nil, !line.hasMembersBehindEntry,
        line.gap == nil, let prev = line.prevPlace, let digest = line.digestPlace
      else { return nil }
      let (entry, failure) = decoder.entry(tape, at: line.entryToken, logged: line.logged)
      guard failure == nil, entry.kind != .redacted else { return nil }
      survey.claims.take(
        entry, EntryRef(node: node, sequence: line.sequence),
        Claims.Place(path: path, line: place.number, offset: place.offset, length: place.length))
      facts.sequence = UInt64(line.sequence)
      (facts.prev, facts.digest) = (UInt32(prev), UInt32(digest))
      facts.head_length = UInt32(line.headLength)
      facts.entry = UInt32(line.entryRange.lowerBound)
      facts.entry_length = UInt32(line.entryRange.count)
      return line.logged
    }
  }
}

extension Line {
  /// Where the 43 characters of a digest stand in the line; nil where they stand there in another form.
  fileprivate var prevPlace: Int? { place(ofText: "prev") }
  fileprivate var digestPlace: Int? { place(ofText: "digest") }

  private func place(ofText name: StaticString) -> Int? {
    var place: Int?
    tape.eachMember(of: 0) { key in
      let value = tape.tokens[key + 1]
      guard place == nil, tape.tokens[key].isText(name), value.isString, value.length == 43 else {
        return
      }
      // An escaped text lies elsewhere.
      let offset = Int(value.offset) + 1
      if UnsafePointer(tape.tokens[0].text) + offset == UnsafePointer(value.text) { place = offset }
    }
    return place
  }
}
