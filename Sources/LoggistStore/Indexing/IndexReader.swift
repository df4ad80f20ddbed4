internal import LoggistModel

/// What one thread asks an index for. To look a segment up counts nothing: two threads do it a million times, and a count
/// that both write is slower than all that they read.
final class IndexReader {
  private let index: LogIndex
  private let lines: GroupedLines
  private let segments: [Unmanaged<IndexedSegment>]
  private let maker = RecordMaker()

  init(_ index: LogIndex, in groups: LineGroups) {
    (self.index, lines) = (index, groups.lines)
    segments = index.segments.map { Unmanaged.passUnretained($0) }
  }

  /// The lines of a group, for as long as this is there.
  func lines(of group: Range<Int>) -> UnsafeBufferPointer<LineGroups.Line> { lines.of(group) }

  func asking<Value>(
    _ line: LineGroups.Line, _ body: (IndexedSegment, _ place: Int) -> Value
  ) -> Value {
    segments[Int(line.segment)]._withUnsafeGuaranteedRef { body($0, Int(line.place)) }
  }

  func record(_ line: LineGroups.Line) -> Record {
    asking(line) { segment, place in maker.record(place, of: segment) }
  }
}
