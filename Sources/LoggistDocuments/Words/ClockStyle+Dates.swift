import LoggistModel

/// Dates as people write them beside a 12-hour clock (`January 5, 2022`) and beside a 24-hour one (`5 January 2022`).
extension ClockStyle {
  func longDate(_ instant: Instant) -> String { longDate(date(instant)) }

  func longDate(_ date: CivilDate) -> String {
    switch hours {
    case .twelve: "\(date.monthName) \(date.day), \(date.year)"
    case .twentyFour: "\(date.day) \(date.monthName) \(date.year)"
    }
  }

  /// `Wednesday, January 5, 2022` or `Wednesday 5 January 2022`.
  func longDay(_ instant: Instant) -> String {
    let date = date(instant)
    return "\(date.weekday.name)\(hours == .twelve ? "," : "") \(longDate(date))"
  }

  /// `8:45 pm WAT on January 5, 2022`.
  func moment(_ instant: Instant) -> String {
    "\(timeAndZone(instant)) on \(longDate(instant))"
  }

  /// `9:12 pm`, with the date where it is not the other instant's day.
  func time(_ instant: Instant, seenFrom other: Instant) -> String {
    date(instant) == date(other) ? time(instant) : "\(longDate(instant)), \(time(instant))"
  }

  /// `8:45 pm WAT to 9:23 pm WAT on January 5, 2022`; each with its date where they are two.
  func window(from start: Instant, to end: Instant) -> String {
    date(start) == date(end)
      ? "\(timeAndZone(start)) to \(moment(end))" : "\(moment(start)) to \(moment(end))"
  }

  /// Words for an instant, of which a format for machines knows the instant.
  func prose(_ words: String, at instant: Instant) -> Prose {
    Prose(words, .time(zone.timestamp(instant)))
  }

  /// The zone of these times with its offset, and each one where the clocks changed between them:
  /// `WAT (UTC+01:00)`, `CEST (UTC+02:00) and CET (UTC+01:00)`.
  func zones(of instants: some Sequence<Instant>) -> String {
    var names: [String] = []
    for instant in instants.sorted() {
      let name = zoneAndOffset(instant)
      if !names.contains(name) { names.append(name) }
    }
    return names.joined(separator: " and ")
  }

  /// With the zone's own name, where they do not say it: `WAT (UTC+01:00), Africa/Lagos`; `UTC`.
  func namedZones(of instants: some Sequence<Instant>) -> String {
    let zones = zones(of: instants)
    let isSaid = zone.name == zones || zone.name.hasSuffix("/\(zones)")
    return isSaid ? zones : "\(zones), \(zone.name)"
  }
}

extension TimeSpan {
  /// In words, for a sentence: `38 minutes`, `1 hour 5 minutes`, `2 days 3 hours`, `45 seconds`.
  var inWords: String {
    let total = Int(seconds.magnitude)
    func some(_ count: Int, _ unit: String) -> String { "\(count) \(unit)\(count == 1 ? "" : "s")" }
    func both(_ large: String, _ rest: Int, _ unit: String) -> String {
      rest == 0 ? large : "\(large) \(some(rest, unit))"
    }
    let words =
      switch total {
      case ..<60: some(total, "second")
      case ..<3600: some(total / 60, "minute")
      case ..<86_400: both(some(total / 3600, "hour"), total / 60 % 60, "minute")
      default: both(some(total / 86_400, "day"), total / 3600 % 24, "hour")
      }
    return milliseconds < 0 && total > 0 ? "minus \(words)" : words
  }
}
