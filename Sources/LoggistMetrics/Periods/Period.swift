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

  static func dots(in text: String) -> Range<String.Index>? {
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
