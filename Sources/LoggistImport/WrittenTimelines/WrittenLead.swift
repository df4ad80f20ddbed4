internal import LoggistModel

/// What opens an entry of a written timeline: its time, as far as it was written.
struct WrittenLead: Hashable {
  var day: ReadDay?
  var time: Clock?
  var zone: DocumentZone?
  var endDay: ReadDay?
  var endTime: Clock?
  /// Seconds behind the start of the incident: `T+5 min`.
  var elapsed: Int?
  var isApproximate = false
  /// Something stands for the time, and it is none: `--:--`, `2021-02-31 10:00`.
  var isUnreadable = false
  /// `At 14:05, the …`: a sentence may open so.
  var isNarrative = false
  /// What parts it from the text: two entries of one paragraph look alike.
  var separator: Separator = .none
  /// Where the text begins, and where the time ends.
  var end = 0
  var written = 0

  enum Separator: Hashable { case none, colon, dash, bracket, other }

  /// A time of day, on whatever clock.
  struct Clock: Hashable {
    var second: Int
    var milliseconds = 0
    var isTwelveHour = false
    /// `4:19`, not `04:19`.
    var isUnpadded = false
    /// `14:??`
    var isHourOnly = false
  }

  /// It says when, at least the day.
  var hasTime: Bool { time != nil || elapsed != nil }

  /// Two leads of the same shape.
  func looksLike(_ other: WrittenLead) -> Bool {
    (day != nil) == (other.day != nil) && (time != nil) == (other.time != nil)
      && separator == other.separator
  }
}

/// Reads the lead of a line, a heading or a cell.
struct LeadReader {
  enum Place { case line, cell }

  private var cursor: LineCursor
  private let words: [UInt8]
  private let zones: ZoneBook
  private let place: Place
  private var lead = WrittenLead()

  /// No lead is longer.
  private static let limit = 160

  static func read(_ text: [UInt8], _ zones: ZoneBook, _ place: Place = .line) -> WrittenLead? {
    guard mayOpen(text) else { return nil }
    var reader = LeadReader(text, zones, place)
    return reader.read()
  }

  private init(_ text: [UInt8], _ zones: ZoneBook, _ place: Place) {
    let bytes = text.count > LeadReader.limit ? Array(text.prefix(LeadReader.limit)) : text
    cursor = LineCursor(bytes)
    words = bytes.indices.map { index in
      // `Europe/Lagos` is one word, `UTC/16:05` is two.
      let isInside = index + 1 < bytes.count && bytes[index + 1].isLetter
      if bytes[index] == UInt8(ascii: "/") { return isInside ? bytes[index] : 0x20 }
      switch bytes[index] {
      case 0x28, 0x29, 0x5B, 0x5D, 0x3B, 0x7C: return 0x20
      default: return bytes[index]
      }
    }
    (self.zones, self.place) = (zones, place)
  }

  /// A digit stands near the front of every lead, or a mark for one.
  private static func mayOpen(_ text: [UInt8]) -> Bool {
    text.prefix(40).contains { $0.isDigit || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "-") }
      || text.prefix(20).contains { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ",") }
      || text.count <= 20
  }

  private mutating func read() -> WrittenLead? {
    cursor.skipSpaces()
    while cursor.take(anyOf: "*", "_") {}
    let close = cursor.take("[") ? "]" : cursor.take("(") ? ")" : nil
    qualify()
    guard elapsed() || absolute() || unreadable() else { return nil }
    qualifyBehind()
    lead.written = cursor.place
    if let close {
      cursor.skipSpaces()
      guard cursor.take(close) else { return nil }
      lead.separator = .bracket
    }
    while cursor.take(anyOf: "*", "_") {}
    guard isAtEnd else { return nil }
    separate()
    guard isEnough else { return nil }
    lead.end = cursor.place
    return lead
  }

  /// A word of a sentence does not go on here.
  private var isAtEnd: Bool {
    guard let byte = cursor.byte else { return true }
    return byte.isBlank || ":;,.|)-=>".utf8.contains(byte) || byte == 0xE2
  }

  /// A day without a time opens an entry only where something parts it from the text, or digits alone make it.
  private var isEnough: Bool {
    if place == .cell || lead.hasTime || lead.isUnreadable || lead.endDay != nil { return true }
    return lead.separator != .none
      || lead.day?.isDigits == true
        && lead.day?.isFull == true && !lead.isNarrative
  }
}

// MARK: Around the time

