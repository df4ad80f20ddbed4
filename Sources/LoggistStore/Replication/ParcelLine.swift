package import LoggistModel

/// A line that arrived from another machine: its bytes, and what they claim.
package struct ParcelLine: Sendable, Hashable {
  package let ref: EntryRef
  package let version: Int
  /// With its end of line.
  package let bytes: [UInt8]
  package let segment: SegmentName
  /// What stands between the line before it and this one, as pieces of segments; empty as a rule.
  package let before: [LogParcel.Piece]
  /// The digest of the line's head, by which it is known: base64url.
  package let head: String
  package let prev: String
  package let gap: String?
  /// The entry is the one that the head names.
  package let isWhole: Bool
  /// The entry says that it was redacted; by which one.
  package let redactedBy: EntryRef?
  /// The entry that this one redacts.
  package let redacts: EntryRef?

  var isTerminated: Bool { bytes.last == 0x0A }

  /// The line as it travels: what is in front of it only where it accounts for it, and with its end.
  package var parcel: LogParcel {
    let end = isTerminated ? bytes : bytes + [0x0A]
    return LogParcel((isGapRight ? before : []) + [LogParcel.Piece(segment: segment, bytes: end)])
  }

  /// The bytes in front of the line are those that it accounts for.
  package var isGapRight: Bool {
    let hasBytes = before.contains { !$0.bytes.isEmpty }
    guard let gap else { return !hasBytes }
    let hasher = SHA256Hasher()
    for piece in before { hasher.add(piece.bytes) }
    return hasher.base64URL() == gap
  }
}

extension LogParcel {
  /// The lines of a node's log in this parcel, in their order. What is no line of that node is left out, and what stands
  /// behind the last one.
  package func lines(of node: NodeCode) -> [ParcelLine] { read(node).lines }

  /// The same; nil where there is anything in it but whole lines and what they account for.
  package func cleanLines(of node: NodeCode) -> [ParcelLine]? {
    let visitor = read(node)
    let isClean =
      visitor.isAtEnd
      && visitor.lines.allSatisfy { $0.isTerminated && ($0.before.isEmpty || $0.isGapRight) }
    return isClean && !visitor.lines.isEmpty ? visitor.lines : nil
  }

  private func read(_ node: NodeCode) -> ParcelVisitor {
    var visitor = ParcelVisitor(node: node)
    for piece in pieces {
      visitor.begin(piece)
      var scanner = LineScanner(node: node)
      let padded = piece.bytes + repeatElement(0, count: JSONParser.padding)
      padded.withUnsafeBytes { bytes in
        _ = scanner.scan(
          bytes[part: 0..<piece.bytes.count], offset: 0, number: 1, into: &visitor)
      }
      visitor.end()
    }
    return visitor
  }
}

private struct ParcelVisitor: LineVisitor {
  let node: NodeCode
  var lines: [ParcelLine] = []
  private var piece = LogParcel.Piece(segment: SegmentName(year: 0, month: 1), bytes: [])
  private var taken = 0
  private var before: [LogParcel.Piece] = []

  init(node: NodeCode) {
    self.node = node
  }

  /// Nothing stands behind the last line.
  var isAtEnd: Bool { before.isEmpty }

  mutating func begin(_ piece: LogParcel.Piece) {
    (self.piece, taken) = (piece, 0)
  }

  mutating func end() { keepForeign(to: piece.bytes.count) }

  private mutating func keepForeign(to end: Int) {
    guard end > taken else { return }
    before.append(LogParcel.Piece(segment: piece.segment, bytes: Array(piece.bytes[taken..<end])))
    taken = end
  }

  mutating func visit(_ line: Line, at place: LinePlace, bytes: UnsafeRawBufferPointer) {
    keepForeign(to: place.offset)
    let entry = bytes[part: line.entryRange]
    let isWhole = line.digest == base64URL(SHA256.digest(entry))
    var (redactedBy, redacts): (EntryRef?, EntryRef?)
    if entry.firstIndex(of: Array("\"redacted\"".utf8)) != nil {
      let json = line.tape.value(line.entryToken)
      redactedBy = json["redacted"]?.string.flatMap { EntryRef($0) }
      if json["kind"]?.string == Kind.redacted.name {
        redacts = json["ref"]?.string.flatMap { EntryRef($0) }
      }
    }
    let end = min(place.end, piece.bytes.count)
    lines.append(
      ParcelLine(
        ref: EntryRef(node: node, sequence: line.sequence), version: line.version,
        bytes: Array(piece.bytes[place.offset..<end]), segment: piece.segment, before: before,
        head: base64URL(SHA256.digest(bytes[part: 0..<line.headLength])), prev: line.prev ?? "",
        gap: line.gap, isWhole: isWhole, redactedBy: redactedBy, redacts: redacts))
    before = []
    taken = end
  }

  mutating func note(_ reason: FindingReason, at place: LinePlace) {}
}
