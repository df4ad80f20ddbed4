import TestSupport
import Testing

@testable import LoggistModel

@Suite("Civil dates")
struct CivilDateTests {
  /// Counts days one by one, as somebody with a paper calendar would.
  private struct SlowCalendar {
    var (year, month, day) = (1600, 1, 1)
    // 1600-01-01 was a Saturday.
    var weekday = 5

    static func length(of month: Int, in year: Int) -> Int {
      let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
      return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    mutating func step() {
      weekday = (weekday + 1) % 7
      day += 1
      if day > SlowCalendar.length(of: month, in: year) { (day, month) = (1, month + 1) }
      if month > 12 { (month, year) = (1, year + 1) }
    }
  }

  @Test("every day from 1600 to 2400 agrees with a calendar that counts")
  func against() throws {
    var slow = SlowCalendar()
    var number = try #require(CivilDate(year: 1600, month: 1, day: 1)).dayNumber
    #expect(number == -135_140)
    var wrong = 0
    while slow.year <= 2400 {
      let date = CivilDate(dayNumber: number)
      if date.year != slow.year || date.month != slow.month || date.day != slow.day
        || date.dayNumber != number || date.weekday.rawValue != slow.weekday
        || CivilDate(year: slow.year, month: slow.month, day: slow.day) != date
      {
        wrong += 1
      }
      slow.step()
      number += 1
    }
    #expect(wrong == 0)
    #expect(CivilDate(year: 1970, month: 1, day: 1)?.dayNumber == 0)
  }

  @Test(
    "a day that no calendar has is refused",
    arguments: [
      (2022, 2, 29), (1900, 2, 29), (2100, 2, 29), (2022, 4, 31), (2022, 0, 1), (2022, 13, 1),
      (2022, 1, 0), (2022, 1, 32), (0, 1, 1), (10_000, 1, 1), (-1, 1, 1),
    ])
  func impossible(year: Int, month: Int, day: Int) {
    #expect(CivilDate(year: year, month: month, day: day) == nil)
  }

  @Test("a date reads and writes as people do")
  func texts() throws {
    let date = try #require(CivilDate(year: 2022, month: 1, day: 5))
    #expect(date.description == "2022-01-05")
    #expect(date.spoken == "Wednesday 5 January 2022")
    #expect(date.weekday.shortName == "Wed")
    #expect(CivilDate("2022-01-05") == date)
    #expect(CivilDate("2022-1-5") == nil)
    #expect(CivilDate("2022-01-05x") == nil)
    #expect(CivilDate(year: 33, month: 4, day: 3)?.description == "0033-04-03")
    #expect(date.adding(days: -5).description == "2021-12-31")
    #expect(date.adding(days: 54).description == "2022-02-28")
    #expect(date < date.adding(days: 1))
  }

  @Test("a wall clock shows 00:00 to 23:59:59 and nothing else")
  func timesOfDay() throws {
    let date = try #require(CivilDate(year: 2022, month: 1, day: 5))
    #expect(CivilDateTime(date: date, hour: 23, minute: 59, second: 59)?.secondOfDay == 86_399)
    #expect(CivilDateTime(date: date, hour: 24, minute: 0) == nil)
    #expect(CivilDateTime(date: date, hour: 20, minute: 60) == nil)
    #expect(CivilDateTime(date: date, hour: 20, minute: 0, second: 60) == nil)
    let before = CivilDateTime(secondsFromEpoch: -1)
    #expect(before.date.description == "1969-12-31")
    #expect((before.hour, before.minute, before.second) == (23, 59, 59))
    #expect(before.secondsFromEpoch == -1)
  }
}

@Suite("Zones")
struct ZoneTests {
  /// Samoa went from −10 to +14 at the end of 29 December 2011: the 30th never was.
  static let apia = Zone(
    name: "Pacific/Apia",
    periods: [
      Zone.Period(start: Desk.utc(2011, 9, 24, 14, 0), offsetMinutes: -600, abbreviation: "-10"),
      Zone.Period(start: Desk.utc(2011, 12, 30, 10, 0), offsetMinutes: 840, abbreviation: "+14"),
    ])

  /// Lord Howe Island moves its clocks by half an hour.
  static let lordHowe = Zone(
    name: "Australia/Lord_Howe",
    periods: [
      Zone.Period(start: Desk.utc(2021, 10, 2, 15, 30), offsetMinutes: 660, abbreviation: "+11"),
      Zone.Period(start: Desk.utc(2022, 4, 2, 15, 0), offsetMinutes: 630, abbreviation: "+1030"),
    ])

