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

  package init(_ line: ForeignLine) {
    self.init(sequence: line.ref.sequence, head: line.head)
  }
}

/// What becomes of a line that came from elsewhere. With `ForeignLineReader`, which lets nothing through that was altered,
/// the one rule by which foreign lines get into a store.
package enum Acceptance: Sendable, Hashable {
  /// It follows from what is here.
  case next
  /// It is here.
  case known
  /// These numbers have to come first.
  case ahead(missing: ClosedRange<Int>)
  /// It claims a number that another line has here, or links to another line than the last one: two histories.
  case fork

  /// - Parameters:
  ///   - position: where the log stands here.
  ///   - head: the digest of the head of a line that is here, by its number.
  package static func of(
    _ line: ForeignLine, at position: LogPosition, head: (Int) throws(StoreError) -> String?
  ) throws(StoreError) -> Acceptance {
    let (number, next) = (line.ref.sequence, position.sequence + 1)
    if number > next { return .ahead(missing: next...number - 1) }
    if number == next { return line.prev == position.head ? .next : .fork }
    return try head(number) == line.head ? .known : .fork
  }
}
