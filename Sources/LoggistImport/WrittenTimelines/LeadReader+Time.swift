internal import LoggistModel

extension LeadReader {
  mutating func absolute() -> Bool {
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

  mutating func clock() -> WrittenLead.Clock? {
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
  mutating func unknownTime() -> Bool {
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

  mutating func zone() -> DocumentZone? {
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
  mutating func skipOtherZones() {
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
