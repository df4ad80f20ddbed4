internal import LoggistModel

/// The entries of one group of lines: numbers from the index, words from the members that it kept.
final class IndexedEntries: EntrySource {
  private let lines: UnsafeBufferPointer<LineGroups.Line>
  private let reader: IndexReader

  init(of group: Range<Int>, by reader: IndexReader) {
    (lines, self.reader) = (reader.lines(of: group), reader)
  }

  /// All of them, each in its place.
  var moments: [Moment] {
    let (lines, reader) = (lines, reader)
    return [Moment](unsafeUninitializedCapacity: lines.count) { buffer, count in
      for line in lines {
        let slot = UnsafeMutableBufferPointer(rebasing: buffer[count...])
        if !reader.asking(line, { $0.initialize(slot, from: $1, as: count) }) {
          slot.initializeElement(
            at: 0, to: Moment(EffectiveEntry(reader.record(line)), place: count))
        }
        count += 1
      }
    }
  }

  private func asking<Value>(
    _ place: Int, _ body: (IndexedSegment, _ place: Int) -> Value
  ) -> Value {
    reader.asking(lines[place], body)
  }

  func record(at place: Int) -> Record { reader.record(lines[place]) }

  func string(_ field: Field, at place: Int) -> String? {
    asking(place) { $0.string(field, of: $1) }
  }

  func flag(_ field: Field, at place: Int) -> Bool? {
    asking(place) { $0.flag(field, of: $1) }
  }

  func text(at place: Int) -> String? { asking(place) { $0.text(of: $1) } }
  func author(at place: Int) -> String { asking(place) { $0.author(of: $1) } }
  func refs(at place: Int) -> [EntryRef] { record(at: place).entry.refs }

  func until(at place: Int) -> Timestamp? {
    asking(place) { $0.saysMore($1) } ? record(at: place).entry.until : nil
  }
}
