internal import CSimdJSON
internal import LoggistModel

/// The entries of one group of lines: numbers from the index, words from the members that it kept.
final class IndexedEntries: EntrySource {
  private let index: LogIndex
  private let lines: ArraySlice<LineGroups.Line>
  private let maker: RecordMaker

  init(_ lines: ArraySlice<LineGroups.Line>, of index: LogIndex, _ maker: RecordMaker) {
    (self.lines, self.index, self.maker) = (lines, index, maker)
  }

  /// All of them, each in its place.
  var moments: [Moment] {
    let start = lines.startIndex
    return [Moment](unsafeUninitializedCapacity: lines.count) { buffer, count in
      while count < lines.count {
        buffer.initializeElement(at: count, to: moment(lines[start + count], count))
        count += 1
      }
    }
  }

  private func moment(_ line: LineGroups.Line, _ place: Int) -> Moment {
    index.segments[Int(line.segment)].moment(Int(line.place), as: place)
      ?? Moment(EffectiveEntry(record(at: place)), place: place)
  }

  private func line(at place: Int) -> LineGroups.Line { lines[lines.startIndex + place] }

  func record(at place: Int) -> Record {
    let line = line(at: place)
    return maker.record(Int(line.place), of: index.segments[Int(line.segment)])
  }

  func string(_ field: Field, at place: Int) -> String? {
    let line = line(at: place)
    return index.segments[Int(line.segment)].string(field, of: Int(line.place))
  }

  func flag(_ field: Field, at place: Int) -> Bool? {
    let line = line(at: place)
    return index.segments[Int(line.segment)].flag(field, of: Int(line.place))
  }

  func text(at place: Int) -> String? {
    let line = line(at: place)
    return index.segments[Int(line.segment)].text(of: Int(line.place))
  }

  func author(at place: Int) -> String {
    let line = line(at: place)
    return index.segments[Int(line.segment)].author(of: Int(line.place))
  }

  func refs(at place: Int) -> [EntryRef] { record(at: place).entry.refs }
}
