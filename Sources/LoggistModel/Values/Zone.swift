/// The rules of one time zone as a plain value: which offset and abbreviation held from when on.
///
/// The model knows no tz database; whoever has one (`SystemZone` in the store, by way of glibc) writes its rules
/// down as periods, so that everything that depends on a zone can be asked twice and answer the same.
package struct Zone: Sendable, Hashable {
  package struct Period: Sendable, Hashable {
    /// From this instant on, until the next period's.
    package var start: Instant
    package var offsetMinutes: Int
    /// As the tz database writes it: `WAT`, `CEST`, `+03`.
    package var abbreviation: String

    package init(start: Instant, offsetMinutes: Int, abbreviation: String) {
      (self.start, self.offsetMinutes, self.abbreviation) = (start, offsetMinutes, abbreviation)
    }
  }

  /// The IANA name: `Africa/Lagos`.
  package let name: String
  /// In order of their start; never empty. The first also holds before its start.
  package let periods: [Period]

  package init(name: String, periods: [Period]) {
    precondition(!periods.isEmpty, "a zone needs a period")
    self.name = name
    self.periods = periods
  }

  /// A zone whose clocks never change.
  package init(name: String, offsetMinutes: Int, abbreviation: String) {
    self.init(
      name: name,
      periods: [
        Period(
          start: Instant(milliseconds: .min), offsetMinutes: offsetMinutes,
          abbreviation: abbreviation)
      ])
  }

  package static let utc = Zone(name: "UTC", offsetMinutes: 0, abbreviation: "UTC")
}

extension Zone {
  /// The period that holds at an instant. Cost: logarithmic in the number of periods.
  package func period(at instant: Instant) -> Period {
    var (low, high) = (0, periods.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if periods[middle].start <= instant { low = middle } else { high = middle }
    }
    return periods[low]
  }

  package func timestamp(_ instant: Instant) -> Timestamp {
    Timestamp(instant, offsetMinutes: period(at: instant).offsetMinutes)
  }

  package func civil(_ instant: Instant) -> CivilDateTime { timestamp(instant).civil }

  /// What a wall-clock time can mean in this zone.
  package enum Reading: Sendable, Hashable {
    case once(Timestamp)
    /// The clocks jumped over it; the readings with the offset before and after the jump.
    case skipped(before: Timestamp, after: Timestamp)
    /// The clocks showed it twice.
    case repeated(first: Timestamp, second: Timestamp)
  }

  /// Every instant at which this zone's clocks showed a civil time, and what is nearest where none did.
  package func read(_ civil: CivilDateTime) -> Reading {
    // No offset is further than a day from UTC, so only the periods around that day can show the time.
    let guess = Instant(seconds: civil.secondsFromEpoch)
    var offsets: [Int] = []
    for days in [-1, 0, 1] {
      let offset = period(at: guess + .days(days)).offsetMinutes
      if !offsets.contains(offset) { offsets.append(offset) }
    }
    let readings = offsets.map { Timestamp(civil, offsetMinutes: $0) }
      .sorted { $0.instant < $1.instant }
    let shown = readings.filter { period(at: $0.instant).offsetMinutes == $0.offsetMinutes }
    if shown.count > 1 { return .repeated(first: shown[0], second: shown[1]) }
    if let only = shown.first { return .once(only) }
    let first = period(at: guess - .days(1)).offsetMinutes
    let last = period(at: guess + .days(1)).offsetMinutes
    return .skipped(
      before: Timestamp(civil, offsetMinutes: first), after: Timestamp(civil, offsetMinutes: last))
  }

  /// The offset that an abbreviation stands for near an instant, where this zone uses it at all.
  package func offsetMinutes(abbreviation: String, near instant: Instant) -> Int? {
    let wanted = abbreviation.uppercased()
    return periods.filter { $0.abbreviation.uppercased() == wanted }
      .min { abs(distance($0, instant)) < abs(distance($1, instant)) }?.offsetMinutes
  }

  private func distance(_ period: Period, _ instant: Instant) -> Int64 {
    let start = max(period.start.milliseconds, -(1 << 52))
    return instant.milliseconds - start
  }
}
