import Testing

@testable import LoggistModel

@Suite("A calendar of shifts")
struct OnCallCalendarTests {
  private static func read(
    _ events: String, zone: Zone = Desk.lagos
  ) -> (calendar: OnCallCalendar, mistakes: [CalendarMistake]) {
    let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\(events)\r\nEND:VCALENDAR\r\n"
    return OnCallCalendar.read(Array(text.utf8), zone: zone) { name in
      name == "Europe/Berlin" ? Desk.berlin : nil
    }
  }

  /// `Kofi 2022-01-03T08:00:00+01:00 2022-01-10T08:00:00+01:00`, in order.
  private static func shifts(
    _ events: String, from start: String = "2022-01-01T00:00Z",
    until end: String = "2022-12-31T00:00Z", zone: Zone = Desk.lagos
  ) throws -> [String] {
    let (calendar, mistakes) = read(events, zone: zone)
    #expect(mistakes == [])
    let (begin, limit) = (try #require(Timestamp(start)), try #require(Timestamp(end)))
    return calendar.occurrences(from: begin.instant, until: limit.instant)
      .sorted { $0.span.lowerBound < $1.span.lowerBound }
      .map {
        "\($0.person) \(zone.timestamp($0.span.lowerBound)) \(zone.timestamp($0.span.upperBound))"
      }
  }

  private static func event(_ lines: String...) -> String {
    (["BEGIN:VEVENT"] + lines + ["END:VEVENT"]).joined(separator: "\r\n")
  }

  @Test("Times with a zone, in UTC, without either, and whole days")
  func times() throws {
    #expect(
      try OnCallCalendarTests.shifts(
        OnCallCalendarTests.event(
          "DTSTART;TZID=Europe/Berlin:20220701T080000", "DTEND;TZID=Europe/Berlin:20220701T200000",
          "SUMMARY:Kofi")) == ["Kofi 2022-07-01T07:00:00+01:00 2022-07-01T19:00:00+01:00"])
    #expect(
      try OnCallCalendarTests.shifts(
        OnCallCalendarTests.event(
          "DTSTART:20220103T070000Z", "DTEND:20220110T070000Z", "SUMMARY:Kofi"))
        == ["Kofi 2022-01-03T08:00:00+01:00 2022-01-10T08:00:00+01:00"])
    #expect(
      try OnCallCalendarTests.shifts(
        OnCallCalendarTests.event("DTSTART:20220103T080000", "DURATION:PT12H", "SUMMARY:Kofi"))
        == ["Kofi 2022-01-03T08:00:00+01:00 2022-01-03T20:00:00+01:00"])
    #expect(
      try OnCallCalendarTests.shifts(
        OnCallCalendarTests.event("DTSTART;VALUE=DATE:20220103", "SUMMARY:Kofi"))
        == ["Kofi 2022-01-03T00:00:00+01:00 2022-01-04T00:00:00+01:00"])
  }

  @Test("The first attendee's name goes before the summary; folded lines are one")
  func person() throws {
    let folded = OnCallCalendarTests.event(
      "DTSTART;VALUE=DATE:20220103", "SUMMARY:Network on call",
      "ATTENDEE;ROLE=CHAIR;CN=\"Mensah; Ko", " fi\":mailto:kofi@ex", "\tample.org")
    #expect(
      try OnCallCalendarTests.shifts(folded)
        == ["Mensah; Kofi 2022-01-03T00:00:00+01:00 2022-01-04T00:00:00+01:00"])
    let nameless = OnCallCalendarTests.event(
      "DTSTART;VALUE=DATE:20220103", "ATTENDEE:MAILTO:kofi@example.org", "SUMMARY:x")
    #expect(try OnCallCalendarTests.shifts(nameless)[0].hasPrefix("kofi@example.org "))
    let escaped = OnCallCalendarTests.event(
      "DTSTART;VALUE=DATE:20220103", "SUMMARY:Mensah\\, Kofi")
    #expect(try OnCallCalendarTests.shifts(escaped)[0].hasPrefix("Mensah, Kofi "))
  }

  struct Rule: Sendable {
    let rule: String
    /// The days on which it begins, in January and February.
    let days: [String]

    init(_ rule: String, _ days: String...) { (self.rule, self.days) = (rule, days) }
  }

  @Test(
    "Rules repeat it",
    arguments: [
      Rule("FREQ=WEEKLY;COUNT=3", "01-03", "01-10", "01-17"),
      Rule("FREQ=WEEKLY;INTERVAL=2;COUNT=3", "01-03", "01-17", "01-31"),
      Rule("FREQ=DAILY;INTERVAL=10;UNTIL=20220124", "01-03", "01-13", "01-23"),
      Rule("FREQ=DAILY;UNTIL=20220105T070000Z", "01-03", "01-04", "01-05"),
      Rule("FREQ=DAILY;UNTIL=20220105T065959Z", "01-03", "01-04"),
      Rule("FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=4", "01-03", "01-05", "01-07", "01-10"),
      Rule("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;COUNT=4", "01-03", "01-09", "01-17", "01-23"),
      Rule(
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO;COUNT=4", "01-03", "01-16", "01-17", "01-30"),
      Rule("FREQ=DAILY;BYDAY=SA;COUNT=2", "01-08", "01-15"),
    ])
  func recurrence(_ rule: Rule) throws {
    let event = OnCallCalendarTests.event(
      "DTSTART:20220103T080000", "DTEND:20220103T200000", "SUMMARY:K", "RRULE:\(rule.rule)")
    let begins = try OnCallCalendarTests.shifts(event).map { String($0.dropFirst(7).prefix(5)) }
    #expect(begins == rule.days)
  }

  @Test("A rule without an end is as right in ninety years")
  func farAway() throws {
    let event = OnCallCalendarTests.event(
      "DTSTART:19700105T080000", "DURATION:P7D", "SUMMARY:K", "RRULE:FREQ=WEEKLY;INTERVAL=2")
    #expect(
      try OnCallCalendarTests.shifts(
        event, from: "2062-01-03T00:00Z", until: "2062-01-12T00:00Z")
        == OnCallCalendarTests.slowly(from: "2062-01-03T00:00Z", until: "2062-01-12T00:00Z"))
  }

  /// The same rule counted up one by one.
  private static func slowly(from start: String, until end: String) -> [String] {
    guard let begin = Timestamp(start), let limit = Timestamp(end),
      var date = CivilDate(year: 1970, month: 1, day: 5)
    else { return [] }
    var found: [String] = []
    while true {
      let from = Timestamp(CivilDateTime(date: date, secondOfDay: 28_800), offsetMinutes: 60)
      let to = Timestamp(from.instant + .days(7), offsetMinutes: 60)
      if from.instant >= limit.instant { return found }
      if to.instant > begin.instant { found.append("K \(from) \(to)") }
      date = date.adding(days: 14)
    }
  }

  @Test("Left-out days, replaced ones and cancelled ones")
  func exceptions() throws {
    let series = OnCallCalendarTests.event(
      "UID:1", "DTSTART:20220103T080000", "DTEND:20220104T080000", "SUMMARY:K",
      "RRULE:FREQ=DAILY;COUNT=5", "EXDATE:20220104T080000,20220105T070000Z")
    let instead = OnCallCalendarTests.event(
      "UID:1", "RECURRENCE-ID:20220106T080000", "DTSTART:20220106T080000", "DTEND:20220107T080000",
      "SUMMARY:Femi")
    let cancelled = OnCallCalendarTests.event(
      "UID:1", "RECURRENCE-ID:20220107T080000", "DTSTART:20220107T080000", "DTEND:20220108T080000",
      "SUMMARY:K", "STATUS:CANCELLED")
    #expect(
      try OnCallCalendarTests.shifts([instead, cancelled, series].joined(separator: "\r\n")) == [
        "K 2022-01-03T08:00:00+01:00 2022-01-04T08:00:00+01:00",
        "Femi 2022-01-06T08:00:00+01:00 2022-01-07T08:00:00+01:00",
      ])
  }

  @Test("A week from Monday 08:00 ends on Monday at 08:00, whatever the clocks did")
  func daylightSaving() throws {
    let event = OnCallCalendarTests.event(
      "DTSTART:20220314T080000", "DTEND:20220321T080000", "SUMMARY:K",
      "RRULE:FREQ=WEEKLY;COUNT=3")
    #expect(
      try OnCallCalendarTests.shifts(event, zone: Desk.berlin) == [
        "K 2022-03-14T08:00:00+01:00 2022-03-21T08:00:00+01:00",
        "K 2022-03-21T08:00:00+01:00 2022-03-28T08:00:00+02:00",
        "K 2022-03-28T08:00:00+02:00 2022-04-04T08:00:00+02:00",
      ])
  }

  @Test(
    "What is not understood is named by its line, and costs its event alone",
    arguments: [
      (
        "DTSTART:20220103T080000\r\nDTEND:20220110T080000\r\nSUMMARY:K\r\nRRULE:FREQ=MONTHLY",
        "6: FREQ=MONTHLY is not understood in RRULE; the event is left out"
      ),
      (
        "DTSTART:20220103T080000\r\nDTEND:20220110T080000\r\nSUMMARY:K\r\nRDATE:20220104T080000",
        "6: RDATE is not understood; the event is left out"
      ),
      (
        "DTSTART;TZID=Mars/Base:20220103T080000\r\nDTEND:20220110T080000\r\nSUMMARY:K",
        "3: there is no time zone \"Mars/Base\" (Africa/Lagos); the event is left out"
      ),
      (
        "DTSTART:20220230T080000\r\nDTEND:20220110T080000\r\nSUMMARY:K",
        "3: \"20220230T080000\" is no time (20220103T080000); the event is left out"
      ),
      (
        "DTSTART:20220103T080000\r\nDTEND:20220103T080000\r\nSUMMARY:K",
        "4: an event that ends before it begins; left out"
      ),
      (
        "DTSTART:20220103T080000\r\nSUMMARY:K",
        "2: an event without DTEND and DURATION; left out"
      ),
      (
        "DTSTART:20220103T080000\r\nDURATION:P1Y\r\nSUMMARY:K",
        "4: \"P1Y\" is no length (P7D, PT12H); the event is left out"
      ),
      ("SUMMARY:K", "2: an event without DTSTART; left out"),
      (
        "DTSTART;VALUE=DATE:20220103",
        "2: an event that names nobody in ATTENDEE or SUMMARY; left out"
      ),
    ])
  func mistakes(_ event: String, _ expected: String) {
    let good = OnCallCalendarTests.event("DTSTART;VALUE=DATE:20220103", "SUMMARY:Good")
    let text =
      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n\(event)\r\nEND:VEVENT\r\n\(good)\r\nEND:VCALENDAR\r\n"
    let (calendar, mistakes) = OnCallCalendar.read(
      Array(text.utf8), zone: Desk.lagos, zones: { _ in nil })
    #expect(mistakes.map { "\($0.line): \($0.problem)" } == [expected])
    #expect(calendar.events.map(\.person) == ["Good"])
  }

  @Test(
    "No bytes make it fail",
    arguments: [
      "", "x", "BEGIN:VCALENDAR", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:1",
      "BEGIN:VCALENDAR\nEND:VEVENT\nEND:VCALENDAR\nBEGIN:VEVENT\n END:VEVENT", ":;:;\"",
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VEVENT\nEND:VEVENT\nEND:VEVENT",
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:00010101T000000Z\nDURATION:P9999999D\nSUMMARY:k\nRRULE:FREQ=DAILY;COUNT=100000;INTERVAL=100000\nEND:VEVENT",
    ])
  func hostile(_ text: String) {
    let (calendar, mistakes) = OnCallCalendar.read(
      Array(text.utf8), zone: Desk.lagos, zones: { _ in nil })
    let begin = Instant(seconds: 1_640_995_200)
    #expect(calendar.occurrences(from: begin, until: begin + .days(366)).count <= 1)
    #expect(!mistakes.isEmpty || text.hasPrefix("BEGIN:VCALENDAR"))
  }
}
