package import LoggistModel

/// Reads a table with or without a map: a row is an entry, or an incident with its milestones in columns.
///
/// The bytes are read as a stream; of every row the cells that the map names are kept until the file is over, since rows
/// of one incident may stand anywhere in it.
package final class TableReader: ForeignReader {
  package private(set) var harvest = Harvest()
  private var map: ImportMap
  private let isMapped: Bool
  private let source: String
  private var times: TimeReader
  private var filter = MarkFilter()
  private var parser: CSVParser?
  /// The first bytes, until the separator is known.
  private var front: [UInt8] = []
  private var separator = UInt8(ascii: ",")
  private var header: [String] = []
  private var headerNames: Set<String> = []
  private var layout: TableLayout?
  private var failure: ImportFailure?
  private var saidEncoding = false
  private var firstLine = 1
  private(set) var rows: [TableRow] = []
  /// The cells of the row before.
  private var last: [String] = []
  private var names: [String] = []
  private var numbers: [String: Int] = [:]

  /// - Parameters:
  ///   - map: nil: what common names of columns say.
  ///   - source: what the one incident is called where no column names incidents.
  ///   - zone: of times that say none; the map's counts where `isZoneAssumed`.
  package init(map: ImportMap?, source: String, zone: Zone, isZoneAssumed: Bool) {
    self.map = map ?? ImportMap()
    isMapped = map != nil
    self.source = source
    let own = isZoneAssumed ? map?.zone : nil
    times = TimeReader(
      formats: map?.formats ?? [], zone: own ?? zone, isZoneAssumed: isZoneAssumed && own == nil,
      decimal: map?.decimal ?? UInt8(ascii: "."))
    if isMapped, times.formats.isEmpty { times.formats = ColumnNames.sure }
  }

  // MARK: - Reading

  package func read(_ bytes: UnsafeRawBufferPointer) throws(ImportFailure) {
    let plain = filter.filter(bytes)
    if let parser {
      plain.withUnsafeBytes { parser.read($0) }
    } else {
      front += plain
      if front.starts(with: [0xFF, 0xFE]) || front.starts(with: [0xFE, 0xFF]) {
        throw .encoding("UTF-16")
      }
      if front.count >= 65_536 || hasHeader { begin() }
    }
    if let failure { throw failure }
  }

  private var hasHeader: Bool {
    var isQuoted = false
    for byte in front {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == 0x0A, !isQuoted { return true }
    }
    return false
  }

  /// The header is there: the separator is known by it.
  private func begin() {
    let end = front.firstIndex(of: 0x0A) ?? front.count
    let line = front[..<end].last == 0x0D ? front[..<(end - 1)] : front[..<end]
    if let declared = Separator.declared(by: line) {
      separator = declared
      front.removeSubrange(..<min(end + 1, front.count))
      firstLine = 2
    } else {
      separator = map.separator ?? Separator.recognised(in: line)
    }
    let first = front
    front = []
    parse(first, line: firstLine)
  }

  private func parse(_ bytes: [UInt8], line: Int) {
    // The parser is this reader's own: it never outlives it.
    let parser = CSVParser(separator: separator, line: line) { [unowned self] in self.take($0) }
    self.parser = parser
    bytes.withUnsafeBytes { parser.read($0) }
  }

  // MARK: - Rows

  private func take(_ record: CSVRecord) {
    guard failure == nil else { return }
    guard layout != nil else { return takeHeader(record) }
    if isHeaderAgain(record) { return }
    harvest.records += 1
    let count = record.count
    if count != header.count {
      let isPadded =
        count > header.count
        && (header.count..<count).allSatisfy { record.withCell($0) { $0.isEmpty } }
      if !isPadded { return reject(record, nil, .cells(count, expected: header.count)) }
    }
    takeRow(record)
  }

  private func takeHeader(_ record: CSVRecord) {
    header = record.texts
    headerNames = Set(header)
    do throws(ImportFailure) {
      if !isMapped {
        guard let guessed = ColumnNames.map(for: header) else { throw .noTimeColumn(header) }
        map = guessed
      }
      layout = try TableLayout(map, header: header)
    } catch {
      failure = error
    }
    harvest.rejectHeader = CSVRow.bytes(header, separator: separator)
    for (place, name) in header.enumerated() where header[..<place].contains(name) {
      say(Doubt(line: record.startLine, "the column \"\(name)\" stands twice: the first counts"))
    }
  }

  /// A file behind the first begins with its own header.
  private func isHeaderAgain(_ record: CSVRecord) -> Bool {
    guard record.count == header.count, record.withCell(0, { !$0.isEmpty }) else { return false }
    let first = record.text(0)
    guard headerNames.contains(first) else { return false }
    let cells = record.texts
    guard layout?.follow(cells) == true else { return false }
    header = cells
    say(Doubt(line: record.startLine, "a header again: read on as a file behind the first"))
    return true
  }

  private func takeRow(_ record: CSVRecord) {
    guard let layout else { return }
    var cells: [String] = []
    cells.reserveCapacity(layout.places.count)
    for (slot, place) in layout.places.enumerated() {
      // Most cells are those of the row before: the same incident, the same group, the same day's state.
      if slot < last.count, record.withCell(place, { CellText.isEqual(last[slot], $0) }) {
        cells.append(last[slot])
        continue
      }
      let (text, isUTF8) = record.withCell(place) { CellText.string($0) }
      if !isUTF8, !saidEncoding {
        saidEncoding = true
        say(Doubt(line: record.startLine, "not UTF-8: read as Windows-1252"))
      }
      cells.append(text)
    }
    last = cells
    var row = TableRow(line: record.startLine, cells: cells)
    row.digest = record.digest
    let name = layout.incident.map { cells[$0] } ?? source
    if map.missing.contains(name) {
      return reject(record, layout.incident.map { layout.names[$0] }, .noIncident)
    }
    if !isMapped { row.text = record.texts }
    if let reason = readTimes(of: &row, layout) {
      return reject(record, reason.column, reason.reason)
    }
    row.incident = number(of: name)
    rows.append(row)
  }

  /// Reads the times of a row as far as their formats are known; says which column is to blame.
  private func readTimes(
    of row: inout TableRow, _ layout: TableLayout
  ) -> (column: String?, reason: RejectReason)? {
    var hasTime = false
    if let at = layout.at, !map.missing.contains(row.cells[at]) {
      hasTime = true
      if isMapped {
        switch times.read(row.cells[at], line: row.line) {
        case .success(let time): row.at = time
        case .failure(let reason): return (layout.names[at], reason)
        }
      }
    }
    for slot in layout.milestones where !map.missing.contains(row.cells[slot]) {
      hasTime = true
      guard isMapped else { continue }
      var quiet = times
      if case .failure(let reason) = quiet.read(row.cells[slot], line: row.line) {
        return (layout.names[slot], reason)
      }
    }
    if hasTime, layout.at == nil || !map.missing.contains(row.cells[layout.at ?? 0]) { return nil }
    return (layout.at.map { layout.names[$0] }, .noTime)
  }

  private func number(of name: String) -> Int {
    if let known = numbers[name] { return known }
    numbers[name] = names.count
    names.append(name)
    return names.count - 1
  }

  private func reject(_ record: CSVRecord, _ column: String?, _ reason: RejectReason) {
    let cells = record.texts
    harvest.rejects.append(
      Reject(
        line: record.startLine, column: column, reason,
        text: CSVRow.bytes(cells, separator: separator)))
  }

  private func say(_ doubt: Doubt) { harvest.doubts.append(doubt) }

  // MARK: - The end

  package func finish(_ body: (ForeignIncident) throws -> Void) throws {
    try end()
    guard let layout else { throw ImportFailure.empty }
    if !isMapped { chooseFormats(layout) }
    var work = TableIncidents(map: map, layout: layout, times: times)
    let kept = rows
    rows = []
    try work.make(of: kept, names: names, body)
    harvest.doubts += work.doubts
    harvest.doubts.sort { $0.line < $1.line }
    harvest.rejects.sort { $0.line < $1.line }
  }

  private func end() throws(ImportFailure) {
    front += filter.finish()
    if parser == nil {
      begin()
    } else if !front.isEmpty {
      front.withUnsafeBytes { parser?.read($0) }
    }
    while let swallowed = parser?.finish() {
      // The line with the quotation mark is lost, what stands behind it is read as what it was meant to be.
      let end = swallowed.bytes.firstIndex(of: 0x0A) ?? swallowed.bytes.count
      let lost = String(decoding: swallowed.bytes[..<end], as: UTF8.self)
      harvest.records += 1
      harvest.rejects.append(
        Reject(
          line: swallowed.startLine, .openQuote,
          text: CSVRow.bytes(swallowed.cells + [lost], separator: separator)))
      parser = nil
      if failure == nil, end < swallowed.bytes.count, layout != nil {
        parse(Array(swallowed.bytes[(end + 1)...]), line: swallowed.line + 1)
      }
    }
    if let failure { throw failure }
  }

  /// Whether the day or the month stands first, as far as the whole table tells; then reads the rows' times.
  private func chooseFormats(_ layout: TableLayout) {
    let slots = [layout.at].compactMap(\.self) + layout.milestones
    var (day, month, both) = (0, 0, 0)
    for row in rows {
      for slot in slots where !TimeReader.reads(row.cells[slot], ColumnNames.sure) {
        let isDay = TimeReader.reads(row.cells[slot], ColumnNames.dayFirst)
        let isMonth = TimeReader.reads(row.cells[slot], ColumnNames.monthFirst)
        if isDay, isMonth { both += 1 } else if isDay { day += 1 } else if isMonth { month += 1 }
      }
    }
    if month > 0, day == 0 {
      times.formats = ColumnNames.sure + ColumnNames.monthFirst
    } else if day > 0, month > 0 || day == 0 && both > 0 {
      times.formats = ColumnNames.sure + ColumnNames.dayFirst + ColumnNames.monthFirst
    } else {
      times.formats = ColumnNames.sure + ColumnNames.dayFirst
    }
    if day == 0, month == 0, both > 0 {
      say(
        Doubt(
          line: 1,
          "no time tells whether the day or the month stands first: taken as day first; a map's "
            + "'times' decides"))
    }
    var read: [TableRow] = []
    for var row in rows {
      if let reason = lateTimes(of: &row, layout, slots) {
        harvest.rejects.append(
          Reject(
            line: row.line, column: reason.column, reason.reason,
            text: CSVRow.bytes(row.text, separator: separator)))
      } else {
        row.text = []
        read.append(row)
      }
    }
    rows = read
  }

  private func lateTimes(
    of row: inout TableRow, _ layout: TableLayout, _ slots: [Int]
  ) -> (column: String?, reason: RejectReason)? {
    for slot in slots where !map.missing.contains(row.cells[slot]) {
      var quiet = times
      let time =
        slot == layout.at
        ? times.read(row.cells[slot], line: row.line) : quiet.read(row.cells[slot], line: row.line)
      switch time {
      case .success(let time): if slot == layout.at { row.at = time }
      case .failure(let reason): return (layout.names[slot], reason)
      }
    }
    return nil
  }
}

/// What is kept of a row.
struct TableRow {
  let line: Int
  /// By slot.
  let cells: [String]
  var at: Timestamp?
  var incident = 0
  /// Of all its cells.
  var digest: UInt64 = 0
  /// The whole row, where it may still turn out to be none.
  var text: [String] = []

  init(line: Int, cells: [String]) {
    (self.line, self.cells) = (line, cells)
  }
}