extension LeadReader {
  private mutating func qualify() {
    while let byte = cursor.byte, byte.isLetter || byte == UInt8(ascii: "~") || byte >= 0x80 {
      if cursor.take(anyOf: "~", "≈", "±") {
        lead.isApproximate = true
        cursor.skipSpaces()
        continue
      }
      let word = cursor.attempt { cursor -> String? in
        guard let word = cursor.word(), LeadReader.qualifiers.contains(word) else { return nil }
        _ = cursor.take(".")
        return cursor.skipSpaces() ? word : nil
      }
      switch word {
      case nil: return
      case "ca", "circa", "approx", "approximately": lead.isApproximate = true
      case "at", "on", "from", "between": lead.isNarrative = true
      default: (lead.isApproximate, lead.isNarrative) = (true, true)
      }
    }
  }

  /// Words before a time; all but the first four open a sentence.
  private static let qualifiers: Set<String> = [
    "ca", "circa", "approx", "approximately", "at", "on", "from", "between", "around", "about",
    "roughly", "before", "after", "by", "early", "late", "since", "until",
  ]

  /// `10:45~`, `14:05?`, `14:05ish`, `14:05 (approx.)`.
  private mutating func qualifyBehind() {
    guard let byte = cursor.byte, " ~?i-".utf8.contains(byte) else { return }
    let isMarked = cursor.attempt { cursor -> Bool? in
      if cursor.take(anyOf: "~", "?", "ish", "-ish") { return true }
      guard cursor.skipSpaces() else { return nil }
      if cursor.take("~"), cursor.isAtBoundary { return true }
      guard cursor.take("("), let word = cursor.word(),
        ["approx", "approximately", "approximate", "estimated", "ca", "circa"].contains(word)
      else { return nil }
      _ = cursor.take(".")
      return cursor.take(")") ? true : nil
    }
    if isMarked == true { lead.isApproximate = true }
  }

  /// One mark of punctuation, one dash or arrow.
  private mutating func separate() {
    cursor.skipBlanks()
    if let byte = cursor.byte, byte.isLetter || byte.isDigit { return }
    if cursor.take(anyOf: ":", ",", ".", ";") {
      if lead.separator == .none { lead.separator = .colon }
      cursor.skipBlanks()
      while cursor.take(anyOf: "**", "__") { cursor.skipBlanks() }
    }
    let isParted = cursor.attempt { cursor -> Bool? in
      guard cursor.take(anyOf: "=>", "->", "→", "–", "—", "|", "--", "-", ">", "=") else {
        return nil
      }
      return cursor.isAtBoundary || cursor.byte.map { $0.isLetter } == true ? true : nil
    }
    if isParted == true, lead.separator == .none { lead.separator = .dash }
    cursor.skipBlanks()
    if cursor.isAtEnd, lead.separator == .none { lead.separator = .other }
  }
}

// MARK: The time

extension LeadReader {
  private mutating func absolute() -> Bool {
    let start = cursor.place
    guard let first = cursor.byte, first.isDigit || first.isLetter else { return false }
    lead.day = ReadDay.read(&cursor)
    if lead.day != nil {
      let isParted = cursor.attempt { cursor -> Bool? in
        if cursor.take(anyOf: "T", "t") { return true }
        _ = cursor.take(",")
        guard cursor.skipSpaces() || cursor.starts(with: "|") else { return nil }
        _ = cursor.attempt {
          $0.take(anyOf: "at", "@", "-", "–", "|") && $0.skipSpaces() ? true : nil
        }
        return true
      }
      if isParted == true { qualify() }
      if isParted == true { lead.time = clock() }
      if lead.time == nil, isParted == true {
        if unknownTime() {
          lead.isUnreadable = true
        } else {
          cursor.place = start
          lead.day = ReadDay.read(&cursor)
        }
      }
    } else {
      lead.time = clock()
    }
    guard lead.day != nil || lead.time != nil else {
      cursor.place = start
      return false
    }
    if case .yearlessNumeric = lead.day?.day, lead.time == nil, place == .line { return false }
    if lead.time != nil {
      lead.zone = zone()
      skipOtherZones()
      if lead.day == nil { dayBehind() }
    }
    end()
    return true
  }

