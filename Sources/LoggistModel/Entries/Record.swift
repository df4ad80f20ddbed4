/// An entry as it stands in a log: the head of its line and the entry itself.
package struct Record: Sendable, Hashable {
  package var ref: EntryRef
  /// When it was recorded; strictly increasing within a node.
  package var logged: Instant
  /// The operating-system user who recorded it.
  package var by: String
  package var via: Via
  package var entry: Entry
  /// The version of the line's format; higher than `Record.version` where a newer Loggist wrote it.
  package var version: Int

  /// The version of the format that this program writes.
  package static let version = 1

  package init(
    ref: EntryRef, logged: Instant, by: String, via: Via, entry: Entry,
    version: Int = Record.version
  ) {
    (self.ref, self.logged, self.by, self.via) = (ref, logged, by, via)
    (self.entry, self.version) = (entry, version)
  }

  /// By what an entry came in. Open: another version may know more ways.
  package struct Via: RawRepresentable, Sendable, Hashable {
    package let rawValue: String

    package init(rawValue: String) {
      self.rawValue = rawValue
    }

    package static let tui = Via(rawValue: "tui")
    package static let cli = Via(rawValue: "cli")
    package static let `import` = Via(rawValue: "import")
    package static let hook = Via(rawValue: "hook")
  }

  /// The person who says so: the entry's author, else the account.
  package var author: String { entry.author ?? by }

  /// By which state is decided: what was recorded later holds, whatever node it was recorded on.
  package var order: RecordOrder { RecordOrder(logged: logged, ref: ref) }
}

/// The one order of all records of a store: when they were recorded, then node and number.
package struct RecordOrder: Sendable, Hashable, Comparable {
  package let logged: Instant
  package let ref: EntryRef

  package static func < (left: RecordOrder, right: RecordOrder) -> Bool {
    (left.logged, left.ref) < (right.logged, right.ref)
  }
}
