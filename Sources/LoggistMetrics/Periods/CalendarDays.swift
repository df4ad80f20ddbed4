import LoggistModel

/// Whole days of the calendar: a year, a quarter, a month, a week, a day.
struct CalendarDays: Sendable, Hashable {
  var first: CivilDate
  /// The day behind the last one.
  var end: CivilDate
  let unit: Unit

  enum Unit: Sendable, Hashable { case year, quarter, month, week, day }

  init?(_ text: Substring) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count <= 3, parts[0].utf8.count == 4, let year = CalendarDays.number(parts[0]),
      let newYear = CivilDate(year: year, month: 1, day: 1)
    else { return nil }
    if parts.count == 1 {
      (first, end) = (newYear, CalendarDays.months(12, after: newYear))
      unit = .year
    } else if parts.count == 3 {
      guard let day = CivilDate(text) else { return nil }
      (first, end) = (day, day.adding(days: 1))
      unit = .day
    } else if parts[1].first == "Q", parts[1].utf8.count == 2,
      let quarter = CalendarDays.number(parts[1].dropFirst()), (1...4).contains(quarter)
    {
      first = CalendarDays.months(3 * (quarter - 1), after: newYear)
      end = CalendarDays.months(3, after: first)
      unit = .quarter
    } else if parts[1].first == "W", parts[1].utf8.count == 3,
      let week = CalendarDays.number(parts[1].dropFirst()), week >= 1
    {
      first = CalendarDays.firstMonday(of: newYear).adding(days: 7 * (week - 1))
      end = first.adding(days: 7)
      unit = .week
      // The week belongs to the year of its Thursday (ISO 8601): a common year has no week 53.
      guard first.adding(days: 3).year == year else { return nil }
    } else if parts[1].utf8.count == 2, let month = CalendarDays.number(parts[1]),
      let start = CivilDate(year: year, month: month, day: 1)
    {
      (first, end) = (start, CalendarDays.months(1, after: start))
      unit = .month
    } else {
      return nil
    }
  }

  /// The Monday of ISO week 1, the week with 4 January in it.
  private static func firstMonday(of newYear: CivilDate) -> CivilDate {
    let fourth = newYear.adding(days: 3)
    return fourth.adding(days: -fourth.weekday.rawValue)
  }

  /// The first of a month some months later.
  static func months(_ count: Int, after date: CivilDate) -> CivilDate {
    var next = date
    for _ in 0..<count {
      next = next.adding(days: CivilDate.daysIn(month: next.month, year: next.year))
    }
    return next
  }

  /// Digits alone: `Int` would take a sign.
  private static func number(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }
}
