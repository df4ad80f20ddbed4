internal import LoggistModel

/// A day as a document names it, as far as it does.
enum NamedDay: Hashable {
  case date(CivilDate)
  /// `08-01-2026`, where either number can be the month.
  case numeric(Int, Int, year: Int)
  case yearless(month: Int, day: Int)
  case yearlessNumeric(Int, Int)
  case weekday(Weekday)
  /// `next day`, `the following day`.
  case following
  /// `Day 2`.
  case number(Int)
}

/// A day, and the weekday that stands beside it.
struct ReadDay: Hashable {
  var day: NamedDay
  var weekday: Weekday?
  /// Written in digits alone: no sentence opens so.
  var isDigits = false
  /// Where its numbers can only be read in one order: `28-11-2024`.
  var order: DayOrder.Order?

  /// With its year, or needing none.
  var isFull: Bool {
    switch day {
    case .date, .numeric: true
    case .yearless, .yearlessNumeric, .weekday, .following, .number: false
    }
  }
}

extension ReadDay {
  static func read(_ cursor: inout LineCursor) -> ReadDay? {
    if cursor.byte?.isDigit == true {
      let start = cursor.place
      // `14:05` is none.
      let number = cursor.bytes[start...].prefix { $0.isDigit }
      if number.endIndex < cursor.bytes.count, cursor.bytes[number.endIndex] == UInt8(ascii: ":") {
        return nil
      }
      if let day = cursor.attempt({ digits(&$0) }) {
        return ReadDay(day: day, isDigits: true, order: order(cursor.bytes[start..<cursor.place]))
      }
      return cursor.attempt { dayAndMonth(&$0) }.map { ReadDay(day: $0) }
    }
    return mayOpen(cursor) ? cursor.attempt { words(&$0) } : nil
  }

  /// The first three letters of every word that a day opens with; most words are none.
  private static let openings: Set<Int> = Set(
    (CivilDate.monthNames + Weekday.allCases.map(\.name) + ["the", "next", "following", "day"])
      .map { opening(Array($0.utf8.prefix(3))[...]) })

  private static func opening(_ letters: ArraySlice<UInt8>) -> Int {
    letters.reduce(0) { $0 << 8 | Int($1 | 0x20) }
  }

  private static func mayOpen(_ cursor: LineCursor) -> Bool {
    let (place, bytes) = (cursor.place, cursor.bytes)
    guard place + 3 <= bytes.count else { return false }
    return openings.contains(opening(bytes[place..<place + 3]))
  }

  /// `2022-01-05`, `2022/1/5`, `20220105`, `05.01.2022`, `5/1/22`, `09-Jul-2020`, `5/1`.
  private static func digits(_ cursor: inout LineCursor) -> NamedDay? {
    if let number = cursor.attempt({ $0.number(digits: 8...8) }) {
      guard (1980...2199).contains(number / 10_000) else { return nil }
      return CivilDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
        .map { .date($0) }
    }
    if let year = cursor.attempt({ $0.number(digits: 4...4) }) {
      guard let separator = cursor.separator, cursor.take(separator),
        let month = cursor.number(digits: 1...2), cursor.take(separator),
        let day = cursor.number(digits: 1...2)
      else { return nil }
      return CivilDate(year: year, month: month, day: day).map { .date($0) }
    }
    guard let first = cursor.number(digits: 1...2), let separator = cursor.separator,
      cursor.take(separator)
    else { return nil }
    if separator == "-", let month = cursor.attempt({ $0.word().flatMap(month(named:)) }) {
      guard cursor.take("-"), let year = year(&cursor, isShort: true) else { return nil }
      return CivilDate(year: year, month: month, day: first).map { .date($0) }
    }
    guard let second = cursor.number(digits: 1...2) else { return nil }
    guard cursor.attempt({ $0.take(separator) ? true : nil }) == true else {
      let isDay = (1...31).contains(max(first, second)) && (1...12).contains(min(first, second))
      return separator == "/" && isDay ? .yearlessNumeric(first, second) : nil
    }
    guard let year = year(&cursor, isShort: true) else { return nil }
    return numeric(first, second, year: year)
  }

  /// The order of `28-11-2024` and `11/28/2024`; nil for every other form.
  private static func order(_ written: ArraySlice<UInt8>) -> DayOrder.Order? {
    let numbers = written.split(whereSeparator: { !$0.isDigit })
      .compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    guard numbers.count >= 2, numbers[0] <= 31, numbers[1] <= 31 else { return nil }
    return numbers[0] > 12 ? .dayFirst : numbers[1] > 12 ? .monthFirst : nil
  }

  /// A date where only one order of day and month is possible, else both numbers.
  private static func numeric(_ first: Int, _ second: Int, year: Int) -> NamedDay? {
    let dayFirst = CivilDate(year: year, month: second, day: first)
    let monthFirst = CivilDate(year: year, month: first, day: second)
    if let dayFirst, let monthFirst, dayFirst != monthFirst {
      return .numeric(first, second, year: year)
    }
    return (dayFirst ?? monthFirst).map { .date($0) }
  }

  private static func year(_ cursor: inout LineCursor, isShort: Bool) -> Int? {
    if let year = cursor.attempt({ $0.number(digits: 4...4) }) { return year }
    guard isShort, let year = cursor.number(digits: 2...2), cursor.byte != UInt8(ascii: "."),
      cursor.byte != UInt8(ascii: ":")
    else { return nil }
    return 2000 + year
  }
}

