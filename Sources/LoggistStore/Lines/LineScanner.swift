internal import LoggistModel

/// Finds a node's lines among the bytes of its log, whatever else stands there.
///
/// A line is what lies between two line breaks. In one that is no valid line others are looked for, each from a `{"v":` to
/// the next one (a crash leaves a piece to which the next line may be glued, an editor may take all line breaks away) or
/// to the last `}}` before that (bytes behind a good line).
struct LineScanner {
  private let node: [UInt8]
  private let parser = JSONParser()
  private var hasSeenCarriageReturn = false
  private var isInBlankRun = false

  static let lineLimit = 64 << 20
  /// A line in a broken one ends where one of so many next ones seems to begin: an object in it may look like a beginning.
  private static let reach = 4
  /// From so many places on it may also end where the broken one does, whatever lies between: each try costs as much as all
  /// of it, and a hostile line has millions of such places.
  private static let farTries = 16
  /// No line has fewer bytes.
  private static let shortest = 48
  private static let opening = Array("{\"v\":".utf8)
  private static let closing = Array("}}".utf8)

  init(node: NodeCode) {
    self.node = Array(node.description.utf8)
  }

  /// Scans whole lines; what stands behind the last line break counts as a line too. `JSONParser.padding` readable
  /// bytes must follow the buffer. Returns the number of the next line.
  mutating func scan<Visitor: LineVisitor>(
    _ buffer: UnsafeRawBufferPointer, offset: Int, number: Int, into visitor: inout Visitor
  ) -> Int {
    var (start, number) = (0, number)
    while start < buffer.count {
      let front = visitor.takeFront(buffer[part: start..<buffer.count])
      if front.lines > 0 {
        (start, number) = (start + front.bytes, number + front.lines)
        isInBlankRun = false
        continue
      }
      let lineBreak = buffer.firstIndex(of: 0x0A, from: start)
      let place = LinePlace(
        number: number, offset: offset + start, length: (lineBreak ?? buffer.count) - start,
        end: offset + (lineBreak.map { $0 + 1 } ?? buffer.count))
      scanLine(buffer, start, place, into: &visitor)
      start = place.end - offset
      number += 1
    }
    return number
  }

