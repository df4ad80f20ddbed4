package import LoggistModel

extension Period {
  /// The period of the same sort before it: `2022-01` has `2021-12`, and `FROM..TO` has as many days up to FROM.
  package var previous: Period? { neighbour(-1) }

  /// The period of the same sort behind it.
  package var next: Period? { neighbour(1) }

  /// The month of a moment: `2022-01`.
  package static func month(of moment: Instant, in zone: Zone) -> Period {
    let date = zone.civil(moment).date
    let first = date.adding(days: 1 - date.day)
    return Period(
      label: CalendarDays.Unit.month.label(first), from: zone.startOfDay(first),
      to: zone.startOfDay(CalendarDays.months(1, after: first)), zone: zone)
  }

  /// Nil at either end of the calendar.
  private func neighbour(_ direction: Int) -> Period? {
    if let days = CalendarDays(label[...]) {
      let date =
        direction > 0 ? days.end : days.unit.first(of: days.first.adding(days: -1))
      guard (1...9999).contains(date.year) else { return nil }
      return Period(days.unit.label(date), in: zone)
    }
    // Whole days stay whole days where the clocks change; anything else is shifted by its length.
    let (from, to) = (zone.civil(start), zone.civil(end))
    if zone.startOfDay(from.date) == start, zone.startOfDay(to.date) == end {
      let length = (to.date.dayNumber - from.date.dayNumber) * direction
      let (first, last) = (from.date.adding(days: length), to.date.adding(days: length))
      guard first.year >= 1, last.year <= 9999 else { return nil }
      return Period("\(first)..\(last)", in: zone)
    }
    let length = TimeSpan(milliseconds: (end - start).milliseconds * Int64(direction))
    return Period("\(zone.timestamp(start + length))..\(zone.timestamp(end + length))", in: zone)
  }
}

extension CalendarDays.Unit {
  /// The first day of the unit that a day lies in.
  func first(of date: CivilDate) -> CivilDate {
    let month = date.adding(days: 1 - date.day)
    switch self {
    case .day: return date
    case .week: return date.adding(days: -date.weekday.rawValue)
    case .month: return month
    case .quarter: return back((date.month - 1) % 3, from: month)
    case .year: return back(date.month - 1, from: month)
    }
  }

  private func back(_ months: Int, from first: CivilDate) -> CivilDate {
    var date = first
    for _ in 0..<months {
      let last = date.adding(days: -1)
      date = last.adding(days: 1 - last.day)
    }
    return date
  }

  /// How the unit that begins with a day is written.
  func label(_ first: CivilDate) -> String {
    let day = first.description
    switch self {
    case .day: return day
    case .month: return String(day.prefix(7))
    case .quarter: return "\(day.prefix(4))-Q\((first.month + 2) / 3)"
    case .year: return String(day.prefix(4))
    case .week:
      // The week belongs to the year of its Thursday (ISO 8601), of which it is the n-th.
      let thursday = first.adding(days: 3)
      let start = thursday.adding(days: 1 - thursday.day)
      let newYear = CalendarDays.Unit.year.back(thursday.month - 1, from: start)
      let week = (thursday.dayNumber - newYear.dayNumber) / 7 + 1
      return "\(thursday.description.prefix(4))-W\(twoDigits(week))"
    }
  }
}
