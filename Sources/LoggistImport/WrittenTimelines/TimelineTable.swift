internal import LoggistModel

/// A table of a document, and which of its columns say when and what.
struct TimelineTable {
  struct Row {
    let line: Int
    let cells: [[UInt8]]
  }

  let header: Row?
  let rows: [Row]
  private(set) var date: Int?
  private(set) var time: Int?
  private(set) var end: Int?
  private(set) var event: Int?
  /// What the header says of the zone: `Time (UTC)`.
  private(set) var zone: DocumentZone?
  /// Cells of the column that says when hold times of day, not only days.
  private(set) var hasClockTimes = false
  /// The header itself says which column holds the times.
  private(set) var namesTimes = false

  init(header: Row?, rows: [Row], _ zones: ZoneBook) {
    (self.header, self.rows) = (header, rows)
    nameColumns()
    namesTimes = time != nil || date != nil
    findTimes(zones)
    findEvent()
    for column in [time, date].compactMap(\.self) where zone == nil {
      zone = header.flatMap { $0.cells.element(column) }.flatMap { zones.stated(in: $0) }
    }
  }

  /// True where its rows are entries.
  ///
  /// A table with a column of deadlines, or of days without times beside owners, lists what is to be done.
  var isTimeline: Bool {
    guard date != nil || time != nil else { return false }
    let words = header?.cells.flatMap { TimelineTable.words($0) } ?? []
    let isPlan = words.contains { ["due", "deadline", "eta", "target"].contains($0) }
    // `00:13` behind `Time to detect` is a length.
    let isFigures =
      !namesTimes
      && words.contains {
        ["metric", "metrics", "value", "duration", "elapsed", "length", "kpi", "sla"].contains($0)
      }
    let isTasks = words.contains { ["owner", "assignee", "ticket", "priority"].contains($0) }
    return !isPlan && !isFigures && (hasClockTimes || !isTasks)
  }

  static func words(_ cell: [UInt8]) -> [String] {
    cell.split(whereSeparator: { !$0.isLetter }).map {
      String(decoding: $0.map(\.lowercase), as: UTF8.self)
    }
  }

  private mutating func nameColumns() {
    for (column, cell) in (header?.cells ?? []).enumerated() {
      let words = TimelineTable.words(cell)
      // `Time to detect` is a figure.
      if words.contains("to") && words.contains("time") { continue }
      if words.contains(where: { ["end", "ended", "until", "finish", "finished"].contains($0) }) {
        end = end ?? column
      } else if words.contains(where: {
        ["time", "timestamp", "when", "hour", "start", "started", "clock", "datetime", "utc"]
          .contains($0)
      }) {
        time = time ?? column
      } else if words.contains("date") || words.contains("day") {
        date = date ?? column
      }
    }
    if end != nil, time == nil, date == nil { end = nil }
  }

  /// Columns that no header names are known by what their cells hold.
  private mutating func findTimes(_ zones: ZoneBook) {
    let sample = rows.prefix(200)
    let width = sample.map(\.cells.count).max() ?? 0
    func reads(_ column: Int, _ isTime: (WrittenLead) -> Bool) -> Int {
      sample.count { row in
        guard let cell = row.cells.element(column), cell.count <= 80 else { return false }
        let text = InlineText.plain(cell)
        guard let lead = LeadReader.read(text, zones, .cell), lead.end >= text.count else {
          return false
        }
        return isTime(lead)
      }
    }
    if time == nil, date == nil {
      let found = (0..<width).first { column in
        2 * reads(column) { $0.hasTime || $0.isUnreadable } > sample.count
      }
      time = found
    }
    let when = [time, date].compactMap(\.self)
    hasClockTimes = when.contains { reads($0, \.hasTime) > 0 }
    // A column called `Time` whose cells are no times at all says something else.
    if let column = time, reads(column, { $0.hasTime || $0.day != nil || $0.isUnreadable }) == 0,
      sample.contains(where: { $0.cells.element(column)?.isEmpty == false })
    {
      time = nil
    }
  }

  /// What a row says, without the cells that say when: the event, and in brackets what else it holds.
  func text(of row: Row) -> [UInt8] {
    let when = Set([date, time, end].compactMap(\.self))
    let columns = row.cells.indices.filter { !when.contains($0) && !row.cells[$0].isEmpty }
    guard columns.count > 1, let main = columns.first(where: { $0 == event }) ?? columns.first
    else {
      return columns.first.map { row.cells[$0] } ?? []
    }
    let others = columns.filter { $0 != main }.map { row.cells[$0] }
    return row.cells[main] + Array(" (".utf8) + Array(others.joined(separator: "; ".utf8))
      + [UInt8(ascii: ")")]
  }

  /// The column that says what happened: by its name, else the one that says most.
  private mutating func findEvent() {
    let when = Set([date, time, end].compactMap(\.self))
    let names: Set = [
      "event", "events", "what", "description", "happened", "details", "entry", "message", "action",
    ]
    event = header?.cells.indices.first { column in
      !when.contains(column)
        && TimelineTable.words(header?.cells[column] ?? []).contains { names.contains($0) }
    }
    guard event == nil else { return }
    let width = rows.prefix(200).map(\.cells.count).max() ?? 0
    event = (0..<width).filter { !when.contains($0) }.max { left, right in
      said(in: left) < said(in: right)
    }
  }

  private func said(in column: Int) -> Int {
    rows.prefix(200).reduce(0) { $0 + ($1.cells.element(column)?.count ?? 0) }
  }
}

extension Array {
  /// The element at a place where there is one.
  func element(_ index: Int) -> Element? {
    indices.contains(index) ? self[index] : nil
  }
}
