internal import LoggistModel

extension TimelineReader {
  /// What a heading or a label says of its section; nil for lines that are neither.
  static func name(of line: WrittenLine) -> SectionName? {
    switch line.form {
    case .heading: SectionName(InlineText.plain(line.content))
    case .plain: label(of: line)
    case .bullet: label(of: line).flatMap { $0 == .neutral ? nil : $0 }
    case .blank, .quote, .row, .delimiter, .code, .rule: nil
    }
  }

  /// A label stands below every heading.
  static func level(of line: WrittenLine) -> Int {
    if case .heading(let level) = line.form { level } else { 7 }
  }

  /// `**Timeline**`, `Timeline:`, `TIMELINE`.
  static func label(of line: WrittenLine) -> SectionName? {
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
  static func isWhollyBold(_ content: [UInt8]) -> Bool {
    let bare = content.last == UInt8(ascii: ":") ? Array(content.dropLast()) : content
    guard bare.count > 4, let mark = bare.first,
      mark == UInt8(ascii: "*") || mark == UInt8(ascii: "_"),
      bare[1] == mark, bare[bare.count - 1] == mark, bare[bare.count - 2] == mark
    else { return false }
    let inside = bare[2..<(bare.count - 2)]
    return !zip(inside, inside.dropFirst()).contains { $0 == mark && $1 == mark }
  }

  /// Whether entries are read here.
  var isAllowed: Bool {
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

  mutating func enter(_ level: Int, _ name: SectionName, _ text: [UInt8], _ line: Int) {
    closeSection()
    sections.removeAll { $0.level >= level }
    sections.append((level, line == titleLine ? .neutral : name))
    label = nil
    begin(text, line)
  }

  mutating func begin(_ text: [UInt8], _ line: Int) {
    section += 1
    guard isAllowed else { return }
    items.append(.section)
    if let zone = zones.stated(in: text) { items.append(.zone(zone)) }
    if let day = ReadDay.all(in: text).first(where: \.isFull) {
      items.append(.day(day, line: line))
    }
  }

  mutating func closeSection() {
    endList()
    leftOver += pending.map(\.line)
    (pending, open) = ([], nil)
  }

  mutating func takeHeading(_ line: WrittenLine, _ level: Int) {
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
