import LoggistModel

/// The rows of one incident on their way to being its entries.
struct IncidentRows {
  let id: String
  /// In the order of the file.
  let rows: [TableRow]
  private var made: [ForeignEntry] = []
  private var kinds: Set<Kind> = []
  private var state: String?
  /// Of the map's properties, what each was last set to, and the cell of the last row that was looked at.
  private var properties: [(value: JSONValue?, cell: String?)] = []
  private var ordinals: [RecordName: Int] = [:]
  private var seen: [UInt64: Int] = [:]

  init(id: String, rows: [TableRow]) {
    (self.id, self.rows) = (id, rows)
  }

  /// Its entries in the order of their times, an `opened` in front.
  mutating func entries(_ table: inout TableIncidents) -> [ForeignEntry] {
    let sorted = inOrderOfTime(&table)
    for row in sorted {
      if let at = row.at { take(row, at, &table) }
    }
    takeMilestones(&table)
    if sorted.contains(where: { $0.at == nil }) { takeLateProperties(&table) }
    if !kinds.contains(.opened), let first = made.first, let row = sorted.first {
      let opened = opening(row, at: first.entry.at, &table)
      made.insert(ForeignEntry(opened, record: .opened, line: row.line), at: 0)
    }
    var entries = made
    let isInOrder = zip(entries.indices, entries.indices.dropFirst()).allSatisfy {
      entries[$0].entry.at.instant <= entries[$1].entry.at.instant
    }
    // Sorting is stable: ties stay in the order of the file.
    if !isInOrder { entries.sort { $0.entry.at.instant < $1.entry.at.instant } }
    if let place = entries.firstIndex(where: { $0.entry.kind == .opened }), place > 0 {
      entries.insert(entries.remove(at: place), at: 0)
    }
    return entries
  }

  private func inOrderOfTime(_ table: inout TableIncidents) -> [TableRow] {
    var isSorted = true
    for (place, row) in rows.enumerated().dropFirst() {
      guard let before = rows[place - 1].at, let at = row.at, at.instant < before.instant else {
        continue
      }
      isSorted = false
      table.say(
        row.line, "\(at) of \(id) stands behind \(before): put in the order of time")
    }
    if isSorted { return rows }
    return rows.enumerated().sorted {
      ($0.element.at?.instant.milliseconds ?? .min, $0.offset)
        < ($1.element.at?.instant.milliseconds ?? .min, $1.offset)
    }.map(\.element)
  }

  // MARK: - Rows

  private mutating func take(_ row: TableRow, _ at: Timestamp, _ table: inout TableIncidents) {
    // Two exports, one behind the other, hold some rows twice.
    if let line = seen.updateValue(row.line, forKey: row.digest) {
      table.say(row.line, "the row of line \(line) once more: taken once")
      return
    }
    let (record, setting) = names(of: row, table)
    var shape = shape(of: row, table)
    // Opened twice is opened once and looked at again.
    if shape.kind == .opened, kinds.contains(.opened) { shape = .init(kind: .note) }
    let entry =
      shape.kind == .opened
      ? opening(row, at: at, &table) : entry(shape, row, at: at, &table)
    add(ForeignEntry(entry, record: record, line: row.line))
    if let set = changes(row, at: at, &table) {
      add(ForeignEntry(set, record: setting, line: row.line))
    }
  }

  private mutating func add(_ entry: ForeignEntry) {
    kinds.insert(entry.entry.kind)
    made.append(entry)
  }

  /// The row's time and state as they were written, and a number where an incident has them more than once: the same
  /// row whatever else of the map or of the file has changed. And the name of the properties that it sets.
  private mutating func names(of row: TableRow, _ table: TableIncidents) -> (RecordName, RecordName)
  {
    let time = table.layout.at.map { row.cells[$0] } ?? ""
    let (gap, state) = table.layout.kind.map { (" ", row.cells[$0]) } ?? ("", "")
    let name = RecordName(madeFrom: time, gap, state)
    let ordinal = ordinals[name, default: 0] + 1
    ordinals[name] = ordinal
    let number = ordinal == 1 ? "" : " #\(ordinal)"
    return (
      ordinal == 1 ? name : RecordName(madeFrom: time, gap, state, number),
      RecordName(madeFrom: time, gap, state, number, " set")
    )
  }

  private mutating func shape(of row: TableRow, _ table: TableIncidents) -> ImportMap.Shape {
    guard let slot = table.layout.kind, let choice = table.map.kind else {
      return .init(kind: .note)
    }
    let now = row.cells[slot]
    let before = state
    state = now
    if let before, let reopen = table.map.reopen, now != before {
      if reopen.from.isEmpty {
        if IncidentRows.isEnd(before), !IncidentRows.isEnd(now), Self.kind(named: now) != .reopened
        {
          return .init(kind: .reopened)
        }
      } else if reopen.from.contains(before), reopen.to?.contains(now) ?? !reopen.from.contains(now)
      {
        return .init(kind: .reopened)
      }
    }
    if now == before, let repeated = choice.repeated { return repeated }
    if let shape = choice.values[now] { return shape }
    if choice.takesKindNames, let kind = Self.kind(named: now) { return .init(kind: kind) }
    return choice.otherwise
  }

  private static func isEnd(_ state: String) -> Bool {
    let kind = kind(named: state)
    return kind == .resolved || kind == .closed
  }

