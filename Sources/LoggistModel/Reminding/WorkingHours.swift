/// The hours in which a desk works: a service clock that has them counts nothing outside.
package struct WorkingHours: Sendable, Hashable {
  /// As the configuration calls it: `office`.
  package let name: String
  package let zone: Zone
  /// Seconds since midnight, up to 86,400: in order, and no two of a day touch.
  package let hours: [Weekday: [Range<Int>]]
  package let holidays: Set<CivilDate>

  package init(
    name: String, zone: Zone, hours: [Weekday: [Range<Int>]], holidays: Set<CivilDate> = []
  ) {
    (self.name, self.zone, self.holidays) = (name, zone, holidays)
    self.hours = hours.mapValues { WorkingHours.joined($0) }.filter { !$0.value.isEmpty }
  }

  /// Hours that were written twice are worked once.
  private static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var joined: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = joined.last, range.lowerBound <= last.upperBound {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        joined.append(range)
      }
    }
    return joined
  }
}

extension WorkingHours {
  /// The working time between two moments; zero where the second is not later. Cost: linear in the days between.
  package func time(from start: Instant, to end: Instant) -> TimeSpan {
    guard start < end else { return .zero }
    var total = TimeSpan.zero
    var day = zone.civil(start).date
    let last = zone.civil(end).date
    while day <= last {
      for stretch in stretches(of: day) {
        let (from, to) = (max(stretch.from, start), min(stretch.to, end))
        if from < to { total = total + (to - from) }
      }
      day = day.adding(days: 1)
    }
    return total
  }

  /// When so much working time will have passed since a moment; nil where nobody works for years to come.
  ///
  /// Cost: linear in the days until then.
  package func moment(after span: TimeSpan, from start: Instant) -> Instant? {
    var left = span
    var day = zone.civil(start).date
    for _ in 0..<WorkingHours.horizon {
      for stretch in stretches(of: day) {
        let from = max(stretch.from, start)
        guard from < stretch.to else { continue }
        if left <= stretch.to - from { return from + left }
        left = left - (stretch.to - from)
      }
      guard day.year < 9999 else { return nil }
      day = day.adding(days: 1)
    }
    return nil
  }

  /// Days: ten years.
  private static let horizon = 3660

  /// When a day is worked, in order of time; nothing on a holiday.
  ///
  /// An hour that the clocks skip is not worked; one that they repeat is worked twice.
  func stretches(of day: CivilDate) -> [(from: Instant, to: Instant)] {
    guard !holidays.contains(day), let ranges = hours[day.weekday] else { return [] }
    return ranges.compactMap { range in
      let from = instant(day, range.lowerBound, isEnd: false)
      let to = instant(day, range.upperBound, isEnd: true)
      return from < to ? (from, to) : nil
    }
  }

  private func instant(_ day: CivilDate, _ second: Int, isEnd: Bool) -> Instant {
    let civil =
      second < 86_400
      ? CivilDateTime(date: day, secondOfDay: second)
      : CivilDateTime(date: day.adding(days: 1), secondOfDay: 0)
    switch zone.read(civil) {
    case .once(let timestamp): return timestamp.instant
    // The clocks passed it at the moment of the jump.
    case .skipped(let before, _): return zone.period(at: before.instant).start
    case .repeated(let first, let second): return isEnd ? second.instant : first.instant
    }
  }
}
