/// Whether times of day are shown as `8:45 pm` or `20:45`. Reading accepts both, always.
package enum HourStyle: Int, Sendable, Hashable, CaseIterable {
  case twelve = 12
  case twentyFour = 24
}

/// How times are shown to people: in which zone, and on a 12-hour or a 24-hour clock.
///
/// English words and a fixed order, whatever the machine's locale: a document reads the same wherever it was made.
package struct ClockStyle: Sendable, Hashable {
  package var zone: Zone
  package var hours: HourStyle

  package init(zone: Zone, hours: HourStyle = .twentyFour) {
    (self.zone, self.hours) = (zone, hours)
  }
}

extension ClockStyle {
  /// `20:45` or `8:45 pm`; midnight is `00:00` or `12:00 am`.
  package func time(_ instant: Instant) -> String { time(zone.civil(instant)) }

  /// What a wall clock shows, in this style's hours and without its day.
  package func time(_ civil: CivilDateTime) -> String {
    switch hours {
    case .twentyFour: "\(twoDigits(civil.hour)):\(twoDigits(civil.minute))"
    case .twelve:
      "\((civil.hour + 11) % 12 + 1):\(twoDigits(civil.minute)) \(civil.hour < 12 ? "am" : "pm")"
    }
  }

  /// `20:45 WAT` or `8:45 pm WAT`.
  package func timeAndZone(_ instant: Instant) -> String {
    "\(time(instant)) \(zoneAbbreviation(instant))"
  }

  /// `5 January 2022, 20:45 WAT`.
  package func dateAndTime(_ instant: Instant) -> String {
    let date = date(instant)
    return "\(date.day) \(date.monthName) \(date.year), \(timeAndZone(instant))"
  }
}

extension ClockStyle {
  /// The day that this zone's calendars showed.
  package func date(_ instant: Instant) -> CivilDate { zone.civil(instant).date }

  /// `Wednesday 5 January 2022`.
  package func dayHeading(_ instant: Instant) -> String { date(instant).spoken }

  /// `Wed 5 Jan`, with the year where it is not the other instant's.
  package func shortDay(_ instant: Instant, seenFrom now: Instant) -> String {
    let (date, today) = (date(instant), date(now))
    let day = "\(date.weekday.shortName) \(date.day) \(date.monthName.prefix(3))"
    return date.year == today.year ? day : "\(day) \(date.year)"
  }
}

extension ClockStyle {
  /// `WAT`; a zone that has no name of its own but a number (`+03`) reads `UTC+03:00`.
  package func zoneAbbreviation(_ instant: Instant) -> String {
    let period = zone.period(at: instant)
    let first = period.abbreviation.utf8.first
    let isNumber = first == UInt8(ascii: "+") || first == UInt8(ascii: "-")
    return isNumber ? utcOffset(instant) : period.abbreviation
  }

  /// `WAT (UTC+01:00)`; only `UTC` where there is nothing to add.
  package func zoneAndOffset(_ instant: Instant) -> String {
    let (name, offset) = (zoneAbbreviation(instant), utcOffset(instant))
    return name == "UTC" || name == offset ? name : "\(name) (\(offset))"
  }

  /// `UTC+01:00`.
  private func utcOffset(_ instant: Instant) -> String { "UTC\(zone.timestamp(instant).offsetText)" }
}
