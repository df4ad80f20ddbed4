package import LoggistModel

/// A table for programs and spreadsheets: named columns, and rows of cells that know what they are.
///
/// The columns of a table are a promise: a version has exactly its columns in its order, and whoever changes them, be
/// it by adding one at the end, gives the table another version (docs/exports.md). The first column is `v`.
package struct CSVTable: Sendable, Hashable {
  /// Of the columns; every row begins with it.
  package let version: Int
  /// Behind `v`.
  package let columns: [String]
  /// Behind the version; each has as many cells as there are columns.
  package private(set) var rows: [[Cell]] = []
  private let places: [String: Int]

  package enum Cell: Sendable, Hashable {
    /// Not recorded, or nothing that this row could have. Never a zero.
    case empty
    /// Somebody's words, or ours: made inert.
    case text(String)
    case number(Int)
    case flag(Bool)

    package static func optional(_ text: String?) -> Cell { text.map { .text($0) } ?? .empty }
    package static func optional(_ number: Int?) -> Cell { number.map { .number($0) } ?? .empty }
  }

  package init(version: Int, columns: [String]) {
    places = Dictionary(
      columns.enumerated().map { ($1, $0) },
      uniquingKeysWith: { _, _ in preconditionFailure("a column is named twice") })
    (self.version, self.columns) = (version, columns)
  }

  /// Adds a row by the names of its columns; those that it does not name stay empty.
  package mutating func add(_ cells: [String: Cell]) {
    var row = [Cell](repeating: .empty, count: columns.count)
    for (name, cell) in cells { row[place(of: name)] = cell }
    rows.append(row)
  }

  /// Gives every row the same cells in some columns: what the whole table was made from.
  package mutating func fill(_ cells: [String: Cell]) {
    for (name, cell) in cells {
      let column = place(of: name)
      for row in rows.indices { rows[row][column] = cell }
    }
  }

  private func place(of name: String) -> Int {
    guard let place = places[name] else { preconditionFailure("there is no column \(name)") }
    return place
  }
}

extension CSVTable {
  /// The last columns of every table: what each document states besides the record. They stand in each row, since CSV
  /// has no other place for them.
  package static let contextColumns = [
    "as_of", "zone", "left_out", "names", "rehearsal", "heads", "loggist",
  ]

  /// Fills the columns of the context.
  ///
  /// - Parameter incident: the one that the table is about; nil: all.
  package mutating func fill(_ context: DocumentContext, about incident: IncidentID? = nil) {
    fill(context.withheldCells(about: incident))
    fill([
      "as_of": .text(context.style.zone.timestamp(context.asOf).description),
      "zone": .text(context.style.zone.name),
      "rehearsal": .flag(context.isRehearsal),
      "heads": .text(context.heads.map(\.text).joined(separator: "; ")),
      "loggist": .text(context.version),
    ])
  }
}
