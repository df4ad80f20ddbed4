internal import LoggistModel

/// Finds the timelines of a document and cuts them into entries; when each of them was is found out afterwards.
///
/// - Where headings or labels speak of a timeline, their sections are read and nothing else.
/// - Where none does, a list, a table or headings count that open with times of day, three of them at least; not
///   those of sections for other things (`Action items`).
struct TimelineReader {
  /// What stands in a timeline, in its order.
  enum Item {
    /// A section begins.
    case section
    case day(ReadDay, line: Int)
    case zone(DocumentZone)
    case entry(RawEntry)
  }

  let document: WrittenDocument
  let zones: ZoneBook
  /// Some section is called a timeline.
  let isNamed: Bool
  private(set) var items: [Item] = []
  /// Lines of a timeline that belong to no entry: prose below its end.
  private(set) var leftOver: [Int] = []

  private var sections: [(level: Int, name: SectionName)] = []
  private let titleLine: Int?
  /// `- **Timeline**:` and the indent of its bullet.
  private var label: (indent: Int, name: SectionName)?
  private var section = 0
  private var open: Open?
  private var last: WrittenLine?
  /// Prose behind an entry, which belongs to it where another follows.
  private var pending: [(line: Int, part: RawEntry.Part)] = []
  /// Items of a list before its first with a time.
  private var untimed: [(entry: RawEntry, indent: Int)] = []
  /// The indents at which this list has times.
  private var timedIndents: Set<Int> = []
  private var isCodeTimeline = false

  private struct Open {
    let item: Int
    let indent: Int
    let form: RawEntry.Form
    /// All that stands below belongs to it, down to a heading of this level.
    var level: Int?
    /// It has no text yet: the paragraph below is it.
    var isEmpty: Bool
    var isQuoted: Bool
  }

  /// A line of prose that is at least this long goes on in the next line rather than ends.
  private static let wrappedLength = 60

  init(_ document: WrittenDocument, _ zones: ZoneBook) {
    (self.document, self.zones) = (document, zones)
    let names = document.lines.compactMap { line in
      TimelineReader.name(of: line).map { (line.number, $0) }
    }
    let timelines = names.filter { $0.1 == .timeline }
    isNamed = !timelines.isEmpty
    // `# Timeline of the outage` over a `## Timeline` is only a title.
    let levels = timelines.map { TimelineReader.level(of: document.lines[$0.0 - 1]) }
    let isTitle =
      names.first?.0 == timelines.first?.0 && levels.dropFirst().contains { $0 > levels[0] }
    titleLine = isTitle ? timelines.first?.0 : nil
    read()
    if !isNamed { keepTimelines() }
    dropNarration()
  }

  private mutating func read() {
    let lines = document.lines
    var index = 0
    while index < lines.count {
      let line = lines[index]
      switch line.form {
      case .blank, .rule, .delimiter: break
      case .heading(let level): takeHeading(line, level)
      case .row:
        let end =
          lines[index...].firstIndex { $0.form != .row && $0.form != .delimiter } ?? lines.count
        takeTable(Array(lines[index..<end]))
        last = lines[end - 1]
        index = end
        continue
      case .code: takeCode(line)
      case .bullet: takeBullet(line)
      case .plain, .quote: takePlain(line)
      }
      last = line
      index += 1
    }
    closeSection()
  }
}

// MARK: Sections

extension TimelineReader {
  /// What a heading or a label says of its section; nil for lines that are neither.
  private static func name(of line: WrittenLine) -> SectionName? {
    switch line.form {
    case .heading: SectionName(InlineText.plain(line.content))
    case .plain: label(of: line)
    case .bullet: label(of: line).flatMap { $0 == .neutral ? nil : $0 }
    case .blank, .quote, .row, .delimiter, .code, .rule: nil
    }
  }

  /// A label stands below every heading.
  private static func level(of line: WrittenLine) -> Int {
    if case .heading(let level) = line.form { level } else { 7 }
  }