  private mutating func clock() -> WrittenLead.Clock? {
    if cursor.byte?.isLetter == true,
      let named = cursor.attempt({ cursor -> Int? in
        switch cursor.word() {
        case "noon", "midday": cursor.isAtBoundary || cursor.endsTime ? 12 * 3600 : nil
        case "midnight": cursor.isAtBoundary || cursor.endsTime ? 0 : nil
        default: nil
        }
      })
    {
      return WrittenLead.Clock(second: named)
    }
    guard cursor.byte?.isDigit == true else { return nil }
    if let partial = cursor.attempt({ LeadReader.hourOnly(&$0) }) { return partial }
    if let compact = compact() { return compact }
    let start = cursor.place
    let digits = cursor.bytes[start...].prefix { $0.isDigit }.count
    guard
      let time = cursor.attempt({ TimeOfDay.read(&$0) })
        ?? cursor.attempt({ LeadReader.otherClock(&$0) })
    else { return nil }
    if cursor.byte == UInt8(ascii: ",") {
      // `14:05:33,123` of a log.
      _ = cursor.attempt { cursor in
        cursor.take(",") && cursor.number(digits: 3...3) != nil ? true : nil
      }
    }
    _ = cursor.attempt { cursor -> Bool? in
      cursor.skipSpaces()
      guard let unit = cursor.word(), ["h", "hrs", "hours", "uhr"].contains(unit) else {
        return nil
      }
      return cursor.isAtBoundary || cursor.endsTime ? true : nil
    }
    return WrittenLead.Clock(
      second: time.second, milliseconds: time.milliseconds, isTwelveHour: time.isTwelveHour,
      isUnpadded: digits == 1)
  }

  /// `14.05`, `14h05`, `13:35 pm`, `24:00`.
  private static func otherClock(_ cursor: inout LineCursor) -> TimeOfDay? {
    guard let hour = cursor.number(digits: 1...2), hour <= 24 else { return nil }
    if cursor.take(":") {
      guard let minute = cursor.number(digits: 2...2), minute < 60 else { return nil }
      // The half of the day adds nothing to an hour above twelve.
      if hour > 12, hour < 24 {
        cursor.skipSpaces()
        guard let half = cursor.word(), half == "pm" || half == "am" else { return nil }
        return TimeOfDay(second: hour * 3600 + minute * 60)
      }
      return hour == 24 && minute == 0 ? TimeOfDay(second: 86_400) : nil
    }
    let isDot = cursor.take(".")
    guard isDot || cursor.take("h"), let minute = cursor.number(digits: 2...2), minute < 60,
      hour < 24
    else { return nil }
    if !isDot { return TimeOfDay(second: hour * 3600 + minute * 60) }
    // `14.05 - text` is a time, `14.05 users` is a number.
    var next = cursor
    next.skipSpaces()
    let isParted =
      next.isAtEnd || next.starts(with: "-") || next.starts(with: "–") || next.starts(with: ":")
    return isParted && next.byte != UInt8(ascii: ".")
      ? TimeOfDay(second: hour * 3600 + minute * 60) : nil
  }

  /// `1405Z`, `1405 UTC`, and `1405` in a cell.
  private mutating func compact() -> WrittenLead.Clock? {
    let (zones, words, place) = (zones, words, place)
    return cursor.attempt { cursor in
      guard let number = cursor.number(digits: 4...4), number / 100 < 24, number % 100 < 60 else {
        return nil
      }
      var behind = LineCursor(words, at: cursor.place)
      behind.skipSpaces()
      guard zones.read(&behind) != nil || (place == .cell && cursor.isAtEnd) else { return nil }
      return WrittenLead.Clock(second: number / 100 * 3600 + number % 100 * 60)
    }
  }

  /// `14:??`, `14:xx`, `14:--`.
  private static func hourOnly(_ cursor: inout LineCursor) -> WrittenLead.Clock? {
    guard let hour = cursor.number(digits: 1...2), hour < 24, cursor.byte == UInt8(ascii: ":"),
      cursor.place + 1 < cursor.bytes.count, !cursor.bytes[cursor.place + 1].isDigit,
      cursor.take(anyOf: ":??", ":xx", ":XX", ":--", ":__")
    else { return nil }
    return WrittenLead.Clock(second: hour * 3600, isHourOnly: true)
  }

  /// `--:--`, `??:??`, `xx:xx`; in a cell words too.
  private mutating func unknownTime() -> Bool {
    guard let byte = cursor.byte, place == .cell || "-?xX".utf8.contains(byte) else { return false }
    let place = place
    let isMark = cursor.attempt { cursor -> Bool? in
      if cursor.take(anyOf: "--:--", "??:??", "xx:xx", "XX:XX", "-:-", "--:-- ", "?:??", "??") {
        return true
      }
      guard place == .cell else { return nil }
      if cursor.take(anyOf: "?", "-", "–", "—", "…") { return cursor.isAtEnd ? true : nil }
      guard let word = cursor.word() else { return nil }
      return ["unknown", "tbd", "tba", "na", "n", "unclear", "none"].contains(word) ? true : nil
    }
    return isMark == true
  }

