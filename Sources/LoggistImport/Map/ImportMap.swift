package import LoggistModel

/// What the columns of a table mean: docs/import.md describes its YAML.
package struct ImportMap: Sendable {
  /// The file that it was read from; nil where the columns' own names were recognised.
  package var file: String?
  /// What the records' source is called; files of one source belong together.
  package var source: String?
  package var separator: UInt8?
  package var formats: [TimeFormat] = []
  package var zone: Zone?
  /// Cells that say that there is nothing.
  package var missing = MissingMarks()
  package var decimal = UInt8(ascii: ".")
  package var incident: Column?
  package var at: Column?
  package var by: Column?
  package var title: Template?
  package var text: Template?
  package var kind: KindChoice?
  package var reopen: Reopen?
  package var sets: [Property] = []
  package var milestones: [Milestone] = []

  package init() {}

  /// A column by its name, and where in the map it stands, for saying that there is none.
  package struct Column: Sendable, Hashable {
    package var name: String
    package var line: Int
    package var key: String

    package init(_ name: String, line: Int = 0, key: String = "") {
      (self.name, self.line, self.key) = (name, line, key)
    }
  }

  /// `{state}: {short_description}`.
  package struct Template: Sendable, Hashable {
    package enum Piece: Sendable, Hashable {
      case text(String)
      case column(Column)
    }

    package var pieces: [Piece]

    package var columns: [Column] {
      pieces.compactMap { if case .column(let column) = $0 { column } else { nil } }
    }
  }

  /// Which kind of entry a row is, by the value of a column.
  package struct KindChoice: Sendable {
    package var column: Column
    package var values: [String: Shape]
    package var otherwise: Shape
    /// For a row whose value is that of the incident's row before it.
    package var repeated: Shape?
    /// A value that is the name of a kind is that kind.
    package var takesKindNames: Bool
  }

  /// A kind and what its fields hold.
  package struct Shape: Sendable, Hashable {
    package var kind: Kind
    package var fields: [Filling] = []

    package struct Filling: Sendable, Hashable {
      package var field: Field
      package var template: Template
    }
  }

  /// A state that goes back is a reopened.
  package struct Reopen: Sendable, Hashable {
    package var from: Set<String>
    /// Nil: any state that is not in `from`.
    package var to: Set<String>?
  }

  /// A property of the incident, logged when it changes.
  package struct Property: Sendable, Hashable {
    package var field: Field
    package var column: Column
    package var values: [String: String]?
  }

  /// A column that holds the time of a milestone.
  package struct Milestone: Sendable, Hashable {
    package var shape: Shape
    package var column: Column
  }
}

/// Cells that say that there is nothing: empty ones and those of a map.
package struct MissingMarks: Sendable, Hashable {
  private var marks: Set<String>

  package init(_ marks: Set<String> = []) {
    self.marks = marks
  }

  package mutating func insert(_ mark: String) { marks.insert(mark) }

  package func contains(_ cell: String) -> Bool {
    cell.isEmpty || !marks.isEmpty && marks.contains(cell)
  }
}

extension ImportMap.Template {
  /// Reads `{column}`; `{{` is a brace. Nil where a brace is not closed.
  package init?(_ text: String, line: Int = 0, key: String = "") {
    pieces = []
    var (literal, rest) = ("", text[...])
    while let open = rest.firstIndex(of: "{") {
      literal += rest[..<open]
      rest = rest[open...].dropFirst()
      if rest.first == "{" {
        literal.append("{")
        rest = rest.dropFirst()
        continue
      }
      guard let close = rest.firstIndex(of: "}") else { return nil }
      if !literal.isEmpty { pieces.append(.text(literal)) }
      literal = ""
      pieces.append(.column(ImportMap.Column(String(rest[..<close]), line: line, key: key)))
      rest = rest[close...].dropFirst()
    }
    literal += rest
    if !literal.isEmpty { pieces.append(.text(literal)) }
  }
}
