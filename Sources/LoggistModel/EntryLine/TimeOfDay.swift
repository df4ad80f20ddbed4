/// A time of day as somebody wrote it, on a 12-hour or a 24-hour clock.
package struct TimeOfDay: Sendable, Hashable {
  /// Since midnight.
  package var second: Int
  package var milliseconds = 0
  /// With `am` or `pm`; `12 am` is midnight, and so is the `0:15 am` that some people write.
  package var isTwelveHour = false

  package init(second: Int, milliseconds: Int = 0, isTwelveHour: Bool = false) {
    (self.second, self.milliseconds) = (second, milliseconds)
    self.isTwelveHour = isTwelveHour
  }

  /// `20:45`, `20:45:30.250`, `8:45 pm`, `8pm`, `2045h`.
  package static func read(_ cursor: inout LineCursor) -> TimeOfDay? {
    if let compact = cursor.attempt({ hoursAndMinutes(&$0) }) { return TimeOfDay(second: compact) }
    guard let hour = cursor.number(digits: 1...2) else { return nil }
    var (minute, second, milliseconds, isBare) = (0, 0, 0, true)
    if cursor.take(":") {
      guard let read = cursor.number(digits: 2...2) else { return nil }
      (minute, isBare) = (read, false)
      if let read = cursor.attempt({ $0.take(":") ? $0.number(digits: 2...2) : nil }) {
        second = read
        milliseconds = cursor.attempt { fraction(&$0) } ?? 0
      }
    }
    guard minute < 60, second < 60 else { return nil }
    if let isAfternoon = cursor.attempt({ halfOfDay(&$0) }) {
      guard (isAfternoon ? 1 : 0)...12 ~= hour else { return nil }
      return TimeOfDay(
        second: (hour % 12 + (isAfternoon ? 12 : 0)) * 3600 + minute * 60 + second,
        milliseconds: milliseconds, isTwelveHour: true)
    }
    guard !isBare, hour < 24 else { return nil }
    return TimeOfDay(second: hour * 3600 + minute * 60 + second, milliseconds: milliseconds)
  }

  private static func hoursAndMinutes(_ cursor: inout LineCursor) -> Int? {
    guard let number = cursor.number(digits: 4...4), number / 100 < 24, number % 100 < 60,
      let unit = cursor.word(), unit == "h" || unit == "hrs"
    else { return nil }
    return number / 100 * 3600 + number % 100 * 60
  }

  private static func fraction(_ cursor: inout LineCursor) -> Int? {
    guard cursor.take("."), cursor.byte?.isDigit == true else { return nil }
    var (number, weight) = (0, 100)
    while let digit = cursor.byte, digit.isDigit {
      number += Int(digit - 0x30) * weight
      weight /= 10
      cursor.place += 1
    }
    return number
  }

  /// True for `pm`; also `8:45 pm`, `8:45PM`, `8:45 p.m.`.
  private static func halfOfDay(_ cursor: inout LineCursor) -> Bool? {
    cursor.skipSpaces()
    guard let letter = cursor.byte.map({ $0 | 0x20 }),
      letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p")
    else { return nil }
    cursor.place += 1
    let hasDots = cursor.take(".")
    guard cursor.take(anyOf: "m", "M") else { return nil }
    if hasDots { _ = cursor.take(".") }
    if let next = cursor.byte, next.isLetter || next.isDigit || next >= 0x80 { return nil }
    return letter == UInt8(ascii: "p")
  }
}
