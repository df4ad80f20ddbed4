internal import LoggistModel

extension TimelineReader {
  mutating func takeTable(_ lines: [WrittenLine]) {
    guard isAllowed else { return }
    let hasHeader = lines.count > 1 && lines[1].form == .delimiter
    let rows = lines.filter { $0.form == .row }
      .map { TimelineTable.Row(line: $0.number, cells: $0.cells) }
    let table = TimelineTable(
      header: hasHeader ? rows.first : nil, rows: hasHeader ? Array(rows.dropFirst()) : rows, zones)
    guard table.isTimeline, isNamed || table.hasClockTimes && table.namesTimes else {
      if let open, open.level != nil {
        for line in lines { add(.code(line.content), to: open.item) }
      }
      return
    }
    attachPending()
    endList()
    open = nil
    for row in table.rows where row.cells.contains(where: { !$0.isEmpty }) {
      items.append(.entry(entry(of: row, in: table)))
    }
  }

  func entry(of row: TimelineTable.Row, in table: TimelineTable) -> RawEntry {
    func cell(_ column: Int?) -> [UInt8] {
      column.flatMap { row.cells.element($0) }.map { InlineText.plain($0).trimmed } ?? []
    }
    var entry = RawEntry(line: row.line, form: .row, lead: nil)
    entry.parts = [.prose(table.text(of: row))]
    (entry.zone, entry.section) = (table.zone, section)
    let (date, time, end) = (cell(table.date), cell(table.time), cell(table.end))
    entry.written = Array([date, time].filter { !$0.isEmpty }.joined(separator: [0x20]))
    if !end.isEmpty { entry.written += Array(" – ".utf8) + end }
    if entry.written.isEmpty { return entry }
    var lead = WrittenLead()
    if !time.isEmpty, let read = whole(time) {
      lead = read
    } else {
      lead.isUnreadable = !time.isEmpty
    }
    if !date.isEmpty {
      if let read = whole(date), let day = read.day {
        lead.day = lead.day ?? day
        lead.time = lead.time ?? read.time
        lead.zone = lead.zone ?? read.zone
      } else if lead.day == nil {
        lead.isUnreadable = true
      }
    }
    if !end.isEmpty, let read = whole(end), lead.time != nil {
      (lead.endTime, lead.endDay) = (read.time, read.day)
    }
    entry.lead = lead
    return entry
  }

  /// A cell that is a time and nothing else.
  private func whole(_ cell: [UInt8]) -> WrittenLead? {
    guard let lead = LeadReader.read(cell, zones, .cell) else { return nil }
    return lead.end >= cell.count ? lead : nil
  }
}
