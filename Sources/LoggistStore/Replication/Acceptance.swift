internal import LoggistModel

/// Where a node's log stands in a store: so many lines without a hole, and the digest that the next one has to link to.
package struct LogPosition: Sendable, Hashable {
  /// Of the last line; 0 of a log without one.
  package var sequence: Int
  /// Of the last line's head; of a log without lines that of the node's uuid.
  package var head: String

  package init(sequence: Int, head: String) {
    (self.sequence, self.head) = (sequence, head)
  }

  /// Before the first line.
  package init(uuid: String) {
    self.init(sequence: 0, head: SHA256.base64URL(Array(uuid.utf8)))
  }
}

/// What becomes of a line that another machine sent. The one rule by which foreign lines get into a store.
package enum Acceptance: Sendable, Hashable {
  /// It follows from what is here.
  case next
  /// It is here.
  case known
  /// There are lines to come before it.
  case ahead
  /// It claims a number that another line has here, or links to another line than the last one: two histories.
  case fork
  /// Its entry is not the one that its head names: it was altered on the way.
  case altered
  /// A newer Loggist wrote it: this one cannot check it.
  case newer

  /// - Parameters:
  ///   - position: where the log stands here; nil where not even its identity is known.
  ///   - known: the digest of the head of a line that is here, by its number.
  package static func of(
    _ line: ParcelLine, at position: LogPosition?, known: (Int) throws(StoreError) -> String?
  ) throws(StoreError) -> Acceptance {
    if line.version > Record.version { return .newer }
    guard line.isWhole || line.redactedBy != nil else { return .altered }
    guard let position, line.ref.sequence <= position.sequence + 1 else { return .ahead }
    if line.ref.sequence == position.sequence + 1 {
      return line.prev == position.head ? .next : .fork
    }
    return try known(line.ref.sequence) == line.head ? .known : .fork
  }
}
