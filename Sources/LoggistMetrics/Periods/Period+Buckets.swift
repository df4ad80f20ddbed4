package import LoggistModel

extension Period {
  /// A stretch of the period for counting in: a day, a week, a month or a year.
  package struct Bucket: Sendable, Hashable {
    /// `2026-11-22`, `2026-W47`, `2026-11`, `2026`.
    package let label: String
    package let start: Instant
    package let end: Instant
  }

  /// The period cut into days up to a month, into weeks up to half a year, into months up to five years, else into
  /// years; the first and the last may be cut short.
  package var buckets: (unit: String, buckets: [Bucket]) {
    let unit = bucketUnit
    var day = unit.first(of: zone.civil(start).date)
    var buckets: [Bucket] = []
    while true {
      let next = unit.next(after: day)
      let (from, to) = (max(zone.startOfDay(day), start), min(zone.startOfDay(next), end))
      if from >= end { break }
      if from < to { buckets.append(Bucket(label: unit.label(day), start: from, end: to)) }
      guard next.year < 9999 else { break }
      day = next
    }
    return ("\(unit)", buckets)
  }

  private var bucketUnit: CalendarDays.Unit {
    let days = (end - start).seconds / 86_400
    return switch days {
    case ...31: .day
    case ...184: .week
    case ...1830: .month
    default: .year
    }
  }
}

extension CalendarDays.Unit {
  /// The first day of the unit behind the one that begins with a day.
  fileprivate func next(after first: CivilDate) -> CivilDate {
    switch self {
    case .day: first.adding(days: 1)
    case .week: first.adding(days: 7)
    case .month: CalendarDays.months(1, after: first)
    case .quarter: CalendarDays.months(3, after: first)
    case .year: CalendarDays.months(12, after: first)
    }
  }
}
