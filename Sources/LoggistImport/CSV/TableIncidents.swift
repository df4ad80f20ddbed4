import LoggistModel

/// Makes incidents of the rows of a table.
struct TableIncidents {
  let map: ImportMap
  let layout: TableLayout
  var times: TimeReader
  private var saidValues: Set<String> = []

  init(map: ImportMap, layout: TableLayout, times: TimeReader) {
    (self.map, self.layout, self.times) = (map, layout, times)
  }

  var doubts: [Doubt] { times.doubts }

  mutating func say(_ line: Int, _ sentence: String) { times.say(Doubt(line: line, sentence)) }

  /// Says once of a column's value what is wrong with it.
  mutating func sayOnce(_ line: Int, _ value: String, _ sentence: String) {
    if saidValues.insert(value).inserted { say(line, sentence) }
  }

  /// Each incident once, the one that began first first.
  mutating func make(
    of rows: [TableRow], names: [String], _ body: (ForeignIncident) throws -> Void
  ) throws {
    var members = [[Int]](repeating: [], count: names.count)
    for (place, row) in rows.enumerated() { members[row.incident].append(place) }
    var begins: [(begin: Int64, number: Int)] = []
    for (number, places) in members.enumerated() where !places.isEmpty {
      begins.append((begin(of: places, rows), number))
    }
    begins.sort { ($0.begin, $0.number) < ($1.begin, $1.number) }
    for (_, number) in begins {
      let own = members[number].map { rows[$0] }
      var incident = IncidentRows(id: names[number], rows: own)
      let entries = incident.entries(&self)
      if !entries.isEmpty { try body(ForeignIncident(id: names[number], entries: entries)) }
    }
  }

  private mutating func begin(of places: [Int], _ rows: [TableRow]) -> Int64 {
    var begin = Int64.max
    for place in places {
      if let at = rows[place].at { begin = min(begin, at.instant.milliseconds) }
    }
    guard let last = places.last, begin == .max else { return begin }
    var quiet = times
    for slot in layout.milestones {
      if case .success(let at) = quiet.read(rows[last].cells[slot], line: 0) {
        begin = min(begin, at.instant.milliseconds)
      }
    }
    return begin
  }

  // MARK: - Cells

  func isMissing(_ cell: String) -> Bool { map.missing.contains(cell) }

  /// A template with the row's cells; what is left of it when cells are missing loses its dangling marks.
  func text(_ pieces: [TableLayout.Piece]?, _ row: TableRow) -> String? {
    guard let pieces else { return nil }
    var text = ""
    var hasGap = false
    for piece in pieces {
      switch piece {
      case .text(let literal): text += literal
      case .slot(let slot):
        if isMissing(row.cells[slot]) { hasGap = true } else { text += row.cells[slot] }
      }
    }
    let bytes = text.utf8
    guard let first = bytes.first, let last = bytes.last else { return nil }
    if !isDangling(first, hasGap), !isDangling(last, hasGap) { return text }
    guard let start = bytes.firstIndex(where: { !isDangling($0, hasGap) }),
      let end = bytes.lastIndex(where: { !isDangling($0, hasGap) })
    else { return nil }
    return String(text[start...end])
  }

  private func isDangling(_ byte: UInt8, _ hasGap: Bool) -> Bool {
    switch byte {
    case 0x20, 0x0A, 0x0D: true
    case 0x09, UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: ","): hasGap
    default: false
    }
  }

  /// What a property is set to; nil where the cell is missing or none of what it may be.
  mutating func value(of property: ImportMap.Property, _ cell: String, line: Int) -> JSONValue? {
    if isMissing(cell) { return nil }
    var text = cell
    if let values = property.values {
      guard let mapped = values[cell] else {
        sayOnce(
          line, "\(property.column.name)=\(cell)",
          "\(property.column.name) \"\(cell)\" is not among the map's values: not set")
        return nil
      }
      text = mapped
    }
    if let value = PropertyValue.read(text, as: property.field) { return value }
    sayOnce(
      line, "\(property.column.name)=\(cell)",
      "\(property.column.name) \"\(cell)\" is no \(property.field.rawValue): not set; the map's "
        + "'values' say what it means")
    return nil
  }
}
