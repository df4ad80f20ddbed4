import LoggistImport
import LoggistModel

/// A written timeline as lines of text: each entry in one, then each doubt.
enum WrittenTimelineText {
  static func entries(_ timeline: WrittenTimeline) -> [String] {
    timeline.entries.map { entry in
      var line = "\(entry.line): \(entry.at.map(\.description) ?? "-")"
      if entry.at == nil, let place = entry.place { line += " @ \(place)" }
      if entry.precision == .approximate { line += " ~" }
      if let until = entry.until { line += " to \(until)" }
      if entry.kind != .note { line += " {\(entry.kind.name)}" }
      line += " \(entry.text)"
      return line + (entry.hint.map { " (\($0))" } ?? "")
    }
  }

  static func doubts(_ timeline: WrittenTimeline) -> [String] {
    timeline.doubts.map { "\($0.line): \($0.sentence)" }
  }

  static func read(_ text: String, name: String = "", zone: Zone? = nil) -> WrittenTimeline {
    WrittenTimeline(text, name: name, zone: zone) { zones[$0] }
  }

  /// The rules of the years that the documents here are from.
  static let zones: [String: Zone] = Dictionary(
    uniqueKeysWithValues: [
      zone(
        "Europe/Paris", ("", 60, "CET"), ("2021-03-28T01:00Z", 120, "CEST"),
        ("2021-10-31T01:00Z", 60, "CET")),
      zone(
        "America/New_York", ("", -300, "EST"), ("2023-03-12T07:00Z", -240, "EDT"),
        ("2023-11-05T06:00Z", -300, "EST")),
      zone(
        "America/Los_Angeles", ("", -480, "PST"), ("2020-03-08T10:00Z", -420, "PDT"),
        ("2020-11-01T09:00Z", -480, "PST")),
    ].map { ($0.name, $0) })

  private static func zone(_ name: String, _ periods: (String, Int, String)...) -> Zone {
    Zone(
      name: name,
      periods: periods.map { start, minutes, abbreviation in
        Zone.Period(
          start: Timestamp(start)?.instant ?? Instant(milliseconds: .min), offsetMinutes: minutes,
          abbreviation: abbreviation)
      })
  }
}
