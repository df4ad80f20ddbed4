import LoggistModel

/// Where moments lie on a horizontal axis, and which of them are named.
struct TimeAxis {
  let start: Instant
  let end: Instant
  let left: Double
  let right: Double
  let style: ClockStyle

  func x(_ instant: Instant) -> Double {
    let (part, whole) = (instant - start, end - start)
    guard whole > .zero else { return left }
    let share = Double(part.milliseconds) / Double(whole.milliseconds)
    return left + min(max(share, 0), 1) * (right - left)
  }

  /// Round local times, `most` at most.
  func ticks(most: Int) -> [Instant] {
    let span = (end - start).seconds
    let step =
      TimeAxis.steps.first { span / $0 < most }
      ?? (span / (most * 86_400) + 1) * 86_400
    let offset = style.zone.period(at: start).offsetMinutes * 60
    let local = Int(start.seconds) + offset
    var tick = (local + step - 1) / step * step - offset
    var ticks: [Instant] = []
    while tick <= Int(end.seconds) {
      ticks.append(Instant(seconds: Int64(tick)))
      tick += step
    }
    return ticks
  }

  private static let steps: [Int] =
    [1, 2, 5, 10, 15, 30].map { $0 * 60 } + [1, 2, 3, 6, 12, 24, 48, 168].map { $0 * 3600 }
}
