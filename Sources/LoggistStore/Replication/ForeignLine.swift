package import LoggistModel

/// A line of another machine's log as it arrived: its bytes, and what they say of its place in that log.
///
/// It holds in itself: its digest is that of its entry, its gap that of the bytes in front of it. Whether it is the next
/// one is for `Acceptance` to say.
package struct ForeignLine: Sendable, Hashable {
  package let ref: EntryRef
  package let logged: Instant
  /// What the head before it must have for a digest.
  package let prev: String
  /// The digest of its head, by which it is known: base64url.
  package let head: String
  /// From `{` to `}`, as its machine wrote it, without an end of line.
  package let bytes: [UInt8]
  /// What stood in front of it there and is no line: a write that was cut off. Its `gap` covers them; mostly none.
  package let gap: [UInt8]
  /// The entry that took this one's text out. The digest cannot hold then: somebody has to know that entry.
  package let blankedBy: EntryRef?
  /// The entry whose text this one takes out.
  package let redacts: EntryRef?
  /// The file that it keeps.
  package let evidence: EvidenceName?
  /// Nil where who brought it does not say: the month that it was recorded in decides then, as at home.
  package let placement: Placement?

  /// Which files of its log it stands in at home.
  package struct Placement: Sendable, Hashable {
    package let segment: SegmentName
    /// The part of its gap that stands at the end of a file before that one.
    package let earlier: [LogParcel.Piece]

    package init(segment: SegmentName, earlier: [LogParcel.Piece] = []) {
      (self.segment, self.earlier) = (segment, earlier)
    }
  }

  /// What belongs into files: its gap, itself and an end of line.
  ///
  /// - Parameter segment: where it goes if nobody has said so.
  package func pieces(otherwise segment: SegmentName) -> [LogParcel.Piece] {
    let earlier = placement?.earlier ?? []
    let rest = gap.dropFirst(earlier.reduce(0) { $0 + $1.bytes.count })
    return earlier
      + [LogParcel.Piece(segment: placement?.segment ?? segment, bytes: rest + bytes + [0x0A])]
  }
}

/// Why bytes are no line that can be taken over, whatever was before them.
package enum ForeignLineFlaw: Error, Sendable, Hashable {
  case notALine(FindingReason)
  /// Its entry is not the one that its head was made with.
  case altered(EntryRef)
  /// It has bytes that no digest covers.
  case uncovered(EntryRef)
  /// The bytes in front of it are not those that it accounts for.
  case gapDiffers(EntryRef)
  /// By a newer Loggist, without what the chain needs.
  case uncheckable(EntryRef)
}
