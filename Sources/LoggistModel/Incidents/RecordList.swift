/// The records of a journal in order of arrival: a view of its entries, since a second list of them would be a quarter of
/// the memory of a large log.
package struct RecordList: RandomAccessCollection, Sendable {
  private let entries: [EffectiveEntry]

  init(_ entries: [EffectiveEntry]) {
    self.entries = entries
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { entries.count }

  package subscript(place: Int) -> Record { entries[place].record }
}
