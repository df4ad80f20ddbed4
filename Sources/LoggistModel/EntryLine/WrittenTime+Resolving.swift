extension WrittenTime {
  /// Which day a time without one belongs to.
  enum Direction: Sendable, Hashable {
    /// The last such time, at most `EntryLine.grace` ahead: when something happened.
    case past
    /// The first such time, not before this instant: when something is due, or ends.
    case future(from: Instant)
  }

  /// What a written time comes to.
  struct Resolution: Sendable, Hashable {
    var at: Timestamp
    var doubts: [EntryLineDoubt] = []
    var problem: EntryLineProblem?
  }

  /// The point in time that is meant.
  ///
  /// A time that the clocks showed twice is a problem only where both were possible: at 02:10, before the clocks go
  /// back, `02:05` was once.
  func resolved(now: Instant, zone: Zone, _ direction: Direction = .past) -> Resolution {
    switch value {
    case .relative(let seconds):
      let instant = now.wholeSeconds + .seconds(seconds)
      return Resolution(at: zone.timestamp(instant))
    case .clock(let clock):
      return clock.resolved(now: now, zone: zone, direction)
    }
  }

  /// The end of an interval: the first such time, not before its start.
  func resolved(zone: Zone, notBefore start: Timestamp) -> Resolution {
    resolved(now: start.instant, zone: zone, .future(from: start.instant))
  }
}

extension WrittenTime.Clock {
  fileprivate func resolved(
    now: Instant, zone: Zone, _ direction: WrittenTime.Direction
  ) -> WrittenTime.Resolution {
    let today = self.today(now: now, zone: zone)
    let days = candidates(today: today, direction)
    let readings = days.map { reading(on: $0, zone: zone) }
    let chosen = readings.firstIndex { isPossible($0, now: now, direction) }
    // A single candidate is a day that the line names: it stands, whatever the clock says.
    let index = chosen ?? readings.count - 1
    var resolution = self.resolution(of: readings[index], now: now, direction)
    if chosen == nil, resolution.problem == nil, direction == .past {
      resolution.problem = .inFuture(resolution.at)
    }
    if case .assumed(let name, let minutes) = self.zone {
      resolution.doubts.append(.zoneAssumed(name, offsetMinutes: minutes))
    }
    if day == nil, direction == .past, days[index] < today, resolution.problem == nil {
      resolution.doubts.append(.dayBefore(resolution.at))
    }
    return resolution
  }

  /// Today where the time was read: in its own zone, else the desk's.
  func today(now: Instant, zone: Zone) -> CivilDate {
    guard let minutes = self.zone?.offsetMinutes(in: zone, near: now) else {
      return zone.civil(now).date
    }
    return Timestamp(now, offsetMinutes: minutes).civil.date
  }

  /// The days that can be meant, the likeliest first.
  private func candidates(today: CivilDate, _ direction: WrittenTime.Direction) -> [CivilDate] {
    let isPast = direction == .past
    switch day {
    case .date(let date): return [date]
    case .yesterday: return [today.adding(days: -1)]
    case .today: return [today]
    case .tomorrow: return [today.adding(days: 1)]
    case .weekday(let weekday):
      return (0...7).map { today.adding(days: isPast ? -$0 : $0) }
        .filter { $0.weekday == weekday }
    case .yearless(let month, let day):
      // 29 February may be eight years away.
      return (0...8).compactMap {
        CivilDate(year: today.year + (isPast ? -$0 : $0), month: month, day: day)
      }
    case nil:
      // Tomorrow is possible within the grace, shortly before midnight; the desk and the time may stand a day apart.
      return (isPast ? [1, 0, -1, -2] : [-1, 0, 1, 2]).map { today.adding(days: $0) }
    }
  }

  /// What this time of day was on a day.
  func reading(on date: CivilDate, zone: Zone) -> Zone.Reading {
    let civil = CivilDateTime(date: date, secondOfDay: secondOfDay)
    guard let written = self.zone else { return zone.read(civil).adding(milliseconds) }
    let minutes = written.offsetMinutes(
      in: zone, near: Instant(seconds: civil.secondsFromEpoch))
    return Zone.Reading.once(Timestamp(civil, offsetMinutes: minutes)).adding(milliseconds)
  }

  private func isPossible(
    _ reading: Zone.Reading, now: Instant, _ direction: WrittenTime.Direction
  ) -> Bool {
    switch direction {
    case .past: reading.earliest.instant <= now + EntryLine.grace
    case .future(let start): reading.latest.instant >= start
    }
  }

  /// A reading as an answer: two readings are a question only where both are possible.
  func resolution(
    of reading: Zone.Reading, now: Instant, _ direction: WrittenTime.Direction
  ) -> WrittenTime.Resolution {
    switch reading {
    case .once(let at): return WrittenTime.Resolution(at: at)
    case .skipped(let before, let after):
      return WrittenTime.Resolution(
        at: before, problem: .skippedTime(before: before, after: after))
    case .repeated(let first, let second):
      if !isPossible(.once(second), now: now, direction) {
        return WrittenTime.Resolution(at: first)
      }
      if !isPossible(.once(first), now: now, direction) {
        return WrittenTime.Resolution(at: second)
      }
      return WrittenTime.Resolution(
        at: first, problem: .repeatedTime(first: first, second: second))
    }
  }
}

extension Zone.Reading {
  fileprivate var earliest: Timestamp {
    switch self {
    case .once(let at): at
    case .skipped(let one, let other), .repeated(let one, let other):
      one.instant < other.instant ? one : other
    }
  }

  fileprivate var latest: Timestamp {
    switch self {
    case .once(let at): at
    case .skipped(let one, let other), .repeated(let one, let other):
      one.instant < other.instant ? other : one
    }
  }

  fileprivate func adding(_ milliseconds: Int) -> Zone.Reading {
    guard milliseconds > 0 else { return self }
    let span = TimeSpan(milliseconds: Int64(milliseconds))
    func later(_ at: Timestamp) -> Timestamp {
      Timestamp(at.instant + span, offsetMinutes: at.offsetMinutes)
    }
    return switch self {
    case .once(let at): .once(later(at))
    case .skipped(let before, let after): .skipped(before: later(before), after: later(after))
    case .repeated(let first, let second): .repeated(first: later(first), second: later(second))
    }
  }
}
