/// Rows under named columns.
package struct Table: Sendable, Hashable {
  package var columns: [Column]
  package var rows: [Row]

  package struct Column: Sendable, Hashable {
    package var title: String
    package var shape: Shape

    package init(_ title: String, _ shape: Shape = .word) {
      (self.title, self.shape) = (title, shape)
    }
  }

  package enum Shape: Sendable, Hashable {
    /// As wide as its cells.
    case word
    /// As `word`, at the right.
    case number
    /// Sentences, wrapped into the room that is left.
    case prose
  }

  package enum Row: Sendable, Hashable {
    case cells([Prose])
    /// A remark between the rows, in the last column: a silence.
    case remark(Prose)
  }

  package init(_ columns: [Column], rows: [Row] = []) {
    (self.columns, self.rows) = (columns, rows)
  }

  package init(_ columns: [Column], _ cells: [[Prose]]) {
    self.init(columns, rows: cells.map { .cells($0) })
  }

  /// The rows as cells, one for each column.
  package var cells: [[Prose]] {
    rows.map { row in
      switch row {
      case .cells(let cells):
        cells + Array(repeating: Prose(""), count: max(0, columns.count - cells.count))
      case .remark(let remark):
        Array(repeating: Prose(""), count: max(0, columns.count - 1)) + [remark]
      }
    }
  }
}