  /// The kind that a word of some system means; those whose fields a table does not say are notes.
  private static func kind(named word: String) -> Kind? {
    let name = word.lowercased()
    if let kind = ColumnNames.states[name] { return kind }
    let kind = Kind(name: name)
    guard kind.isKnown, !kind.isControl, kind != .set, kind != .ioError,
      kind.rule.fields.allSatisfy({ !$0.isRequired || $0.field == .title || $0.field == .reason })
    else { return nil }
    return kind
  }

  // MARK: - Entries

  private func entry(
    _ shape: ImportMap.Shape, _ row: TableRow, at: Timestamp, _ table: inout TableIncidents
  ) -> Entry {
    var entry = Entry(shape.kind, at: at)
    entry.author = author(row, table)
    let text = table.text(table.layout.text, row)
    for filling in shape.fields {
      if let value = table.text(table.layout.fillings[filling.template], row) {
        entry[filling.field] = .string(value)
      }
    }
    let rule = shape.kind.rule
    if rule.rule(for: .reason)?.isRequired == true, entry[.reason] == nil {
      entry[.reason] = .string(text ?? "back to \(state ?? "work")")
    } else {
      entry.text = text
    }
    for field in rule.fields {
      let problem =
        entry[field.field].map { field.problem(with: $0) }
        ?? (field.isRequired ? .missing(field.field) : nil)
      guard problem != nil else { continue }
      table.sayOnce(
        row.line, "\(shape.kind.name) \(field.field.rawValue) \(entry.string(field.field) ?? "")",
        "no \(field.field.rawValue) that a \(shape.kind.name) can have: logged as a note")
      entry = Entry(.note, at: at, text: text)
      entry.author = author(row, table)
      break
    }
    if entry.kind.rule.needsText, entry.text == nil {
      entry.text = table.layout.kind.map { row.cells[$0] } ?? "(no text)"
    }
    return entry
  }

  /// The entry that makes the incident, of the row that is its first.
  private func opening(
    _ row: TableRow, at: Timestamp, _ table: inout TableIncidents
  ) -> Entry {
    var entry = Entry(.opened, at: at)
    entry.author = author(row, table)
    let text = table.text(table.layout.text, row)
    let line = text?.split(whereSeparator: \.isNewline).first.map(String.init)
    let title = table.text(table.layout.title, row) ?? line ?? id
    entry[.title] = .string(title)
    if let text, text != title { entry.text = text }
    return entry
  }

  private func author(_ row: TableRow, _ table: TableIncidents) -> String? {
    guard let slot = table.layout.by, !table.isMissing(row.cells[slot]) else { return nil }
    return row.cells[slot]
  }

  /// A `set` of the properties that are not what they were.
  private mutating func changes(
    _ row: TableRow, at: Timestamp, _ table: inout TableIncidents
  ) -> Entry? {
    var entry: Entry?
    if properties.isEmpty {
      properties = Array(repeating: (nil, nil), count: table.map.sets.count)
    }
    for (place, slot) in table.layout.sets.enumerated()
    where properties[place].cell != row.cells[slot] {
      properties[place].cell = row.cells[slot]
      let property = table.map.sets[place]
      guard let value = table.value(of: property, row.cells[slot], line: row.line),
        properties[place].value != value
      else { continue }
      properties[place].value = value
      var set = entry ?? Entry(.set, at: at)
      set[property.field] = value
      entry = set
    }
    entry?.author = author(row, table)
    return entry
  }

  // MARK: - Milestones

  private mutating func takeMilestones(_ table: inout TableIncidents) {
    let said = kinds
    for (milestone, slot) in zip(table.map.milestones, table.layout.milestones) {
      // What an entry says counts; a column adds what no entry says.
      if said.contains(milestone.shape.kind) { continue }
      guard let row = rows.last(where: { !table.isMissing($0.cells[slot]) }),
        case .success(let at) = table.times.read(row.cells[slot], line: row.line)
      else { continue }
      let other = rows.first { !table.isMissing($0.cells[slot]) }
      if let other, other.cells[slot] != row.cells[slot] {
        table.say(
          row.line,
          "\(milestone.column.name) of \(id) is \(row.cells[slot]), on line \(other.line) it was "
            + "\(other.cells[slot]): the later line counts")
      }
      let entry =
        milestone.shape.kind == .opened
        ? opening(row, at: at, &table) : milestoneEntry(milestone, row, at, &table)
      add(
        ForeignEntry(
          entry, record: RecordName(madeFrom: milestone.column.name, " ", row.cells[slot]),
          line: row.line))
    }
  }

  private func milestoneEntry(
    _ milestone: ImportMap.Milestone, _ row: TableRow, _ at: Timestamp,
    _ table: inout TableIncidents
  ) -> Entry {
    var entry = entry(milestone.shape, row, at: at, &table)
    entry.text = nil
    if entry[.reason] != nil { entry[.reason] = .string(milestone.column.name) }
    if entry.kind.rule.needsText { entry.text = milestone.column.name }
    return entry
  }

  /// Of an incident whose rows have no times of their own: what its last row says, from the beginning on.
  private mutating func takeLateProperties(_ table: inout TableIncidents) {
    guard let row = rows.last(where: { $0.at == nil }),
      let first = made.map(\.entry.at).min(by: { $0.instant < $1.instant }),
      let set = changes(row, at: first, &table)
    else { return }
    let values = table.map.sets.compactMap { set.string($0.field) }.joined(separator: " ")
    add(ForeignEntry(set, record: RecordName(madeFrom: "set ", values), line: row.line))
  }
}
