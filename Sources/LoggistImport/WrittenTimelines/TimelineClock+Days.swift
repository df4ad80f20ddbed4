internal import LoggistModel

extension TimelineClock {
  mutating func date(of read: ReadDay, _ line: Int) -> CivilDate? {
    let date: CivilDate?
    switch read.day {
    case .date(let written): date = written
    case .numeric(let first, let second, let year):
      date = order.date(first, second, year: year)
      nameOnce(
        "order", TimelineDoubts.ambiguousDay(line, first, second, year: year, order))
    case .yearless(let month, let day): date = nearest(month, day, line)
    case .yearlessNumeric(let first, let second):
      let isDayFirst = first > 12 || (second <= 12 && order.order == .dayFirst)
      date = nearest(isDayFirst ? second : first, isDayFirst ? first : second, line)
    case .weekday(let weekday):
      date = day.flatMap { start in
        (0...6).map { start.adding(days: $0) }.first { $0.weekday == weekday }
      }
      if let date { doubts.append(TimelineDoubts.dayTaken(line, weekday.name, date)) }
    case .following:
      date = day.map { $0.adding(days: 1) }
      if let date { doubts.append(TimelineDoubts.dayTaken(line, "the next day", date)) }
    case .number(let number):
      date = (firstDay ?? facts.base?.day).map { $0.adding(days: number - 1) }
      if let date { doubts.append(TimelineDoubts.dayTaken(line, "day \(number)", date)) }
    }
    firstDay = firstDay ?? date
    if let date, let weekday = read.weekday, date.weekday != weekday {
      doubts.append(TimelineDoubts.wrongWeekday(line, date, written: weekday))
    }
    if date == nil { nameOnce("day", TimelineDoubts.missingDay(line)) }
    return date
  }

  /// A day without its year: in the year that brings it nearest to the day before it.
  private mutating func nearest(_ month: Int, _ day: Int, _ line: Int) -> CivilDate? {
    guard
      let near = self.day ?? facts.base?.day
        ?? facts.year.flatMap({ CivilDate(year: $0, month: month, day: day) })
    else {
      nameOnce("year", TimelineDoubts.missingYear(line))
      return nil
    }
    let date = (-1...1).compactMap { CivilDate(year: near.year + $0, month: month, day: day) }
      .min { abs($0.dayNumber - near.dayNumber) < abs($1.dayNumber - near.dayNumber) }
    if let date { nameOnce("year", TimelineDoubts.yearTaken(line, date)) }
    return date
  }

  /// An entry that names its day at most.
  mutating func takeDay(
    _ entry: inout WrittenEntry, _ lead: WrittenLead, _ date: CivilDate?, _ line: Int,
    _ zone: DocumentZone
  ) {
    entry.precision = .approximate
    guard let date else {
      entry.hint = "\(entry.written) is no time"
      doubts.append(TimelineDoubts.unreadable(line, entry.written))
      return
    }
    entry.hint = "only the day is known: \(entry.written)"
    entry.place = timestamp(date, 0, 0, zone, line)
    (day, isBorrowed, lastSecond, shift) = (date, false, nil, 0)
    if let read = lead.endDay, let end = self.date(of: read, line) {
      entry.hint = "a range of days: \(entry.written)"
      day = end
    }
    doubts.append(
      Doubt(line: line, "\(entry.written) names no time of day: the entry has only its day"))
  }

  mutating func takeElapsed(_ entry: inout WrittenEntry, _ seconds: Int) {
    guard let origin else {
      entry.precision = .approximate
      entry.hint = "\(entry.written): no time before it to count from"
      doubts.append(TimelineDoubts.unreadable(entry.line, entry.written))
      return
    }
    entry.at = Timestamp(origin.instant + .seconds(seconds), offsetMinutes: origin.offsetMinutes)
    entry.precision = .approximate
    entry.hint = "\(entry.written), counted from the first entry"
    nameOnce("elapsed", TimelineDoubts.elapsed(entry.line, from: origin))
  }

  mutating func end(
    _ lead: WrittenLead, _ day: CivilDate, _ second: Int, _ zone: DocumentZone, _ line: Int
  ) -> Timestamp? {
    guard let end = lead.endTime else { return nil }
    var date = day
    if let read = lead.endDay {
      guard let own = self.date(of: read, line) else { return nil }
      date = own
      (self.day, lastSecond) = (own, end.second)
    } else if end.second < second {
      date = day.adding(days: 1)
    }
    return timestamp(date, end.second, end.milliseconds, zone, line)
  }
}