  /// `**Timeline**`, `Timeline:`, `TIMELINE`.
  private static func label(of line: WrittenLine) -> SectionName? {
    guard line.length <= 100, line.content.first?.isDigit != true else { return nil }
    let isBold = isWhollyBold(line.content)
    guard isBold || line.length <= 60 else { return nil }
    let plain = InlineText.plain(line.content)
    let isOpening = plain.last == UInt8(ascii: ":")
    guard isBold || isOpening || plain.last?.isWordPart == true else { return nil }
    let name = SectionName(plain)
    if isBold { return name }
    guard name != .neutral else { return nil }
    let words = plain.split(whereSeparator: { !$0.isWordPart }).count
    if isOpening, words <= 8, name != .neutral { return name }
    return name == .timeline && words <= 3 && !isOpening && plain.last?.isWordPart == true
      ? name : nil
  }

  /// `**Timeline**`, `**Timeline:**`, `__Timeline__:`
  private static func isWhollyBold(_ content: [UInt8]) -> Bool {
    let bare = content.last == UInt8(ascii: ":") ? Array(content.dropLast()) : content
    guard bare.count > 4, let mark = bare.first,
      mark == UInt8(ascii: "*") || mark == UInt8(ascii: "_"),
      bare[1] == mark, bare[bare.count - 1] == mark, bare[bare.count - 2] == mark
    else { return false }
    let inside = bare[2..<(bare.count - 2)]
    return !zip(inside, inside.dropFirst()).contains { $0 == mark && $1 == mark }
  }

  /// Whether entries are read here.
  private var isAllowed: Bool {
    if let label {
      switch label.name {
      case .timeline: return true
      case .foreign: return false
      case .prose, .neutral: break
      }
    }
    guard isNamed else { return !sections.contains { $0.name == .foreign } }
    for index in sections.indices.reversed() {
      switch sections[index].name {
      case .timeline: return true
      case .foreign: return false
      case .neutral: continue
      case .prose:
        // `### Detection` below `## Timeline` is a phase; below a title it is another section.
        guard sections[..<index].dropFirst().contains(where: { $0.name == .timeline }) else {
          return false
        }
      }
    }
    return false
  }

  private mutating func enter(_ level: Int, _ name: SectionName, _ text: [UInt8], _ line: Int) {
    closeSection()
    sections.removeAll { $0.level >= level }
    sections.append((level, line == titleLine ? .neutral : name))
    label = nil
    begin(text, line)
  }

  private mutating func begin(_ text: [UInt8], _ line: Int) {
    section += 1
    guard isAllowed else { return }
    items.append(.section)
    if let zone = zones.stated(in: text) { items.append(.zone(zone)) }
    if let day = ReadDay.all(in: text).first(where: \.isFull) {
      items.append(.day(day, line: line))
    }
  }

  private mutating func closeSection() {
    endList()
    leftOver += pending.map(\.line)
    (pending, open) = ([], nil)
  }

  private mutating func takeHeading(_ line: WrittenLine, _ level: Int) {
    let text = InlineText.plain(line.content, document.definitions)
    if isAllowed, let lead = LeadReader.read(text, zones) {
      if lead.hasTime || lead.isUnreadable && isNamed {
        return begin(line, lead, .heading, level: level)
      }
      if let day = lead.day, SectionName(text) == .neutral {
        endList()
        leftOver += pending.map(\.line)
        (pending, open) = ([], nil)
        // `Day 2 (6 January 2022)`
        let full = day.isFull ? day : ReadDay.all(in: text).first(where: \.isFull)
        items.append(.day(full ?? day, line: line.number))
        if let zone = lead.zone ?? zones.stated(in: text) { items.append(.zone(zone)) }
        return
      }
    }
    let name = SectionName(text)
    if let open, let own = open.level, own < level, name != .foreign, name != .timeline {
      return goOn(open.item, line.content, after: 0x0A)
    }
    enter(level, name, text, line.number)
  }
}

// MARK: Entries

