internal import LoggistModel

/// What one thread asks an index for. To look a segment up counts nothing: two threads do it a million times, and a count
/// that both write is slower than all that they read.
final class IndexReader {
  private let index: LogIndex
  private let segments: [Unmanaged<IndexedSegment>]
  private let maker = RecordMaker()

  init(_ index: LogIndex) {
    self.index = index
    segments = index.segments.map { Unmanaged.passUnretained($0) }
  }

  func asking<Value>(
    _ line: LineGroups.Line, _ body: (IndexedSegment, _ place: Int) -> Value
  ) -> Value {
    segments[Int(line.segment)]._withUnsafeGuaranteedRef { body($0, Int(line.place)) }
  }

  func record(_ line: LineGroups.Line) -> Record {
    asking(line) { segment, place in maker.record(place, of: segment) }
  }
}
