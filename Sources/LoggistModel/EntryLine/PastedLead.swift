/// What opens a pasted line: a time, or a day whose time nobody knows, and the text behind it.
struct PastedLead {
  enum When: Hashable {
    case time(WrittenTime)
    /// `2019-12-03 --:--`, or a day with no time at all.
    case day(CivilDate)
  }

  let when: When
  let text: [UInt8]

  var isTime: Bool {
    if case .time = when { true } else { false }
  }

  /// The time that opens a line, set in `*`, `_`, backticks or brackets or not, and what parts it from the text:
  /// `20:45 - text`, `20:45: text`, `20:45 | text`, `8:20 - 8:24 text`.
  static func read(_ line: [UInt8], in context: EntryLineContext) -> PastedLead? {
    let lines = [line, PastedLine.withoutMark(line)].compactMap(\.self)
    for bytes in lines {
      if let time = EntryLine.leadingTime(bytes, context) {
        var (time, cursor) = (time, LineCursor(bytes, at: time.end))
        if time.untilSecond == nil { time.untilSecond = cursor.attempt { spacedEnd(&$0) } }
        return PastedLead(when: .time(time), text: textBehind(&cursor))
      }
    }
    for bytes in lines {
      var cursor = LineCursor(bytes)
      if case .date(let date) = WrittenDay.read(&cursor),
        cursor.endsTime || cursor.starts(with: " ")
      {
        _ = cursor.attempt {
          $0.skipSpaces() && $0.take(anyOf: "--:--", "??:??", "xx:xx") ? true : nil
        }
        let text = textBehind(&cursor)
        // A line that is nothing but a day names the day of those below.
        return text.isEmpty ? nil : PastedLead(when: .day(date), text: text)
      }
    }
    return nil
  }

  /// ` - 8:24`, with its minutes.
  private static func spacedEnd(_ cursor: inout LineCursor) -> Int? {
    guard cursor.skipSpaces(), cursor.take(anyOf: "-", "–", "—"), cursor.skipSpaces() else {
      return nil
    }
    let start = cursor.place
    guard let end = TimeOfDay.read(&cursor), cursor.endsTime,
      cursor.bytes[start..<cursor.place].contains(UInt8(ascii: ":"))
    else { return nil }
    return end.second
  }

  /// The text without one colon, one dash and one pipe in front of it.
  private static func textBehind(_ cursor: inout LineCursor) -> [UInt8] {
    cursor.skipBlanks()
    _ = cursor.take(anyOf: ":", ",", ".")
    cursor.skipBlanks()
    _ = cursor.attempt { $0.take(anyOf: "-", "–", "—", "|") && $0.isAtBoundary ? true : nil }
    cursor.skipBlanks()
    return Array(cursor.bytes[min(cursor.place, cursor.bytes.count)...])
  }
}

extension PastedLead {
  /// The day that a line names and nothing else: `2019-01-22`, `Wednesday 5 January 2022:`, `5 January`.
  static func onlyDay(_ line: [UInt8]) -> WrittenTime.Day? {
    for bytes in [line, PastedLine.withoutMark(line)].compactMap(\.self) {
      var cursor = LineCursor(bytes)
      _ = cursor.attempt { $0.word() == "date" && $0.take(":") && $0.skipSpaces() ? true : nil }
      guard let day = WrittenDay.read(&cursor) else { continue }
      _ = cursor.take(anyOf: ":", ".", ",")
      guard cursor.isAtEnd else { continue }
      switch day {
      case .date, .yearless: return day
      case .weekday, .yesterday, .today, .tomorrow: continue
      }
    }
    return nil
  }

  /// The first day with its year that stands anywhere in a line.
  static func statedDate(_ line: [UInt8]) -> CivilDate? {
    for place in wordStarts(line) {
      var cursor = LineCursor(line, at: place)
      if case .date(let date) = WrittenDay.read(&cursor) { return date }
    }
    return nil
  }

  /// The first zone that stands anywhere in a line: `(times in CEST)`.
  static func statedZone(_ line: [UInt8], in context: EntryLineContext) -> WrittenZone? {
    let words = line.map { "(),;/|[]".utf8.contains($0) ? 0x20 : $0 }
    for place in wordStarts(words) where words[place].isLetter {
      var cursor = LineCursor(words, at: place)
      if let zone = WrittenZone.read(&cursor, own: context.zone) { return zone }
    }
    return nil
  }

  static func speaksOfTimes(_ line: [UInt8]) -> Bool {
    wordStarts(line).contains { place in
      var cursor = LineCursor(line, at: place)
      _ = cursor.take("(")
      return ["time", "times", "timezone"].contains(cursor.word())
    }
  }

  private static func wordStarts(_ line: [UInt8]) -> [Int] {
    line.indices.filter { $0 == 0 || line[$0 - 1].isBlank }
  }
}