extension TimelineReader {
  private mutating func begin(
    _ line: WrittenLine, _ lead: WrittenLead, _ form: RawEntry.Form, level: Int? = nil
  ) {
    attachPending()
    if form == .bullet {
      releaseUntimed(at: line.indent)
      timedIndents.insert(line.indent)
    } else {
      endList()
    }
    let plain = TimelineReader.front(of: line)
    let isEmpty = lead.end >= plain.count
    var entry = RawEntry(line: line.number, form: form, lead: lead)
    let written = plain[..<min(lead.written, plain.count)].drop { "[(*_ ".utf8.contains($0) }
    entry.written = Array(written).trimmed
    entry.parts = [.prose(line.content)]
    (entry.hasLead, entry.indent, entry.section) = (true, line.indent, section)
    open = Open(
      item: items.count, indent: line.indent, form: form, level: level, isEmpty: isEmpty,
      isQuoted: line.isQuoted)
    items.append(.entry(entry))
  }

  /// The beginning of a line as plain text: no lead is longer.
  private static func front(of line: WrittenLine) -> [UInt8] {
    InlineText.plain(line.content.count > 600 ? Array(line.content.prefix(600)) : line.content)
  }

  private mutating func attachPending() {
    if let open {
      for item in pending { add(item.part, to: open.item) }
    } else {
      leftOver += pending.map(\.line)
    }
    pending = []
  }

  private mutating func add(_ part: RawEntry.Part, to item: Int) {
    guard case .entry(var entry) = items[item] else { return }
    items[item] = .section
    switch part {
    case .prose(let text): entry.add(text, after: 0x0A)
    case .code: entry.parts.append(part)
    }
    items[item] = .entry(entry)
  }

  private mutating func goOn(_ item: Int, _ text: [UInt8], after separator: UInt8) {
    guard case .entry(var entry) = items[item] else { return }
    // Not twice in memory: a long entry would be copied with each of its lines.
    items[item] = .section
    entry.add(text, after: separator)
    items[item] = .entry(entry)
  }

  private mutating func takeCode(_ line: WrittenLine) {
    guard isAllowed else { return }
    if !pending.isEmpty {
      pending.append((line.number, .code(line.content)))
    } else if let open, open.form != .plain || !isCodeTimeline {
      add(.code(line.content), to: open.item)
    } else {
      // A timeline that somebody set in a fence.
      isCodeTimeline = true
      takePlain(line)
    }
  }

  private mutating func takePlain(_ line: WrittenLine) {
    if let name = TimelineReader.label(of: line),
      LeadReader.read(TimelineReader.front(of: line), zones) == nil
    {
      if open?.level == nil || name != .neutral {
        return enter(7, name, InlineText.plain(line.content), line.number)
      }
    }
    guard isAllowed else { return }
    let opensParagraph =
      last.map {
        $0.form == .blank || $0.form != line.form && !($0.form == .bullet) || $0.breaksHard
      } ?? true
    let text = TimelineReader.front(of: line)
    if let lead = LeadReader.read(text, zones),
      mayBegin(line, lead, isWhole: lead.end >= text.count, opensParagraph: opensParagraph)
    {
      if lead.isOnlyDay, lead.end >= text.count, let day = lead.day {
        closeSection()
        items.append(.day(day, line: line.number))
        return
      }
      if lead.hasTime || isNamed && lead.end < text.count {
        let isHeading = TimelineReader.isWhollyBold(line.content)
        return begin(line, lead, .plain, level: isHeading ? 7 : nil)
      }
    }
    if opensParagraph || open == nil, state(line) { return }
    goOn(line, opensParagraph: opensParagraph)
  }

