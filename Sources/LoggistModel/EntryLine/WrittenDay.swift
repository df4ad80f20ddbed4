/// Reads a day as people write it, in English or in digits.
///
/// `2022-01-05`, `2022/01/05`, `05.01.2022`, `05-01-2022` (the day first, unless only the month can be), `5 Jan`,
/// `5 January 2022`, `Jan 5th, 2022`, `Wed 5 Jan 2022`, `mon`, `Monday`, `yesterday`, `today`, `tomorrow`.
enum WrittenDay {
  static func read(_ cursor: inout LineCursor) -> WrittenTime.Day? {
    cursor.attempt { digits(&$0) } ?? cursor.attempt { words(&$0) }
  }

  /// `2022-01-05`, `05.01.2022`.
  private static func digits(_ cursor: inout LineCursor) -> WrittenTime.Day? {
    if let year = cursor.attempt({ $0.number(digits: 4...4) }) {
      for separator in ["-", "/"] where cursor.take(separator) {
        guard let month = cursor.number(digits: 2...2), cursor.take(separator),
          let day = cursor.number(digits: 2...2)
        else { return nil }
        return CivilDate(year: year, month: month, day: day).map { .date($0) }
      }
      return nil
    }
    guard let first = cursor.number(digits: 1...2) else { return nil }
    for separator in [".", "-", "/"] where cursor.take(separator) {
      guard let second = cursor.number(digits: 1...2), cursor.take(separator),
        let year = cursor.number(digits: 4...4)
      else { return nil }
      // `05/01/2022` is another day on each side of an ocean; with strokes only a clear one is read.
      if separator == "/", first <= 12, second <= 12, first != second { return nil }
      let date =
        CivilDate(year: year, month: second, day: first)
        ?? CivilDate(year: year, month: first, day: second)
      return date.map { .date($0) }
    }
    return nil
  }

  /// `yesterday`, `mon`, `5 Jan 2022`, `Wed, Jan 5th`.
  private static func words(_ cursor: inout LineCursor) -> WrittenTime.Day? {
    let name = cursor.attempt { $0.word() }
    switch name {
    case "yesterday": return .yesterday
    case "today": return .today
    case "tomorrow": return .tomorrow
    default: break
    }
    if let weekday = name.flatMap(weekday(named:)) {
      let date = cursor.attempt { cursor -> WrittenTime.Day? in
        _ = cursor.take(anyOf: ",", ".")
        guard cursor.skipSpaces() else { return nil }
        if let date = cursor.attempt({ digits(&$0) }) { return date }
        let month = cursor.word()
        return dayAndMonth(&cursor, month: month)
      }
      return date ?? .weekday(weekday)
    }
    return dayAndMonth(&cursor, month: name)
  }
}

extension WrittenDay {
  /// `5 Jan 2022` where no word was read yet, else what stands behind the month in `Jan 5, 2022`.
  private static func dayAndMonth(_ cursor: inout LineCursor, month name: String?) -> WrittenTime
    .Day?
  {
    let (month, day): (Int, Int)
    if let name {
      guard let named = self.month(named: name) else { return nil }
      _ = cursor.take(".")
      guard cursor.skipSpaces(), let number = ordinal(&cursor) else { return nil }
      (month, day) = (named, number)
    } else {
      guard let number = ordinal(&cursor), cursor.skipSpaces(),
        let named = cursor.word().flatMap(self.month(named:))
      else { return nil }
      (month, day) = (named, number)
      _ = cursor.attempt { $0.take(".") && !$0.isAtEnd ? true : nil }
    }
    let year = cursor.attempt { cursor -> Int? in
      _ = cursor.take(",")
      guard cursor.skipSpaces(), let year = cursor.number(digits: 4...4),
        // `5 Jan 2045h` ends in a time of day.
        cursor.byte.map({ !$0.isLetter && $0 != UInt8(ascii: ":") }) ?? true
      else { return nil }
      return year
    }
    if let year { return CivilDate(year: year, month: month, day: day).map { .date($0) } }
    // Any day that some year has.
    return CivilDate(year: 2000, month: month, day: day) == nil
      ? nil : .yearless(month: month, day: day)
  }

  /// `5`, `5th`, `23rd`.
  private static func ordinal(_ cursor: inout LineCursor) -> Int? {
    guard let number = cursor.number(digits: 1...2) else { return nil }
    _ = cursor.attempt { cursor in
      cursor.word().flatMap { ["st", "nd", "rd", "th"].contains($0) ? true : nil }
    }
    return number
  }

  /// `jan`, `january`, `sept`.
  private static func month(named word: String) -> Int? {
    if word == "sept" { return 9 }
    return CivilDate.monthNames.firstIndex { isName(word, of: $0) }.map { $0 + 1 }
  }

  /// `mon`, `monday`, `thurs`.
  private static func weekday(named word: String) -> Weekday? {
    switch word {
    case "tues": .tuesday
    case "thur", "thurs": .thursday
    default: Weekday.allCases.first { isName(word, of: $0.name) }
    }
  }

  /// The whole name or its first three letters.
  private static func isName(_ word: String, of name: String) -> Bool {
    let name = name.lowercased()
    return word == name || (word.utf8.count == 3 && name.hasPrefix(word))
  }
}