  private mutating func scanLine<Visitor: LineVisitor>(
    _ buffer: UnsafeRawBufferPointer, _ start: Int, _ whole: LinePlace,
    into visitor: inout Visitor
  ) {
    var place = whole
    var bytes = buffer[part: start..<start + place.length]
    if place.offset == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      visitor.note(.byteOrderMark, at: place)
      place.offset += 3
      place.length -= 3
      bytes = bytes[part: 3..<bytes.count]
    }
    if bytes.last == 0x0D {
      if !hasSeenCarriageReturn { visitor.note(.carriageReturn, at: place) }
      hasSeenCarriageReturn = true
      place.length -= 1
      bytes = bytes[part: 0..<bytes.count - 1]
    }
    if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
      if !isInBlankRun { visitor.note(.blankLine, at: place) }
      isInBlankRun = true
      return
    }
    isInBlankRun = false
    switch read(bytes) {
    case .success(let line): accept(line, place, bytes, into: &visitor)
    case .failure(let reason):
      if !salvage(bytes, place, into: &visitor) {
        let nulls = bytes.count { $0 == 0 }
        visitor.note(nulls > 0 ? .nulBytes(nulls) : reason, at: place)
      }
    }
  }

  private func accept<Visitor: LineVisitor>(
    _ line: Line, _ place: LinePlace, _ bytes: UnsafeRawBufferPointer,
    into visitor: inout Visitor
  ) {
    if line.version > Record.version { visitor.note(.higherVersion(line.version), at: place) }
    if let key = line.doubledKey { visitor.note(.doubledKey(key), at: place) }
    if line.hasMembersBehindEntry { visitor.note(.membersBehindEntry, at: place) }
    visitor.visit(line, at: place, bytes: bytes)
  }

  private enum Reading {
    case success(Line)
    case failure(FindingReason)
  }

  private func read(_ bytes: UnsafeRawBufferPointer) -> Reading {
    if bytes.count > LineScanner.lineLimit { return .failure(.tooLong) }
    let tape: JSONTape
    do throws(JSONText.Failure) {
      tape = try parser.parse(bytes)
    } catch {
      // What went wrong inside is worth a word only where somebody meant to write an object.
      let isMeant = bytes.first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: "{")
      let says = isMeant || error.reason == .notUTF8 || error.reason == .tooDeep
      return .failure(.notJSON(says ? error.reason : .syntax))
    }
    do throws(Line.Failure) {
      return .success(try Line(tape, node: node))
    } catch {
      switch error {
      case .notAnObject: return .failure(.notAnObject)
      case .missing(let name): return .failure(.notOurs(missing: name))
      case .otherNode(let node): return .failure(.otherNode(node))
      }
    }
  }

  /// Looks for good lines inside a broken one, from its front to its end; false where there is none, and then nothing
  /// was reported.
  private mutating func salvage<Visitor: LineVisitor>(
    _ bytes: UnsafeRawBufferPointer, _ place: LinePlace, into visitor: inout Visitor
  ) -> Bool {
    guard bytes.count <= LineScanner.lineLimit else { return false }
    let starts = bytes.places(of: LineScanner.opening)
    // Up to where everything is reported.
    var (done, farTries) = (0, LineScanner.farTries)
    for (index, start) in starts.enumerated() where start >= done {
      var ends = Array(starts[(index + 1)...].prefix(LineScanner.reach))
      let reachesEnd = ends.count < LineScanner.reach
      if reachesEnd { ends.append(bytes.count) }
      var found = firstLine(in: bytes, from: start, to: ends)
      if found == nil, !reachesEnd, farTries > 0 {
        farTries -= 1
        found = firstLine(in: bytes, from: start, to: [bytes.count])
      }
      guard let (line, text, end) = found else { continue }
      noteBeside(bytes, done..<start, of: place, into: &visitor)
      let own = part(text, of: place, end: end)
      if text.upperBound < end, !hasSeenCarriageReturn {
        visitor.note(.carriageReturn, at: own)
        hasSeenCarriageReturn = true
      }
      accept(line, own, bytes[part: text], into: &visitor)
      done = end
    }
    if done == 0 { return false }
    noteBeside(bytes, done..<bytes.count, of: place, into: &visitor)
    return true
  }

  /// The line that begins at a place, where its text lies, and where it ends: where one of these others begins, or else
  /// with something behind it.
  private func firstLine(
    in bytes: UnsafeRawBufferPointer, from start: Int, to ends: [Int]
  ) -> (Line, text: Range<Int>, end: Int)? {
    for end in ends where end - start >= LineScanner.shortest {
      let text = start..<(bytes[end - 1] == 0x0D ? end - 1 : end)
      if case .success(let line) = read(bytes[part: text]) { return (line, text, end) }
      for length in LineScanner.closings(bytes[part: text]) where length < text.count {
        let front = start..<start + length
        if case .success(let line) = read(bytes[part: front]) {
          return (line, front, front.upperBound)
        }
      }
    }
    return nil
  }

  private func noteBeside<Visitor: LineVisitor>(
    _ line: UnsafeRawBufferPointer, _ range: Range<Int>, of place: LinePlace,
    into visitor: inout Visitor
  ) {
    if range.isEmpty { return }
    let nulls = line[part: range].count { $0 == 0 }
    visitor.note(
      nulls > 0 ? .nulBytes(nulls) : .glued(bytes: range.count),
      at: part(range, of: place, end: range.upperBound))
  }

  /// - Parameter end: where the next part begins.
  private func part(_ range: Range<Int>, of place: LinePlace, end: Int) -> LinePlace {
    LinePlace(
      number: place.number, offset: place.offset + range.lowerBound, length: range.count,
      end: end == place.length ? place.end : place.offset + end)
  }

  /// One past each of the last few `}}`, from the last on.
  private static func closings(_ bytes: UnsafeRawBufferPointer) -> [Int] {
    bytes.places(of: closing).suffix(4).reversed().map { $0 + closing.count }
  }

  /// Whether a line ends in what stands behind the last line break, and another one begins: nobody writes so, somebody
  /// has saved the file without its line breaks.
  static func isSeveralLines(_ tail: UnsafeRawBufferPointer) -> Bool {
    tail.places(of: opening).contains { $0 > 0 && [0x7D, 0x0D].contains(tail[$0 - 1]) }
  }
}
