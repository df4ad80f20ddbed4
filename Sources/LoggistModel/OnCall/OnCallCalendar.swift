/// The shifts of a calendar file: events with a person each, once or again by the day or by the week.
package struct OnCallCalendar: Sendable, Hashable {
  package var events: [Event] = []

  package struct Event: Sendable, Hashable {
    package let person: String
    /// What the clocks of `zone` show when it begins first.
    package let start: CivilDateTime
    package let zone: Zone
    package let length: Length
    package var recurrence: Recurrence?
    /// Beginnings that are left out: exceptions, and those that another event stands in for.
    package var excluded: Set<Instant> = []
  }

  package enum Length: Sendable, Hashable {
    /// To a time on the wall: a week from Monday 08:00 ends on Monday at 08:00, whatever the clocks did meanwhile.
    case wall(seconds: Int64)
    case exact(TimeSpan)
  }

  package struct Occurrence: Sendable, Hashable {
    package let person: String
    package let span: Range<Instant>
  }
}

/// When an event comes again.
package struct Recurrence: Sendable, Hashable {
  package enum Unit: Sendable, Hashable {
    case day, week
  }

  package var unit: Unit
  package var interval = 1
  /// How many there are in all.
  package var count: Int?
  /// The last moment at which one may begin.
  package var until: Instant?
  /// Empty: the weekday of the first, or every day.
  package var weekdays: Set<Weekday> = []
  /// With which day a week begins, for intervals of more than one.
  package var firstWeekday = Weekday.monday
}

extension OnCallCalendar {
  /// What of it lies within a stretch of time, in no order.
  package func occurrences(from start: Instant, until end: Instant) -> [Occurrence] {
    events.flatMap { $0.occurrences(from: start, until: end) }
  }
}

extension OnCallCalendar.Event {
  func occurrences(from begin: Instant, until limit: Instant) -> [OnCallCalendar.Occurrence] {
    var found: [OnCallCalendar.Occurrence] = []
    eachStart(from: begin, until: limit) { civil in
      let start = zone.instant(of: civil)
      let end = end(of: civil, start)
      if start < limit, begin < end, start < end, !excluded.contains(start) {
        found.append(OnCallCalendar.Occurrence(person: person, span: start..<end))
      }
    }
    return found
  }

  private func end(of civil: CivilDateTime, _ start: Instant) -> Instant {
    switch length {
    case .exact(let span): start + span
    case .wall(let seconds):
      zone.instant(of: CivilDateTime(secondsFromEpoch: civil.secondsFromEpoch + seconds))
    }
  }

  /// Every time at which it begins that can matter for a stretch of time, and perhaps some around it.
  ///
  /// Cost: linear in the stretch; with a number of times, in the times from the first on.
  private func eachStart(
    from begin: Instant, until limit: Instant, _ body: (CivilDateTime) -> Void
  ) {
    guard let recurrence else { return body(start) }
    let days: Int64 =
      switch length {
      case .exact(let span): span.milliseconds / 86_400_000
      case .wall(let seconds): seconds / 86_400
      }
    // A day to each side: the zone's clocks are not those of UTC.
    let first = zone.civil(begin).date.dayNumber - Int(days) - 2
    let last = zone.civil(limit).date.dayNumber + 1
    let step = max(recurrence.interval, 1) * (recurrence.unit == .week ? 7 : 1)
    let lead = recurrence.lead(of: start.date.weekday)
    let base = start.date.dayNumber - lead
    var count = 0
    // Where they are counted, each has to be passed.
    var period = recurrence.count == nil ? max((first - base) / step - 1, 0) : 0
    while base + period * step <= last {
      for day in recurrence.days(of: base + period * step, else: start.date) {
        if day < start.date.dayNumber { continue }
        count += 1
        if let all = recurrence.count, count > all { return }
        let civil = CivilDateTime(
          secondsFromEpoch: Int64(day) * 86_400 + Int64(start.secondOfDay))
        if let until = recurrence.until, zone.instant(of: civil) > until { return }
        if day >= first { body(civil) }
      }
      period += 1
    }
  }
}

extension Recurrence {
  /// Days from the week's first day to this one; none where it comes by the day.
  fileprivate func lead(of weekday: Weekday) -> Int {
    unit == .day ? 0 : (weekday.rawValue - firstWeekday.rawValue + 7) % 7
  }

  /// The days of the period that begins on a day, in order.
  fileprivate func days(of first: Int, else date: CivilDate) -> [Int] {
    switch unit {
    case .day:
      let isMeant = weekdays.isEmpty || weekdays.contains(CivilDate(dayNumber: first).weekday)
      return isMeant ? [first] : []
    case .week:
      let wanted = weekdays.isEmpty ? [date.weekday] : weekdays
      return wanted.map { first + lead(of: $0) }.sorted()
    }
  }
}