  /// Whether a line with a time is an entry and not the rest of the sentence before it.
  private func mayBegin(
    _ line: WrittenLine, _ lead: WrittenLead, isWhole: Bool, opensParagraph: Bool
  ) -> Bool {
    let isWrapped = (last?.length ?? 0) >= TimelineReader.wrappedLength
    // A line that is nothing but a day.
    if isWhole, lead.isOnlyDay, !isWrapped || opensParagraph { return true }
    if !isNamed, lead.isNarrative || lead.isUnreadable { return false }
    // A paragraph that opens with a day only tells of it.
    if lead.day != nil, !lead.hasTime, !lead.isUnreadable, !isNamed {
      return lead.day?.isFull == true
    }
    if let open, open.isQuoted != line.isQuoted, line.isQuoted { return false }
    if opensParagraph { return open?.level == nil || !lead.isNarrative }
    guard let open, case .entry(let entry) = items[open.item], let before = entry.lead else {
      return !lead.isNarrative
    }
    if !pending.isEmpty || lead.isNarrative { return false }
    return lead.looksLike(before)
      && (lead.separator != .none || !isWrapped || lead.day?.isFull == true)
      || !isWrapped && open.form != .bullet
  }

  /// A line that says which zone or which day holds: `All times in PST, on February 8th 2019`.
  private mutating func state(_ line: WrittenLine) -> Bool {
    guard open?.level == nil else { return false }
    let text = TimelineReader.front(of: line)
    let days = line.length <= 200 ? ReadDay.all(in: text).filter(\.isFull) : []
    guard ZoneBook.speaksOfTimes(text), let zone = zones.stated(in: text) else {
      if open == nil, days.count == 1 { items.append(.day(days[0], line: line.number)) }
      return false
    }
    items.append(.zone(zone))
    if let day = days.first { items.append(.day(day, line: line.number)) }
    return true
  }

  /// A line without a time of its own.
  private mutating func goOn(_ line: WrittenLine, opensParagraph: Bool) {
    if !untimed.isEmpty, !opensParagraph || line.indent > (untimed.last?.indent ?? 0) {
      untimed[untimed.count - 1].entry.add(line.content, after: opensParagraph ? 0x0A : 0x20)
      return
    }
    guard let open else {
      endList()
      return
    }
    let isBroken = last?.breaksHard == true
    let isInside =
      open.level != nil || open.isEmpty || line.indent > open.indent
      || line.isQuoted
    if !opensParagraph || isBroken && last?.form != .blank {
      if pending.isEmpty {
        goOn(open.item, line.content, after: isBroken ? 0x0A : 0x20)
      } else {
        pending.append((line.number, .prose(line.content)))
      }
    } else if isInside, pending.isEmpty {
      goOn(open.item, line.content, after: open.isEmpty && open.level == nil ? 0x20 : 0x0A)
    } else {
      pending.append((line.number, .prose(line.content)))
    }
    if open.isEmpty, open.level == nil { self.open?.isEmpty = false }
  }
}

// MARK: Lists

extension TimelineReader {
  private mutating func takeBullet(_ line: WrittenLine) {
    if let label, line.indent <= label.indent { self.label = nil }
    let text = TimelineReader.front(of: line)
    let lead = LeadReader.read(text, zones)
    if lead == nil, let name = TimelineReader.label(of: line), name != .neutral {
      closeSection()
      label = (line.indent, name)
      return begin(text, line.number)
    }
    guard isAllowed else { return }
    if let lead, isNamed || !lead.isNarrative && !lead.isUnreadable {
      if lead.isOnlyDay, lead.end >= text.count, let day = lead.day {
        attachPending()
        (open, timedIndents) = (nil, [])
        items.append(.day(day, line: line.number))
        return
      }
      if lead.hasTime || isNamed || lead.day?.isFull == true {
        return begin(line, lead, .bullet)
      }
    }
    takeUntimed(line)
  }

