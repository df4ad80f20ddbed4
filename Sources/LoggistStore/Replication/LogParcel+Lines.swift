package import LoggistModel

extension LogParcel {
  /// Lines as they travel, each with what it accounts for in front of it.
  package init(_ lines: [ForeignLine]) {
    self.init(lines.flatMap { $0.pieces(otherwise: SegmentName(of: $0.logged)) })
  }

  /// The lines of a node's log in this parcel, in their order. It throws where there is anything in it but whole lines
  /// and what they account for.
  package func lines(of node: NodeCode) throws(ForeignLineFlaw) -> [ForeignLine] {
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
    return try visitor.result()
  }
}

private struct ParcelVisitor: LineVisitor {
  let node: NodeCode
  private let reader = ForeignLineReader()
  private var lines: [ForeignLine] = []
  private var flaw: ForeignLineFlaw?
  private var piece = LogParcel.Piece(segment: SegmentName(year: 0, month: 1), bytes: [])
  /// Of the piece, up to where it belongs to a line.
  private var taken = 0
  /// What was no line at the end of the pieces before this one, since the last line.
  private var earlier: [LogParcel.Piece] = []

  init(node: NodeCode) {
    self.node = node
  }

  mutating func begin(_ piece: LogParcel.Piece) {
    (self.piece, taken) = (piece, 0)
  }

  mutating func end() {
    guard taken < piece.bytes.count else { return }
    earlier.append(LogParcel.Piece(segment: piece.segment, bytes: Array(piece.bytes[taken...])))
  }

  mutating func visit(_ line: Line, at place: LinePlace, bytes: UnsafeRawBufferPointer) {
    guard flaw == nil else { return }
    do throws(ForeignLineFlaw) {
      // Without its end of line, or with another one, it is not what was sent.
      guard place.end == place.offset + place.length + 1, place.end <= piece.bytes.count else {
        throw .notALine(.notAnObject)
      }
      let gap = earlier.flatMap(\.bytes) + piece.bytes[taken..<place.offset]
      lines.append(
        try reader.foreign(
          line, node, bytes, gap, .init(segment: piece.segment, earlier: earlier)))
    } catch {
      flaw = error
    }
    (earlier, taken) = ([], place.end)
  }

  mutating func note(_ reason: FindingReason, at place: LinePlace) {}

  func result() throws(ForeignLineFlaw) -> [ForeignLine] {
    if let flaw { throw flaw }
    guard earlier.isEmpty, !lines.isEmpty else { throw .notALine(.notAnObject) }
    return lines
  }
}
