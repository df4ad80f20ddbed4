internal import LoggistModel

/// What opens an entry of a written timeline: its time, as far as it was written.
struct WrittenLead: Hashable {
  var day: ReadDay?
  var time: Clock?
  var zone: DocumentZone?
  var endDay: ReadDay?
  var endTime: Clock?
  /// Seconds behind the start of the incident: `T+5 min`.
  var elapsed: Int?
  var isApproximate = false
  /// Something stands for the time, and it is none: `--:--`, `2021-02-31 10:00`.
  var isUnreadable = false
  /// `At 14:05, the …`: a sentence may open so.
  var isNarrative = false
  /// What parts it from the text: two entries of one paragraph look alike.
  var separator: Separator = .none
  /// Where the text begins, and where the time ends.
  var end = 0
  var written = 0

  enum Separator: Hashable { case none, colon, dash, bracket, other }

  /// A time of day, on whatever clock.
  struct Clock: Hashable {
    var second: Int
    var milliseconds = 0
    var isTwelveHour = false
    /// `4:19`, not `04:19`.
    var isUnpadded = false
    /// `14:??`
    var isHourOnly = false
  }

  /// It says when, at least the day.
  var hasTime: Bool { time != nil || elapsed != nil }

  /// Two leads of the same shape.
  func looksLike(_ other: WrittenLead) -> Bool {
    (day != nil) == (other.day != nil) && (time != nil) == (other.time != nil)
      && separator == other.separator
  }
}
