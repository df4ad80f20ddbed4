package import LoggistModel

/// What somebody else's file says about one incident.
package struct ForeignIncident: Sendable {
  /// Its name where it comes from: `INC0000057`.
  package var id: String
  /// In the order in which they are to be logged, an `opened` first where there is one.
  package var entries: [ForeignEntry]

  package init(id: String, entries: [ForeignEntry]) {
    (self.id, self.entries) = (id, entries)
  }
}

/// An entry in the making: without an incident of this store, and known again by its record.
package struct ForeignEntry: Sendable {
  package var entry: Entry
  /// What it was made from within its incident.
  package var record: RecordName
  /// Of the source, from 1.
  package var line: Int
  /// Of a line of Loggist's.
  package var head: ForeignHead?

  package init(_ entry: Entry, record: RecordName, line: Int, head: ForeignHead? = nil) {
    (self.entry, self.record, self.line, self.head) = (entry, record, line, head)
  }
}

/// The head of a line of Loggist's, kept as it was.
package struct ForeignHead: Sendable {
  /// A JSON object.
  package var json: String
  package var digest: String?

  package init(json: String, digest: String?) {
    (self.json, self.digest) = (json, digest)
  }
}

/// A record that could not be read, with what has to be known to mend it.
package struct Reject: Sendable, Hashable {
  /// The line of the source on which it begins, from 1.
  package var line: Int
  /// The column's name, where one is to blame.
  package var column: String?
  package var reason: RejectReason
  /// The record as it goes into the file of rejects, without a line break at its end.
  package var text: [UInt8]

  package init(line: Int, column: String? = nil, _ reason: RejectReason, text: [UInt8]) {
    (self.line, self.column, self.reason, self.text) = (line, column, reason, text)
  }
}

/// What came of reading a source besides its incidents.
package struct Harvest: Sendable {
  package var doubts: [Doubt] = []
  package var rejects: [Reject] = []
  /// The line that makes a file of the rejects a file of the same form: a header.
  package var rejectHeader: [UInt8]?
  /// Records that were read, rejected ones included.
  package var records = 0

  package init() {}
}