  private mutating func zone() -> DocumentZone? {
    let (zones, words) = (zones, words)
    return cursor.attempt { cursor in
      cursor.skipSpaces()
      let isInBrackets = cursor.take(anyOf: "(", "[")
      var behind = LineCursor(words, at: cursor.place)
      guard let zone = zones.read(&behind) else { return nil }
      cursor.place = behind.place
      if isInBrackets, !cursor.take(anyOf: ")", "]") { return nil }
      return zone
    }
  }

  /// `14:05 UTC / 16:05 CEST`, `14:05 UTC (16:05 CEST)`: the same moment once more.
  private mutating func skipOtherZones() {
    guard lead.zone != nil, cursor.byte == 0x20 || cursor.byte == UInt8(ascii: "/") else { return }
    let (zones, words) = (zones, words)
    while cursor.attempt({ cursor -> Bool? in
      cursor.skipSpaces()
      guard cursor.take(anyOf: "/", "|", "(") else { return nil }
      let isInBrackets = cursor.bytes[cursor.place - 1] == UInt8(ascii: "(")
      cursor.skipSpaces()
      guard TimeOfDay.read(&cursor) != nil else { return nil }
      cursor.skipSpaces()
      var behind = LineCursor(words, at: cursor.place)
      guard zones.read(&behind) != nil else { return nil }
      cursor.place = behind.place
      return !isInBrackets || cursor.take(")") ? true : nil
    }) == true {}
  }

  /// `14:05 UTC on 5 January`, `14:05, 5 Jan 2022`, `14:05 (5 January)`.
  private mutating func dayBehind() {
    lead.day = cursor.attempt { cursor in
      let isInBrackets = cursor.attempt { $0.skipSpaces() && $0.take("(") ? true : nil } == true
      if !isInBrackets {
        let isJoined = cursor.take(",")
        guard cursor.skipSpaces() else { return nil }
        guard cursor.attempt({ $0.take("on") && $0.skipSpaces() ? true : nil }) == true || isJoined
        else { return nil }
      }
      guard let day = ReadDay.read(&cursor), day.isFull || day.weekday != nil || day.isNamed,
        !isInBrackets || cursor.take(")")
      else { return nil }
      return cursor.isAtEnd || cursor.isAtBoundary || cursor.endsTime
        || cursor.byte == UInt8(ascii: ":")
        ? day : nil
    }
  }
}

extension ReadDay {
  /// A day of a month by its name.
  fileprivate var isNamed: Bool {
    if case .yearless = day { true } else { false }
  }
}

// MARK: Ends, distances and mistakes

extension LeadReader {
  /// `–14:20`, ` to 14:20 UTC`, ` - 2022-01-06 03:00`, and days where the start is one.
  private mutating func end() {
    var reader = self
    guard reader.readEnd() else { return }
    self = reader
  }

  private mutating func readEnd() -> Bool {
    let isSpaced = cursor.skipSpaces()
    guard let byte = cursor.byte, byte >= 0x80 || "-tua".utf8.contains(byte) else { return false }
    let isWord = isSpaced && cursor.take(anyOf: "to ", "until ", "till ", "and ", "through ")
    guard isWord || cursor.take(anyOf: "->", "-", "–", "—", "→") else { return false }
    while cursor.take(anyOf: "*", "_") {}
    cursor.skipSpaces()
    let start = cursor.place
    lead.endDay = ReadDay.read(&cursor)
    if let day = lead.endDay {
      guard lead.day != nil, day.isFull || lead.day?.isFull != true else { return false }
      if lead.time == nil {
        return cursor.isAtBoundary || isAtEnd || cursor.byte == UInt8(ascii: "*")
      }
      _ = cursor.take(anyOf: "T", ",")
      cursor.skipSpaces()
    }
    guard let time = lead.time, let end = clock() else { return false }
    guard lead.endDay != nil || end.isTwelveHour || isColonned(from: start) else { return false }
    lead.endTime = end
    // `8:45-9:10 pm`
    if end.isTwelveHour, !time.isTwelveHour, time.second < 13 * 3600 {
      let half = end.second >= 43_200 ? 43_200 : 0
      let morning = time.second % 43_200
      let later = morning + half <= end.second ? morning + half : morning
      lead.time?.second = later
      lead.time?.isTwelveHour = true
    }
    let zone = zone()
    lead.zone = lead.zone ?? zone
    if zone != nil { skipOtherZones() }
    return isAtEnd || cursor.byte == UInt8(ascii: "*") || cursor.byte == UInt8(ascii: "]")
  }

