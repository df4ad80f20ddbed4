internal import LoggistModel

/// Finds a node's lines among the bytes of its log, whatever else stands there.
///
/// A line is what lies between two line breaks. One that is no valid line is tried again from each `{"v":` in it (a
/// crash leaves a piece to which the next line may be glued), and up to the last `}}` (bytes behind a good line).
struct LineScanner {
  private let node: [UInt8]
  private let parser = JSONParser()
  private var hasSeenCarriageReturn = false
  private var isInBlankRun = false

  static let lineLimit = 64 << 20
  /// Of so many places at most is a broken line tried again from: a hostile line has millions of them.
  private static let retryLimit = 32
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

  /// Looks for good lines inside a broken one; false where there is none, and then nothing was reported.
  private func salvage<Visitor: LineVisitor>(
    _ bytes: UnsafeRawBufferPointer, _ place: LinePlace, into visitor: inout Visitor
  ) -> Bool {
    guard bytes.count <= LineScanner.lineLimit else { return false }
    let starts = LineScanner.retries(bytes.places(of: LineScanner.opening))
    // A good line that ends where the broken one ends is the common case: a piece with a line glued on.
    for start in starts where start > 0 {
      let rest = bytes[part: start..<bytes.count]
      if case .success = read(rest) {
        let front = part(0..<start, of: place, end: place.offset + start)
        let isSalvaged = salvage(bytes[part: 0..<start], front, into: &visitor)
        if !isSalvaged { noteBeside(bytes[part: 0..<start], front, into: &visitor) }
        if case .success(let line) = read(rest) {
          accept(
            line, part(start..<bytes.count, of: place, end: place.end), rest, into: &visitor)
        }
        return true
      }
    }
    // Else one with something behind it.
    for start in starts {
      for end in LineScanner.closings(bytes[part: start..<bytes.count]).map({ $0 + start }) {
        guard end < bytes.count, case .success(let line) = read(bytes[part: start..<end]) else {
          continue
        }
        if start > 0 {
          let front = part(0..<start, of: place, end: place.offset + start)
          noteBeside(bytes[part: 0..<start], front, into: &visitor)
        }
        let own = part(start..<end, of: place, end: place.offset + end)
        accept(line, own, bytes[part: start..<end], into: &visitor)
        let behind = part(end..<bytes.count, of: place, end: place.end)
        noteBeside(bytes[part: end..<bytes.count], behind, into: &visitor)
        return true
      }
    }
    return false
  }

  private func noteBeside<Visitor: LineVisitor>(
    _ bytes: UnsafeRawBufferPointer, _ place: LinePlace, into visitor: inout Visitor
  ) {
    let nulls = bytes.count { $0 == 0 }
    visitor.note(nulls > 0 ? .nulBytes(nulls) : .glued(bytes: bytes.count), at: place)
  }

  private func part(_ range: Range<Int>, of place: LinePlace, end: Int) -> LinePlace {
    LinePlace(
      number: place.number, offset: place.offset + range.lowerBound, length: range.count, end: end)
  }

  /// The first and the last of too many places.
  private static func retries(_ places: [Int]) -> [Int] {
    guard places.count > retryLimit else { return places }
    return Array(places.prefix(retryLimit / 2) + places.suffix(retryLimit / 2))
  }

  /// One past each of the last few `}}`, from the last on.
  private static func closings(_ bytes: UnsafeRawBufferPointer) -> [Int] {
    bytes.places(of: closing).suffix(4).reversed().map { $0 + closing.count }
  }
}
