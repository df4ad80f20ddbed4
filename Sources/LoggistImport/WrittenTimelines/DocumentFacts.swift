internal import LoggistModel

/// What a document says of its timeline outside of it: the title, the day, the zone.
struct DocumentFacts {
  private(set) var title: String?
  /// The day of times without one, and where it stands.
  private(set) var base: (day: CivilDate, source: Source, line: Int)?
  /// Its two numbers, where either could be the month.
  private(set) var baseNumbers: ReadDay?
  /// The year that stands alone most often: `Outages of 2022`.
  private(set) var year: Int?
  /// Days of equal weight that differ from it.
  private(set) var rivals: [(day: CivilDate, line: Int)] = []
  /// Said of all times, or of one in the prose.
  private(set) var zone: (zone: DocumentZone, isSaidOfAll: Bool, line: Int)?
  /// Every day of the document, for the order of day and month.
  private(set) var days: [ReadDay] = []

  enum Source: Int, Hashable, Comparable {
    case title, field, name, prose, frontMatter

    static func < (left: Source, right: Source) -> Bool { left.rawValue < right.rawValue }
  }

  /// What a document says of all its times stands near its beginning.
  private static let limit = 5000

  private var years: [Int: Int] = [:]
  private var found: [(read: ReadDay, source: Source, line: Int)] = []

  init(_ document: WrittenDocument, name: String, _ zones: ZoneBook) {
    takeFrontMatter(document)
    var (isBelowDate, hasHeading, firstLine): (Bool, Bool, [UInt8]?) = (false, false, nil)
    for line in document.lines.prefix(DocumentFacts.limit) {
      let isProse: Bool
      switch line.form {
      case .blank, .code, .rule, .delimiter: continue
      case .heading(let level):
        let text = InlineText.plain(line.content, document.definitions)
        take(text, hasHeading ? .prose : .title, line.number)
        if !hasHeading, title == nil, level == 1 || SectionName(text) != .timeline {
          title = text.text
        }
        (hasHeading, isBelowDate) = (true, DocumentFacts.isDateField(text[...]))
        continue
      case .plain, .bullet, .quote, .row: isProse = line.form != .row
      }
      if firstLine == nil { firstLine = line.content }
      let colon = line.content.prefix(40).firstIndex {
        $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "|")
      }
      let isField =
        isBelowDate || colon.map { DocumentFacts.isDateField(line.content[..<$0]) } ?? false
      if colon.map({ DocumentFacts.isOtherField(line.content[..<$0]) }) != true {
        take(line.content, isField ? .field : .prose, line.number)
      }
      if isProse { takeZone(line, zones) }
    }
    takeTitle(hasHeading: hasHeading, firstLine, zones)
    take(Array(name.utf8), .name, 1)
    days = found.map(\.read)
    year = years.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  private mutating func take(_ text: [UInt8], _ source: Source, _ line: Int) {
    guard text.contains(where: \.isDigit) else { return }
    // A day is a rough thing to look for in a passage of megabytes.
    let text = text.count > 20_000 ? Array(text.prefix(20_000)) : text
    for word in text.split(whereSeparator: { !$0.isWordPart }) where word.count == 4 {
      guard let year = Int(String(decoding: word, as: UTF8.self)), (1990...2099) ~= year else {
        continue
      }
      years[year, default: 0] += 1
    }
    for day in ReadDay.all(in: text) { found.append((day, source, line)) }
  }

  private mutating func takeFrontMatter(_ document: WrittenDocument) {
    for field in document.frontMatter {
      if field.name == "title" {
        title = InlineText.plain(field.value).text
        take(field.value, .title, field.line)
      } else if field.name == "date" {
        take(field.value, .frontMatter, field.line)
      }
    }
  }

  /// The first line of a text without headings, unless a time opens it.
  private mutating func takeTitle(hasHeading: Bool, _ line: [UInt8]?, _ zones: ZoneBook) {
    guard title == nil, !hasHeading, let line, line.count <= 120 else { return }
    let text = InlineText.plain(line)
    guard LeadReader.read(text, zones)?.hasTime != true, TrailingTime.read(text, zones) == nil,
      text.last?.isWordPart == true,
      text.firstIndex(of: UInt8(ascii: ":")).map({ DocumentFacts.isDateField(text[..<$0]) }) != true
    else { return }
    title = text.text
  }