  private func isColonned(from start: Int) -> Bool {
    cursor.bytes[start..<cursor.place].contains(UInt8(ascii: ":"))
  }

  /// `T+5 min`, `T+00:05`, `T-10m`, `+5 min`, `+0:05`.
  private mutating func elapsed() -> Bool {
    let seconds = cursor.attempt { cursor -> Int? in
      guard cursor.byte == UInt8(ascii: "T") || cursor.byte == UInt8(ascii: "+") else { return nil }
      let isT = cursor.take("T")
      let isBefore = isT && cursor.take(anyOf: "-", "−")
      guard isBefore || cursor.take("+") else { return nil }
      cursor.skipSpaces()
      guard let number = cursor.number(digits: 1...4) else { return nil }
      var total = 0
      if cursor.take(":") {
        guard let minutes = cursor.number(digits: 2...2) else { return nil }
        total = number * 3600 + minutes * 60
        if cursor.take(":") { total += cursor.number(digits: 2...2) ?? 0 }
      } else {
        guard let first = LeadReader.unit(&cursor) ?? (isT ? 60 : nil) else { return nil }
        total = number * first
        if let more = cursor.attempt({ cursor -> Int? in
          cursor.skipSpaces()
          guard let number = cursor.number(digits: 1...4), let unit = LeadReader.unit(&cursor),
            unit < first
          else { return nil }
          return number * unit
        }) {
          total += more
        }
      }
      return isBefore ? -total : total
    }
    lead.elapsed = seconds
    guard seconds != nil else { return false }
    // `T+5 (14:05 UTC)`
    let start = cursor.place
    if cursor.skipSpaces(), cursor.take("("), let time = clock() {
      let zone = zone()
      if cursor.take(")") {
        (lead.time, lead.zone, lead.elapsed) = (time, zone, nil)
        return true
      }
    }
    cursor.place = start
    return true
  }

  private static func unit(_ cursor: inout LineCursor) -> Int? {
    cursor.attempt { cursor in
      cursor.skipSpaces()
      switch cursor.word() {
      case "s", "sec", "secs", "second", "seconds": return 1
      case "m", "min", "mins", "minute", "minutes": return 60
      case "h", "hr", "hrs", "hour", "hours": return 3600
      case "d", "day", "days": return 86_400
      default: return nil
      }
    }
  }

  /// A time that nobody knows, or a date or time that no calendar or clock shows: `2021-02-31 10:00`, `25:10`.
  private mutating func unreadable() -> Bool {
    let isUnknown = unknownTime()
    if !isUnknown {
      let isMistake = cursor.attempt { LeadReader.mistake(&$0) }
      guard isMistake == true else { return false }
      // The rest of it: `20202-01-16 12:00 CET`.
      _ = cursor.attempt { cursor -> Bool? in
        _ = cursor.take(anyOf: ",", "T")
        cursor.skipSpaces()
        return TimeOfDay.read(&cursor) != nil ? true : nil
      }
      _ = zone()
    }
    lead.isUnreadable = true
    return true
  }

  /// Digits set like a date or a time.
  private static func mistake(_ cursor: inout LineCursor) -> Bool? {
    let start = cursor.place
    func isPart(_ byte: UInt8) -> Bool { byte.isDigit || "-/.:?".utf8.contains(byte) }
    while let byte = cursor.byte, isPart(byte) { cursor.place += 1 }
    while cursor.place > start, ":.-".utf8.contains(cursor.bytes[cursor.place - 1]) {
      cursor.place -= 1
    }
    let token = cursor.bytes[start..<cursor.place]
    guard let first = token.first, first.isDigit || first == UInt8(ascii: "?") else { return nil }
    let groups = token.split(omittingEmptySubsequences: false) { !$0.isDigit && $0 != 0x3F }
    let marks = token.filter { !$0.isDigit && $0 != 0x3F }
    guard !groups.contains(where: \.isEmpty), let mark = marks.first,
      marks.allSatisfy({ $0 == mark })
    else { return nil }
    if mark == UInt8(ascii: ":") {
      return (2...3).contains(groups.count) && groups.allSatisfy { $0.count <= 3 } ? true : nil
    }
    let hasYear =
      groups.first.map { $0.count >= 4 } == true || groups.last.map { $0.count >= 4 } == true
    return groups.count == 3 && hasYear ? true : nil
  }
}
