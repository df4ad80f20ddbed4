import LoggistModel

/// An entry of the log in one line, for people.
enum LogLine {
  /// `INC.5  INC-12  20:55  observation  ama: Staff took it for a network error`, the day where it is not today.
  static func text(_ record: Record, _ style: ClockStyle, now: Instant) -> String {
    let entry = record.entry
    let late = record.logged - entry.at.instant > EffectiveEntry.lateAfter && record.via != .import
    let words = [
      record.ref.description, entry.incident?.description ?? "-",
      moment(entry, style, now: now), entry.kind.name,
      "\(record.author): \(entry.phrase)" + (late ? " (logged \(style.time(record.logged)))" : ""),
    ]
    return words.joined(separator: "  ")
  }

  /// `~20:55`, or `Wed 5 Jan 20:55` where that was another day.
  static func moment(_ entry: Entry, _ style: ClockStyle, now: Instant) -> String {
    let at = entry.at.instant
    let about = entry.precision == .approximate ? "~" : ""
    let isToday = style.date(at) == style.date(now)
    return isToday
      ? about + style.time(at) : "\(style.shortDay(at, seenFrom: now)) \(about)\(style.time(at))"
  }
}
