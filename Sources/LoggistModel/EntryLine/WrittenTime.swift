/// A time as somebody wrote it, before it is known which day is meant.
///
/// | written | means |
/// | --- | --- |
/// | `20:45` `20:45:30` `8:45pm` `8:45 pm` `8 p.m.` `8pm` `2045h` | a time of day; the last such, never more than two minutes ahead |
/// | `yesterday 23:50` `today 08:15` `mon 08:15` `5 Jan 20:45` `Jan 5, 20:45` | on that day; a weekday or a day without its year is the last such |
/// | `2022-01-05 20:45` `2022-01-05T20:45+01:00` `5 January 2022 8:45 pm` `05.01.2022 20:45` | exactly that |
/// | any of these and a zone: `20:45 WAT` `8:45 pm UTC` `20:45+01:00` `20:45 UTC+1` `20:45 (CET)` | in that zone |
/// | `-12m` `-1h30m` `-2h` `-1d` `12m ago` `12 min ago` `2 hours ago` | that long before now |
/// | `~20:45` `ca. 20:45` | approximate |
/// | `20:45-21:10` | an interval |
///
/// A colon, comma or full stop directly behind it belongs to it (`20:45: text`). Not times, and so left alone:
/// `24:00`, `25:10`, `8:60pm`, `13:00pm`, `20:45x`, `10 users`, `12m cable`, a day without a time of day.
struct WrittenTime: Sendable, Hashable {
  var value: Value
  var isApproximate = false
  /// The end of `20:45-21:10`, in seconds since midnight.
  var untilSecond: Int?
  /// Where in the bytes it ends, its punctuation included.
  var end = 0

  enum Value: Sendable, Hashable {
    case clock(Clock)
    /// So many seconds from now, negative before it.
    case relative(seconds: Int)
  }

  struct Clock: Sendable, Hashable {
    var day: Day?
    var secondOfDay: Int
    var milliseconds = 0
    var zone: WrittenZone?
  }

  /// The day, as far as it was written.
  enum Day: Sendable, Hashable {
    case date(CivilDate)
    case yearless(month: Int, day: Int)
    case weekday(Weekday)
    case yesterday, today, tomorrow
  }
}

extension WrittenTime {
  /// Reads the time that begins at `place`, or nil where none does.
  static func read(_ bytes: [UInt8], at place: Int = 0, own zone: Zone) -> WrittenTime? {
    var cursor = LineCursor(bytes, at: place)
    var isApproximate = approximation(&cursor)
    var time: WrittenTime
    if let length = cursor.attempt({ relative(&$0) }) {
      time = WrittenTime(value: length)
    } else {
      guard let read = clock(&cursor, &isApproximate, own: zone) else { return nil }
      time = read
    }
    guard closes(&cursor) else { return nil }
    (time.isApproximate, time.end) = (isApproximate, cursor.place)
    return time
  }

  /// `~`, `ca.`.
  private static func approximation(_ cursor: inout LineCursor) -> Bool {
    cursor.attempt { cursor -> Bool? in
      if cursor.take("~") {
        cursor.skipSpaces()
        return true
      }
      return cursor.take(anyOf: "ca.", "ca", "Ca.") && cursor.skipSpaces() ? true : nil
    } ?? false
  }

  /// Takes the punctuation mark behind the time; false where something else stands there.
  private static func closes(_ cursor: inout LineCursor) -> Bool {
    guard cursor.endsTime else { return false }
    if !cursor.isAtBoundary { cursor.place += 1 }
    return true
  }
}

extension WrittenTime {
  /// A day where one is written, a time of day or two, and a zone where one is written.
  private static func clock(
    _ cursor: inout LineCursor, _ isApproximate: inout Bool, own zone: Zone
  ) -> WrittenTime? {
    let day = cursor.attempt { openingDay(&$0) }
    if day != nil, approximation(&cursor) { isApproximate = true }
    guard let start = TimeOfDay.read(&cursor) else { return nil }
    var clock = Clock(day: day, secondOfDay: start.second, milliseconds: start.milliseconds)
    // `08:00-09:00` is an interval; only behind a day does `-09:00` say how far west.
    let mayBeRange = day == nil && (cursor.starts(with: "-") || cursor.starts(with: "–"))
    if !mayBeRange { clock.zone = cursor.attempt { writtenZone(&$0, own: zone) } }
    let end = clock.zone == nil ? cursor.attempt { rangeEnd(&$0, of: start) } : nil
    if end != nil { clock.zone = cursor.attempt { writtenZone(&$0, own: zone) } }
    return WrittenTime(value: .clock(clock), untilSecond: end)
  }

  /// The day and what parts it from the time of day: a space, a comma, `at`, the `T` of RFC 3339.
  private static func openingDay(_ cursor: inout LineCursor) -> Day? {
    guard let day = WrittenDay.read(&cursor) else { return nil }
    if case .date = day, cursor.take(anyOf: "T", "t") { return day }
    _ = cursor.take(",")
    guard cursor.skipSpaces() else { return nil }
    _ = cursor.attempt { $0.take("at") && $0.skipSpaces() ? true : nil }
    return day
  }

  private static func writtenZone(_ cursor: inout LineCursor, own zone: Zone) -> WrittenZone? {
    cursor.skipSpaces()
    return WrittenZone.read(&cursor, own: zone)
  }

  /// `-21:10` directly behind a time of day; not `8:45-9:10pm`, which leaves open what `8:45` is.
  private static func rangeEnd(_ cursor: inout LineCursor, of start: TimeOfDay) -> Int? {
    guard cursor.take(anyOf: "-", "–"), let end = TimeOfDay.read(&cursor),
      start.isTwelveHour == end.isTwelveHour
    else { return nil }
    return end.second
  }
}
