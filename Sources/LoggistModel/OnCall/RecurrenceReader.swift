/// Reads `FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20221231T235959Z` (RFC 5545, 3.3.10).
struct RecurrenceReader {
  private let line: CalendarLine
  private let start: CalendarTime

  init(_ line: CalendarLine, start: CalendarTime) {
    (self.line, self.start) = (line, start)
  }

  func recurrence() throws(CalendarMistake) -> Recurrence {
    var recurrence = Recurrence(unit: .day)
    var hasUnit = false
    for part in line.value.uppercased().split(separator: ";") {
      let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2 else { throw unknown(String(part)) }
      switch sides[0] {
      case "FREQ":
        switch sides[1] {
        case "DAILY": recurrence.unit = .day
        case "WEEKLY": recurrence.unit = .week
        default: throw unknown(String(part))
        }
        hasUnit = true
      case "INTERVAL": recurrence.interval = try number(sides[1], part)
      case "COUNT": recurrence.count = try number(sides[1], part)
      case "UNTIL": recurrence.until = try until(sides[1], part)
      case "BYDAY":
        for name in sides[1].split(separator: ",") {
          recurrence.weekdays.insert(try weekday(name, part))
        }
      case "WKST": recurrence.firstWeekday = try weekday(sides[1][...], part)
      default: throw unknown(String(part))
      }
    }
    if !hasUnit { throw unknown("a rule without FREQ") }
    return recurrence
  }

  private func unknown(_ part: some StringProtocol) -> CalendarMistake {
    CalendarMistake(line: line.number, problem: .unknownRule(String(part)))
  }

  private func number(_ text: String, _ part: Substring) throws(CalendarMistake) -> Int {
    guard let number = Int(text), (1...100_000).contains(number) else { throw unknown(part) }
    return number
  }

  /// The end of a day where it names no time.
  private func until(_ text: String, _ part: Substring) throws(CalendarMistake) -> Instant {
    guard let time = CalendarTime(text, zone: start.zone) else { throw unknown(part) }
    let last =
      time.isDay ? CivilDateTime(date: time.civil.date, secondOfDay: 86_399) : time.civil
    return time.zone.instant(of: last)
  }

  private func weekday(
    _ name: Substring, _ part: Substring
  ) throws(CalendarMistake) -> Weekday {
    let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    guard let place = names.firstIndex(of: String(name)), let day = Weekday(rawValue: place) else {
      throw unknown(part)
    }
    return day
  }
}