extension ReadDay {
  /// `Wed 5 Jan 2022`, `January 5th, 2022`, `Monday`, `next day`, `Day 2`.
  private static func words(_ cursor: inout LineCursor) -> ReadDay? {
    let start = cursor.place
    guard var word = cursor.word() else { return nil }
    if word == "the", cursor.skipSpaces() { word = cursor.word() ?? "" }
    switch word {
    case "next", "following":
      guard cursor.skipSpaces(), let unit = cursor.word(), unit == "day" || unit == "morning"
      else { return nil }
      return ReadDay(day: .following)
    case "day":
      guard cursor.skipSpaces(), let number = cursor.number(digits: 1...2), number > 0 else {
        return nil
      }
      return ReadDay(day: .number(number))
    default: break
    }
    if let weekday = weekday(named: word) {
      let date = cursor.attempt { cursor -> ReadDay? in
        _ = cursor.take(anyOf: ",", ".")
        guard cursor.skipSpaces() else { return nil }
        _ = cursor.attempt { $0.take("the") && $0.skipSpaces() ? true : nil }
        guard let read = ReadDay.read(&cursor), read.weekday == nil else { return nil }
        switch read.day {
        case .weekday, .following, .number: return nil
        case .date, .numeric, .yearless, .yearlessNumeric:
          return ReadDay(day: read.day, weekday: weekday, isDigits: read.isDigits)
        }
      }
      return date ?? ReadDay(day: .weekday(weekday))
    }
    cursor.place = start
    return dayAndMonth(&cursor).map { ReadDay(day: $0) }
  }

  /// `5 Jan 2022`, `3rd of August`, `3. August 2023`, `Jan 5, 2022`, `Sep 27 2017`.
  private static func dayAndMonth(_ cursor: inout LineCursor) -> NamedDay? {
    let (month, day): (Int, Int)
    if let name = cursor.attempt({ $0.word() }) {
      guard let named = self.month(named: name) else { return nil }
      _ = cursor.take(".")
      cursor.skipSpaces()
      guard let number = ordinal(&cursor) else { return nil }
      (month, day) = (named, number)
    } else {
      guard let number = ordinal(&cursor) else { return nil }
      _ = cursor.take(".")
      guard cursor.skipSpaces() else { return nil }
      _ = cursor.attempt { $0.take("of") && $0.skipSpaces() ? true : nil }
      guard let named = cursor.word().flatMap(self.month(named:)) else { return nil }
      (month, day) = (named, number)
      _ = cursor.attempt { $0.take(".") && !$0.isAtEnd ? true : nil }
    }
    let year = cursor.attempt { cursor -> Int? in
      _ = cursor.take(",")
      guard cursor.skipSpaces(), let year = cursor.number(digits: 4...4), (1900...2199) ~= year,
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

  /// `5`, `5th`, `23rd`; not the hour of `Jan 5:30`.
  private static func ordinal(_ cursor: inout LineCursor) -> Int? {
    guard let number = cursor.number(digits: 1...2), cursor.byte != UInt8(ascii: ":") else {
      return nil
    }
    _ = cursor.attempt { cursor in
      cursor.word().flatMap { ["st", "nd", "rd", "th"].contains($0) ? true : nil }
    }
    return number
  }

  private static func month(named word: String) -> Int? {
    if word == "sept" { return 9 }
    guard word.utf8.count >= 3 else { return nil }
    return names.months.firstIndex { $0 == word || (word.utf8.count == 3 && $0.hasPrefix(word)) }
      .map { $0 + 1 }
  }

  private static func weekday(named word: String) -> Weekday? {
    switch word {
    case "tues": return .tuesday
    case "weds": return .wednesday
    case "thur", "thurs": return .thursday
    default: break
    }
    guard word.utf8.count >= 3 else { return nil }
    return names.weekdays.firstIndex { $0 == word || (word.utf8.count == 3 && $0.hasPrefix(word)) }
      .map { Weekday.allCases[$0] }
  }

  /// In lower case, once.
  private static let names = (
    months: CivilDate.monthNames.map { $0.lowercased() },
    weekdays: Weekday.allCases.map { $0.name.lowercased() }
  )
}

extension LineCursor {
  /// What parts the numbers of a date.
  fileprivate var separator: String? {
    switch byte {
    case UInt8(ascii: "-"): "-"
    case UInt8(ascii: "/"): "/"
    case UInt8(ascii: "."): "."
    default: nil
    }
  }
}

extension ReadDay {
  /// The days that stand anywhere in a passage, in its order.
  static func all(in bytes: [UInt8]) -> [ReadDay] {
    var (days, place): ([ReadDay], Int) = ([], 0)
    while place < bytes.count {
      let isStart = place == 0 || !bytes[place - 1].isWordPart
      let mayOpen = bytes[place].isDigit || bytes[place].isLetter
      var cursor = LineCursor(bytes, at: place)
      if isStart, mayOpen, let day = ReadDay.read(&cursor), cursor.byte?.isWordPart != true {
        days.append(day)
        place = cursor.place
      } else {
        // On to the end of this word.
        repeat { place += 1 } while place < bytes.count && mayOpen && bytes[place].isWordPart
      }
    }
    return days
  }
}