  /// `Date`, `Incident date`, `Start`, `When`.
  private static func isDateField(_ name: ArraySlice<UInt8>) -> Bool {
    let words = TimelineTable.words(Array(name))
    guard words.count <= 4, !name.contains(where: \.isDigit), !isOtherField(name) else {
      return false
    }
    return words.contains {
      ["date", "dates", "day", "start", "started", "began", "when", "occurred"].contains($0)
    }
  }

  /// When the document was written says nothing of when the incident was.
  private static func isOtherField(_ name: ArraySlice<UInt8>) -> Bool {
    guard name.count <= 40 else { return false }
    let words = TimelineTable.words(Array(name))
    return words.contains {
      ["created", "modified", "updated", "published", "review", "reviewed", "due", "posted"]
        .contains($0)
    }
  }
}

// MARK: Zone

extension DocumentFacts {
  private mutating func takeZone(_ line: WrittenLine, _ zones: ZoneBook) {
    if zone?.isSaidOfAll == true { return }
    let text = line.content
    if ZoneBook.speaksOfTimes(text), DocumentFacts.speaksOfAll(text),
      let stated = zones.stated(in: text)
    {
      zone = (stated, true, line.number)
    } else if zone == nil, let stated = DocumentFacts.zoneBehindTime(text, zones) {
      zone = (stated, false, line.number)
    }
  }

  private static func speaksOfAll(_ line: [UInt8]) -> Bool {
    TimelineTable.words(line).contains { ["times", "timestamps", "timezone"].contains($0) }
  }

  /// The zone of a time in the prose: `from 16:58 to 18:46 UTC`.
  private static func zoneBehindTime(_ line: [UInt8], _ zones: ZoneBook) -> DocumentZone? {
    guard line.contains(UInt8(ascii: ":")) else { return nil }
    let words = ZoneBook.words(line.count > 20_000 ? Array(line.prefix(20_000)) : line)
    for place in words.indices
    where words[place].isDigit && (place == 0 || words[place - 1].isBlank) {
      var cursor = LineCursor(words, at: place)
      guard TimeOfDay.read(&cursor) != nil, cursor.skipSpaces(), let zone = zones.read(&cursor)
      else { continue }
      return zone
    }
    return nil
  }
}

// MARK: Day

extension DocumentFacts {
  /// Finds the day of times without one; the timeline's first own day where nothing else names one.
  mutating func settle(_ order: DayOrder, first: (day: ReadDay, line: Int)?) {
    let dated = found.compactMap { item in
      DocumentFacts.date(item.read, order).map { (day: $0, source: item.source, line: item.line) }
    }
    let titled = found.first { $0.source == .title && $0.read.isNamedDay }
    if let best = dated.map(\.source).min(), best == .title || titled == nil {
      choose(dated.filter { $0.source == best }, best)
    } else if let titled, case .yearless(let month, let day) = titled.read.day {
      // `Outage on the 3rd of August`, and the year elsewhere.
      let years = dated.filter { $0.day.month == month && $0.day.day == day }
      let year = (years.first ?? dated.first)?.day.year
      base = year.flatMap { CivilDate(year: $0, month: month, day: day) }
        .map { ($0, .title, titled.line) }
    }
    if base == nil, let first, let day = DocumentFacts.date(first.day, order) {
      base = (day, .prose, first.line)
    }
  }

  private mutating func choose(
    _ days: [(day: CivilDate, source: Source, line: Int)], _ source: Source
  ) {
    var counts: [CivilDate: Int] = [:]
    for item in days { counts[item.day, default: 0] += 1 }
    // In prose the day that is named most; elsewhere the first.
    let most = counts.values.max() ?? 0
    guard let chosen = days.first(where: { source != .prose || counts[$0.day] == most }) else {
      return
    }
    base = (chosen.day, source, chosen.line)
    baseNumbers =
      found.first { item in
        guard case .numeric = item.read.day else { return false }
        return item.line == chosen.line && item.source == source
      }?.read
    rivals = days.filter { $0.day != chosen.day }.map { ($0.day, $0.line) }
  }

  private static func date(_ read: ReadDay, _ order: DayOrder) -> CivilDate? {
    switch read.day {
    case .date(let date): date
    case .numeric(let first, let second, let year): order.date(first, second, year: year)
    case .yearless, .yearlessNumeric, .weekday, .following, .number: nil
    }
  }
}

extension ReadDay {
  fileprivate var isNamedDay: Bool {
    if case .yearless = day { true } else { false }
  }
}
