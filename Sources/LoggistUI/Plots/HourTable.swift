import LoggistModel

/// How often something happened in each hour of the week, by the clock on the desk's wall.
struct HourTable: Sendable, Hashable {
  /// By weekday, Monday first, then by hour.
  private(set) var counts = [Int](repeating: 0, count: 7 * 24)

  mutating func count(_ instant: Instant, in zone: Zone) {
    let civil = zone.civil(instant)
    counts[civil.date.weekday.rawValue * 24 + civil.hour] += 1
  }

  subscript(day: Int, hour: Int) -> Int { counts[day * 24 + hour] }

  var most: Int { counts.max() ?? 0 }
}
