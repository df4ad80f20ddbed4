internal import LoggistModel

extension LeadReader {
  /// `–14:20`, ` to 14:20 UTC`, ` - 2022-01-06 03:00`, and days where the start is one.
  mutating func end() {
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
  mutating func elapsed() -> Bool {
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

  static func unit(_ cursor: inout LineCursor) -> Int? {
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
  mutating func unreadable() -> Bool {
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