  private static func civil(
    _ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int
  ) throws -> CivilDateTime {
    let date = try #require(CivilDate(year: year, month: month, day: day))
    return try #require(CivilDateTime(date: date, hour: hour, minute: minute))
  }

  @Test("an ordinary time is read once")
  func once() throws {
    let civil = try ZoneTests.civil(2022, 1, 5, 20, 50)
    #expect(Desk.lagos.read(civil) == .once(Timestamp(civil, offsetMinutes: 60)))
    #expect(Desk.berlin.read(civil) == .once(Timestamp(civil, offsetMinutes: 60)))
    let summer = try ZoneTests.civil(2022, 7, 1, 0, 0)
    #expect(Desk.berlin.read(summer) == .once(Timestamp(summer, offsetMinutes: 120)))
  }

  @Test(
    "the edges of a clock change are read right",
    arguments: [
      (3, 27, 1, 59, "once +01:00"), (3, 27, 2, 0, "skipped"), (3, 27, 2, 59, "skipped"),
      (3, 27, 3, 0, "once +02:00"), (10, 30, 1, 59, "once +02:00"), (10, 30, 2, 0, "repeated"),
      (10, 30, 2, 59, "repeated"), (10, 30, 3, 0, "once +01:00"),
    ])
  func edges(month: Int, day: Int, hour: Int, minute: Int, expected: String) throws {
    let civil = try ZoneTests.civil(2022, month, day, hour, minute)
    switch Desk.berlin.read(civil) {
    case .once(let timestamp): #expect("once \(timestamp.offsetText)" == expected)
    case .skipped(let before, let after):
      #expect(expected == "skipped")
      #expect((before.offsetMinutes, after.offsetMinutes) == (60, 120))
    case .repeated(let first, let second):
      #expect(expected == "repeated")
      #expect((first.offsetMinutes, second.offsetMinutes) == (120, 60))
      #expect(second.instant - first.instant == .hours(1))
    }
  }

  @Test("a day that a zone left out is skipped whole")
  func skippedDay() throws {
    for hour in 0...23 {
      let civil = try ZoneTests.civil(2011, 12, 30, hour, 30)
      #expect(
        ZoneTests.apia.read(civil)
          == .skipped(
            before: Timestamp(civil, offsetMinutes: -600),
            after: Timestamp(civil, offsetMinutes: 840)))
    }
    let last = try ZoneTests.civil(2011, 12, 29, 23, 59)
    let next = try ZoneTests.civil(2011, 12, 31, 0, 0)
    #expect(ZoneTests.apia.read(last) == .once(Timestamp(last, offsetMinutes: -600)))
    #expect(ZoneTests.apia.read(next) == .once(Timestamp(next, offsetMinutes: 840)))
  }

  @Test(
    "what a zone's clocks show reads back to the instant",
    arguments: [Desk.lagos, Desk.berlin, ZoneTests.apia, ZoneTests.lordHowe])
  func roundTrip(zone: Zone) {
    var random = SeededGenerator(seed: 2)
    for period in zone.periods {
      let change = max(period.start.seconds, 0)
      for _ in 0..<2_000 {
        let instant = Instant(
          seconds: change + Int64.random(in: -200_000...200_000, using: &random))
        let timestamp = zone.timestamp(instant)
        switch zone.read(timestamp.civil) {
        case .once(let read): #expect(read == timestamp)
        case .repeated(let first, let second): #expect([first, second].contains(timestamp))
        case .skipped: Issue.record("\(zone.name) shows \(timestamp) and calls it skipped")
        }
      }
    }
  }

  @Test("a period holds from its start on, the first one also before it")
  func periods() {
    let change = Desk.utc(2022, 3, 27, 1, 0)
    #expect(Desk.berlin.period(at: change).abbreviation == "CEST")
    #expect(Desk.berlin.period(at: change - .seconds(1)).abbreviation == "CET")
    #expect(Desk.berlin.period(at: Instant(milliseconds: .min)).abbreviation == "CET")
    #expect(Zone.utc.timestamp(change).offsetMinutes == 0)
  }

  @Test("an abbreviation has the offset of its nearest use")
  func abbreviations() {
    let summer = Desk.utc(2022, 7, 1, 0, 0)
    #expect(Desk.berlin.offsetMinutes(abbreviation: "cest", near: summer) == 120)
    #expect(Desk.berlin.offsetMinutes(abbreviation: "CET", near: summer) == 60)
    #expect(Desk.berlin.offsetMinutes(abbreviation: "WAT", near: summer) == nil)
    #expect(Desk.lagos.offsetMinutes(abbreviation: "WAT", near: summer) == 60)
  }
}
