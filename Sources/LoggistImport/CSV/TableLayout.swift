import LoggistModel

/// Which cells of a row a map asks for: every column that it names has a slot.
struct TableLayout {
  private(set) var names: [String] = []
  /// The slots' places in a row of the present header.
  private(set) var places: [Int] = []
  private var header: [String]

  let incident: Int?
  let at: Int?
  let by: Int?
  let kind: Int?
  let title: [Piece]?
  let text: [Piece]?
  let sets: [Int]
  let milestones: [Int]
  private(set) var fillings: [ImportMap.Template: [Piece]] = [:]

  enum Piece {
    case text(String)
    case slot(Int)
  }

  init(_ map: ImportMap, header: [String]) throws(ImportFailure) {
    self.header = header
    var builder = Builder(header: header, file: map.file ?? "the table")
    incident = map.incident.map { builder.slot($0) }
    at = map.at.map { builder.slot($0) }
    by = map.by.map { builder.slot($0) }
    kind = map.kind.map { builder.slot($0.column) }
    title = map.title.map { builder.pieces($0) }
    text = map.text.map { builder.pieces($0) }
    sets = map.sets.map { builder.slot($0.column) }
    milestones = map.milestones.map { builder.slot($0.column) }
    let shapes =
      map.milestones.map(\.shape) + (map.kind.map { Array($0.values.values) } ?? [])
      + [map.kind?.otherwise, map.kind?.repeated].compactMap(\.self)
    for filling in shapes.flatMap(\.fields) {
      fillings[filling.template] = builder.pieces(filling.template)
    }
    if !builder.mistakes.isEmpty { throw .map(builder.mistakes) }
    (names, places) = (builder.names, builder.places)
  }

  /// The same columns in another order: a file behind the first. False where they are others.
  mutating func follow(_ header: [String]) -> Bool {
    guard header.count == self.header.count, Set(header) == Set(self.header) else { return false }
    places = names.map { header.firstIndex(of: $0) ?? 0 }
    self.header = header
    return true
  }

  private struct Builder {
    let header: [String]
    let file: String
    var names: [String] = []
    var places: [Int] = []
    var mistakes: [MapMistake] = []

    mutating func slot(_ column: ImportMap.Column) -> Int {
      guard let place = place(of: column.name) else {
        let shown = header.prefix(40).map { $0.isEmpty ? "\"\"" : $0 }
        mistakes.append(
          MapMistake(
            file: file, line: column.line, key: column.key,
            problem: .noSuchColumn(
              column.name, near: nearest(column.name, among: header).first, among: shown)))
        return 0
      }
      if let slot = places.firstIndex(of: place) { return slot }
      names.append(header[place])
      places.append(place)
      return places.count - 1
    }

    /// By its name; where none is called so, by the name in another case.
    private func place(of name: String) -> Int? {
      if let exact = header.firstIndex(of: name) { return exact }
      let alike = header.indices.filter { header[$0].lowercased() == name.lowercased() }
      return alike.count == 1 ? alike[0] : nil
    }

    mutating func pieces(_ template: ImportMap.Template) -> [Piece] {
      template.pieces.map { piece in
        switch piece {
        case .text(let text): .text(text)
        case .column(let column): .slot(slot(column))
        }
      }
    }
  }
}
