package import LoggistModel

/// How often something happened in each hour of the week, by the clock on the desk's wall.
package struct HourTable: Sendable, Hashable {
  /// By weekday, Monday first, then by hour.
  package private(set) var counts = [Int](repeating: 0, count: 7 * 24)

  package init() {}

  package mutating func count(_ instant: Instant, in zone: Zone) {
    let civil = zone.civil(instant)
    counts[civil.date.weekday.rawValue * 24 + civil.hour] += 1
  }

  package subscript(day: Int, hour: Int) -> Int { counts[day * 24 + hour] }

  package var most: Int { counts.max() ?? 0 }
}