  /// An item without a time: more of the entry above it, or one among others that have times.
  private mutating func takeUntimed(_ line: WrittenLine) {
    let text = TimelineReader.front(of: line)
    if open == nil, ZoneBook.speaksOfTimes(text), let zone = zones.stated(in: text) {
      items.append(.zone(zone))
      return
    }
    let item = (line.marker.isEmpty ? [UInt8(ascii: "-")] : line.marker) + [0x20] + line.content
    guard let open else {
      if let last = untimed.last, line.indent > last.indent {
        untimed[untimed.count - 1].entry.add(item, after: 0x0A)
      } else {
        untimed.append((undated(line), line.indent))
      }
      return
    }
    if open.form == .bullet, open.level == nil {
      if timedIndents.contains(line.indent) {
        attachPending()
        self.open = Open(
          item: items.count, indent: line.indent, form: .bullet, level: nil, isEmpty: false,
          isQuoted: line.isQuoted)
        items.append(.entry(undated(line)))
        return
      }
      if line.indent < timedIndents.min() ?? 0 {
        leftOver += pending.map(\.line)
        (pending, self.open, timedIndents) = ([], nil, [])
        untimed.append((undated(line), line.indent))
        return
      }
    }
    if pending.isEmpty {
      goOn(open.item, item, after: 0x0A)
    } else {
      pending.append((line.number, .prose(item)))
    }
  }

  private func undated(_ line: WrittenLine) -> RawEntry {
    var entry = RawEntry(line: line.number, form: .bullet, lead: nil)
    entry.parts = [.prose(line.content)]
    (entry.indent, entry.section) = (line.indent, section)
    return entry
  }

  /// The items before the first with a time belong to the same list as it.
  private mutating func releaseUntimed(at indent: Int) {
    for item in untimed where item.indent == indent { items.append(.entry(item.entry)) }
    untimed = []
  }

  /// A list without a single time in front may have them behind: `Database down (14:05)`.
  private mutating func endList() {
    defer { (untimed, timedIndents) = ([], []) }
    guard isNamed, untimed.count > 1, isAllowed else { return }
    let found = untimed.map { item -> TrailingTime? in
      guard case .prose(let text)? = item.entry.parts.first else { return nil }
      return TrailingTime.read(InlineText.plain(text, document.definitions), zones)
    }
    guard 2 * found.count(where: { $0 != nil }) >= found.count, found.contains(where: { $0 != nil })
    else { return }
    for (item, time) in zip(untimed, found) {
      var entry = item.entry
      (entry.lead, entry.written, entry.isTrailing) = (time?.lead, time?.written ?? [], time != nil)
      items.append(.entry(entry))
    }
  }
}

// MARK: Tables

extension TimelineReader {
  private mutating func takeTable(_ lines: [WrittenLine]) {
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

  private func entry(of row: TimelineTable.Row, in table: TimelineTable) -> RawEntry {
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

// MARK: What was no timeline

extension TimelineReader {
  /// Without a section that is called a timeline, one is known by its times: three in a section at least.
  private mutating func keepTimelines() {
    var timed: [Int: Int] = [:]
    for case .entry(let entry) in items where entry.lead?.hasTime == true {
      timed[entry.section, default: 0] += entry.form == .bullet || entry.form == .plain ? 2 : 3
    }
    // A note without any heading may be short.
    let needed = sections.isEmpty ? 4 : 6
    items.removeAll { item in
      if case .entry(let entry) = item { (timed[entry.section] ?? 0) < needed } else { false }
    }
  }

  /// `At 14:05 the site went down` opens a paragraph; it is an entry only where nothing else lists the times.
  private mutating func dropNarration() {
    var listed: Set<Int> = []
    for case .entry(let entry) in items
    where entry.form != .plain || entry.lead?.isNarrative == false {
      listed.insert(entry.section)
    }
    var dropped: [Int] = []
    items.removeAll { item in
      guard case .entry(let entry) = item, entry.form == .plain, entry.lead?.isNarrative == true,
        listed.contains(entry.section)
      else { return false }
      dropped.append(entry.line)
      return true
    }
    leftOver += dropped
  }
}

extension WrittenLead {
  /// A day and nothing else.
  var isOnlyDay: Bool { day != nil && !hasTime && !isUnreadable && endDay == nil }
}
