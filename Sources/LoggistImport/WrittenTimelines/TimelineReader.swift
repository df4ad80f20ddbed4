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
  var items: [Item] = []
  /// Lines of a timeline that belong to no entry: prose below its end.
  var leftOver: [Int] = []

  var sections: [(level: Int, name: SectionName)] = []
  let titleLine: Int?
  /// `- **Timeline**:` and the indent of its bullet.
  var label: (indent: Int, name: SectionName)?
  var section = 0
  var open: Open?
  var last: WrittenLine?
  /// Prose behind an entry, which belongs to it where another follows.
  var pending: [(line: Int, part: RawEntry.Part)] = []
  /// Items of a list before its first with a time.
  var untimed: [(entry: RawEntry, indent: Int)] = []
  /// The indents at which this list has times.
  var timedIndents: Set<Int> = []
  var isCodeTimeline = false

  struct Open {
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
  static let wrappedLength = 60

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

  mutating func read() {
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
