/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
///
/// Two instants compare by when they are, whatever clock on a wall showed them; `Timestamp` adds that clock.
package struct Instant: Sendable, Hashable, Comparable {
  package var milliseconds: Int64

  @inlinable package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  package init(seconds: Int64) {
    self.init(milliseconds: seconds * 1000)
  }

  /// Whole seconds since the epoch, rounded down (also before 1970).
  package var seconds: Int64 {
    milliseconds / 1000 - (milliseconds % 1000 < 0 ? 1 : 0)
  }

  /// The same instant without its fraction of a second: what people write down.
  package var wholeSeconds: Instant { Instant(seconds: seconds) }

  @inlinable package static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }

  @inlinable package static func - (left: Instant, right: Instant) -> TimeSpan {
    TimeSpan(milliseconds: left.milliseconds - right.milliseconds)
  }

  @inlinable package static func + (instant: Instant, span: TimeSpan) -> Instant {
    Instant(milliseconds: instant.milliseconds + span.milliseconds)
  }

  @inlinable package static func - (instant: Instant, span: TimeSpan) -> Instant {
    Instant(milliseconds: instant.milliseconds - span.milliseconds)
  }
}

/// A length of time in milliseconds; negative where the end stands before the start.
package struct TimeSpan: Sendable, Hashable, Comparable {
  package var milliseconds: Int64

  @inlinable package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  @inlinable package static var zero: TimeSpan { TimeSpan(milliseconds: 0) }

  package static func seconds(_ count: Int) -> TimeSpan {
    TimeSpan(milliseconds: Int64(count) * 1000)
  }

  package static func minutes(_ count: Int) -> TimeSpan { .seconds(count * 60) }
  package static func hours(_ count: Int) -> TimeSpan { .minutes(count * 60) }
  package static func days(_ count: Int) -> TimeSpan { .hours(count * 24) }

  /// Whole seconds, cut towards zero: the unit of every metric.
  @inlinable package var seconds: Int { Int(milliseconds / 1000) }

  @inlinable package static func < (left: TimeSpan, right: TimeSpan) -> Bool {
    left.milliseconds < right.milliseconds
  }

  @inlinable package static func + (left: TimeSpan, right: TimeSpan) -> TimeSpan {
    TimeSpan(milliseconds: left.milliseconds + right.milliseconds)
  }

  @inlinable package static func - (left: TimeSpan, right: TimeSpan) -> TimeSpan {
    TimeSpan(milliseconds: left.milliseconds - right.milliseconds)
  }
}

extension TimeSpan {
  /// How people say it: `45 s`, `38 min`, `1 h 05 min`, `3 d 2 h`; a minus in front where it is negative.
  package var spoken: String {
    let total = seconds.magnitude
    let sign = milliseconds < 0 && total > 0 ? "−" : ""
    let (minutes, hours) = (total / 60, total / 3600)
    if total < 60 { return "\(sign)\(total) s" }
    if hours == 0 { return "\(sign)\(minutes) min" }
    if hours < 24 {
      let rest = minutes % 60
      return rest == 0 ? "\(sign)\(hours) h" : "\(sign)\(hours) h \(twoDigits(Int(rest))) min"
    }
    let rest = hours % 24
    return rest == 0 ? "\(sign)\(hours / 24) d" : "\(sign)\(hours / 24) d \(rest) h"
  }

  /// How a running clock shows it: `0:13`, `5:12`, `2 d`; a minus in front where it is negative.
  package var clock: String {
    let minutes = seconds.magnitude / 60
    let sign = milliseconds < 0 && minutes > 0 ? "−" : ""
    if minutes >= 48 * 60 { return "\(sign)\(minutes / (24 * 60)) d" }
    return "\(sign)\(minutes / 60):\(twoDigits(Int(minutes % 60)))"
  }
}

/// A number from 0 to 99 in two digits.
package func twoDigits(_ number: Int) -> String {
  number < 10 ? "0\(number)" : "\(number)"
}
