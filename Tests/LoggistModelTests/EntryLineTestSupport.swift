import LoggistModel
import TestSupport

/// What the entry line's tests read against: the desk of the reference incident, Wednesday 5 January 2022, 20:58 WAT.
enum Desk {
  static let lagos = Zone(name: "Africa/Lagos", offsetMinutes: 60, abbreviation: "WAT")

  /// Berlin around the clock changes of 2022: forward on 27 March, back on 30 October.
  static let berlin = Zone(
    name: "Europe/Berlin",
    periods: [
      Zone.Period(start: utc(2021, 10, 31, 1, 0), offsetMinutes: 60, abbreviation: "CET"),
      Zone.Period(start: utc(2022, 3, 27, 1, 0), offsetMinutes: 120, abbreviation: "CEST"),
      Zone.Period(start: utc(2022, 10, 30, 1, 0), offsetMinutes: 60, abbreviation: "CET"),
      Zone.Period(start: utc(2023, 3, 26, 1, 0), offsetMinutes: 120, abbreviation: "CEST"),
    ])

  static func utc(_ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int) -> Instant {
    guard let date = CivilDate(year: year, month: month, day: day),
      let civil = CivilDateTime(date: date, hour: hour, minute: minute)
    else { preconditionFailure("no such time") }
    return Timestamp(civil, offsetMinutes: 0).instant
  }

  static let now = utc(2022, 1, 5, 19, 58)

  static func context(now: Instant = Desk.now, zone: Zone = Desk.lagos) -> EntryLineContext {
    EntryLineContext(
      now: now, zone: zone,
      services: [
        "pharmacy", "e-mail", "wifi", Vocabulary.Name("badge", aliases: ["door", "card"]),
      ],
      places: ["Pharmacy", "Ward A", "Ward B", "Registration"],
      people: ["ama": "Ama Owusu", "t.waller": "Terence Waller", "bùkọ́": "Bùkọ́lá Adé"],
      canned: [
        "wifi": "Asked the caller to forget the network and join again.",
        "odd": "a @terence #tag !1 \\#x",
      ])
  }
}

extension EntryLinePreview {
  /// A preview in one line, for tables: time, text, then whatever was recognised.
  func summary(in context: EntryLineContext) -> String {
    var parts: [String] = []
    if hasTime {
      parts.append((precision == .approximate ? "~" : "") + short(at, in: context))
    }
    if let until { parts.append("to:" + short(until, in: context)) }
    if let text { parts.append("'\(text)'") }
    parts += fields.map { "\($0.name)=\($0.value.string ?? $0.value.text)" }
    if let author { parts.append("by:\(author)") }
    parts += changes.map { "set:\($0.name)=\($0.value.string ?? $0.value.text)" }
    parts += tags.map { "#\($0)" }
    if let problem { parts.append("PROBLEM \(problem.sentence(context.clock))") }
    parts += doubts.map { "(\($0.sentence(context.clock)))" }
    return parts.joined(separator: " ")
  }

  /// `20:45` today, with its date on another day, with its offset where that is not the desk's.
  private func short(_ at: Timestamp, in context: EntryLineContext) -> String {
    let (civil, offset) = (at.civil, context.zone.timestamp(at.instant).offsetMinutes)
    let isToday = civil.date == context.zone.civil(context.now).date
    return (isToday ? "" : "\(civil.date) ") + "\(twoDigits(civil.hour)):\(twoDigits(civil.minute))"
      + (civil.second == 0 ? "" : ":\(twoDigits(civil.second))")
      + (at.offsetMinutes == offset ? "" : at.offsetText)
  }
}
