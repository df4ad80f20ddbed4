package import LoggistModel

/// A stretch of calendar time in a zone, from its start up to but without its end.
package struct Period: Sendable, Hashable {
  /// As it was asked for: `2026-Q3`.
  package let label: String
  package let start: Instant
  package let end: Instant
  package let zone: Zone

  package init(label: String, from start: Instant, to end: Instant, zone: Zone) {
    (self.label, self.start, self.end, self.zone) = (label, start, end, zone)
  }

  package func contains(_ instant: Instant) -> Bool { start <= instant && instant < end }

  package var from: Timestamp { zone.timestamp(start) }
  package var to: Timestamp { zone.timestamp(end) }
}

extension Period {
  /// Reads a year `2026`, a quarter `2026-Q3`, a month `2026-11`, an ISO week `2026-W47`, a day `2026-11-22`, and
  /// `FROM..TO` of any two of these or of timestamps.
  ///
  /// `FROM..TO` runs from the start of FROM to the start of TO, without TO itself: `2026-11-01..2026-12-01` is
  /// November. Nil where it is none of these, or would be empty.
  package init?(_ text: some StringProtocol, in zone: Zone) {
    let label = String(text)
    if let dots = Period.dots(in: label) {
      guard let start = Period.instant(label[..<dots.lowerBound], zone),
        let end = Period.instant(label[dots.upperBound...], zone), start < end
      else { return nil }
      self.init(label: label, from: start, to: end, zone: zone)
    } else {
      guard let days = CalendarDays(label[...]) else { return nil }
      self.init(
        label: label, from: zone.startOfDay(days.first), to: zone.startOfDay(days.end), zone: zone)
    }
  }

  private static func dots(in text: String) -> Range<String.Index>? {
    var place = text.startIndex
    while place < text.endIndex {
      let next = text.index(after: place)
      if text[place] == ".", next < text.endIndex, text[next] == "." {
        return place..<text.index(after: next)
      }
      place = next
    }
    return nil
  }

  /// The start of a day or longer, or the instant of a timestamp with its offset.
  private static func instant(_ text: Substring, _ zone: Zone) -> Instant? {
    CalendarDays(text).map { zone.startOfDay($0.first) } ?? Timestamp(text)?.instant
  }
}

extension Zone {
  /// When a day begins: midnight, or the moment to which the clocks jump where they skip midnight.
  package func startOfDay(_ date: CivilDate) -> Instant {
    switch read(CivilDateTime(date: date, secondOfDay: 0)) {
    case .once(let timestamp): timestamp.instant
    case .skipped(let before, _): before.instant
    case .repeated(let first, _): first.instant
    }
  }
}

/// Whole days of the calendar: a year, a quarter, a month, a week, a day.
private struct CalendarDays {
  var first: CivilDate
  /// The day behind the last one.
  var end: CivilDate

  init?(_ text: Substring) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count <= 3, parts[0].utf8.count == 4, let year = CalendarDays.number(parts[0]),
      let newYear = CivilDate(year: year, month: 1, day: 1)
    else { return nil }
    if parts.count == 1 {
      (first, end) = (newYear, CalendarDays.months(12, after: newYear))
    } else if parts.count == 3 {
      guard let day = CivilDate(text) else { return nil }
      (first, end) = (day, day.adding(days: 1))
    } else if parts[1].first == "Q", parts[1].utf8.count == 2,
      let quarter = CalendarDays.number(parts[1].dropFirst()), (1...4).contains(quarter)
    {
      first = CalendarDays.months(3 * (quarter - 1), after: newYear)
      end = CalendarDays.months(3, after: first)
    } else if parts[1].first == "W", parts[1].utf8.count == 3,
      let week = CalendarDays.number(parts[1].dropFirst()), week >= 1
    {
      first = CalendarDays.firstMonday(of: newYear).adding(days: 7 * (week - 1))
      end = first.adding(days: 7)
      // The week belongs to the year of its Thursday (ISO 8601): a common year has no week 53.
      guard first.adding(days: 3).year == year else { return nil }
    } else if parts[1].utf8.count == 2, let month = CalendarDays.number(parts[1]),
      let start = CivilDate(year: year, month: month, day: 1)
    {
      (first, end) = (start, CalendarDays.months(1, after: start))
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
  private static func months(_ count: Int, after date: CivilDate) -> CivilDate {
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
