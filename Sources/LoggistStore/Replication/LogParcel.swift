internal import LoggistModel

/// Bytes of a node's log as they stand in its files, on their way to another machine.
///
/// They end with a line. In front of it stand, as a rule, nothing but other lines; where a write was cut off, also the
/// fragment that the next line's `gap` accounts for.
package struct LogParcel: Sendable, Hashable {
  /// In the order of the log; of more than one segment only where a fragment stands at a segment's end.
  package var pieces: [Piece]

  package struct Piece: Sendable, Hashable {
    package var segment: SegmentName
    package var bytes: [UInt8]

    package init(segment: SegmentName, bytes: [UInt8]) {
      (self.segment, self.bytes) = (segment, bytes)
    }
  }

  /// Pieces of one segment that follow each other become one.
  package init(_ pieces: [Piece]) {
    self.pieces = []
    for piece in pieces {
      if self.pieces.last?.segment == piece.segment {
        self.pieces[self.pieces.count - 1].bytes += piece.bytes
      } else {
        self.pieces.append(piece)
      }
    }
  }

  package var bytes: [UInt8] {
    pieces.count == 1 ? pieces[0].bytes : pieces.flatMap(\.bytes)
  }
}

extension LogParcel {
  /// Which bytes belong to which segment: `2022-01.jsonl`, or `2022-01.jsonl:17 2022-02.jsonl` where the first 17 bytes
  /// belong to another than the rest.
  package var label: String {
    let last = pieces.count - 1
    return pieces.enumerated()
      .map { $0 < last ? "\($1.segment):\($1.bytes.count)" : "\($1.segment)" }
      .joined(separator: " ")
  }

  /// Nil where the label is none, or speaks of more bytes than there are.
  package init?(label: String, bytes: [UInt8]) {
    let words = label.split(separator: " ")
    guard !words.isEmpty, words.count <= 16 else { return nil }
    var (pieces, rest): ([Piece], ArraySlice<UInt8>) = ([], bytes[...])
    for (index, word) in words.enumerated() {
      let parts = word.split(separator: ":", omittingEmptySubsequences: false)
      guard let segment = SegmentName(String(parts[0])) else { return nil }
      if index == words.count - 1 {
        guard parts.count == 1 else { return nil }
        pieces.append(Piece(segment: segment, bytes: Array(rest)))
      } else {
        guard parts.count == 2, let count = Int(parts[1]), (0...rest.count).contains(count) else {
          return nil
        }
        pieces.append(Piece(segment: segment, bytes: Array(rest.prefix(count))))
        rest = rest.dropFirst(count)
      }
    }
    self.init(pieces)
  }
}
