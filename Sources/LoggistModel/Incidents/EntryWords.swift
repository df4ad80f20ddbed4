/// The words of entries, by the places of their moments (`Moment.place`).
package protocol EntryWords: AnyObject {
  func string(_ field: Field, at place: Int) -> String?
  func flag(_ field: Field, at place: Int) -> Bool?
  func text(at place: Int) -> String?
  /// The person, where an account is shared, else the account.
  func author(at place: Int) -> String
  func refs(at place: Int) -> [EntryRef]
  /// The end of an interval that it begins.
  func until(at place: Int) -> Timestamp?
}

extension EntryWords {
  func string(_ field: Field, of moment: Moment) -> String? {
    string(field, at: Int(moment.place))
  }
}

/// The words of some entries, their places those in a list.
final class ListedWords: EntryWords {
  private let entries: [EffectiveEntry]

  init(_ entries: [EffectiveEntry]) { self.entries = entries }

  func string(_ field: Field, at place: Int) -> String? { entries[place].string(field) }
  func flag(_ field: Field, at place: Int) -> Bool? { entries[place].entry[field]?.bool }
  func text(at place: Int) -> String? { entries[place].entry.text }
  func author(at place: Int) -> String { entries[place].author }
  func refs(at place: Int) -> [EntryRef] { entries[place].entry.refs }
  func until(at place: Int) -> Timestamp? { entries[place].until }
}
