import LoggistModel
import TestSupport
import Testing

@Suite("Hours in which a clock counts")
struct WorkingHoursTests {
  private static let week: [Weekday: [Range<Int>]] = Dictionary(
    uniqueKeysWithValues: Weekday.allCases.prefix(5).map { ($0, [8 * 3600..<17 * 3600]) })
  private let office = WorkingHours(
    name: "office", zone: .utc, hours: week, holidays: [CivilDate(dayNumber: 18_998)])

  private func at(_ text: String) throws -> Instant { try #require(Timestamp(text)).instant }

  @Test(
    "Only what lies in the hours counts",
    arguments: [
      // 5 January 2022 is a Wednesday, the 6th a holiday, the 8th a Saturday.
      ("2022-01-05T09:00:00Z", "2022-01-05T10:30:00Z", 90),
      ("2022-01-05T06:00:00Z", "2022-01-05T09:00:00Z", 60),
      ("2022-01-05T16:00:00Z", "2022-01-07T09:00:00Z", 120),
      ("2022-01-08T00:00:00Z", "2022-01-10T00:00:00Z", 0),
      ("2022-01-07T16:59:00Z", "2022-01-10T08:01:00Z", 2),
      ("2022-01-05T10:00:00Z", "2022-01-05T09:00:00Z", 0),
    ])
  func counts(from: String, to: String, minutes: Int) throws {
    let (start, end) = (try at(from), try at(to))
    #expect(office.time(from: start, to: end) == .minutes(minutes))
  }

  @Test("What is due after so much of it is due inside of it")
  func due() throws {
    let wednesday = try at("2022-01-05T16:00:00Z")
    let friday = try at("2022-01-07T09:00:00Z")
    #expect(office.moment(after: .hours(2), from: wednesday) == friday)
    let saturday = try at("2022-01-08T12:00:00Z")
    let monday = try at("2022-01-10T09:00:00Z")
    #expect(office.moment(after: .hours(1), from: saturday) == monday)
    let never = WorkingHours(name: "never", zone: .utc, hours: [:])
    #expect(never.moment(after: .minutes(1), from: wednesday) == nil)
  }

  @Test("Hours that touch or lie over each other are worked once")
  func joined() {
    let hours = WorkingHours(
      name: "x", zone: .utc, hours: [.wednesday: [3600..<7200, 0..<3600, 5000..<9000]])
    #expect(hours.hours[.wednesday] == [0..<9000])
  }

  /// Clocks go from 02:00 to 03:00 on 27 March 2022, and from 03:00 back to 02:00 on 30 October.
  private let berlin = Zone(
    name: "Europe/Berlin",
    periods: [
      .init(start: Instant(milliseconds: .min), offsetMinutes: 60, abbreviation: "CET"),
      .init(
        start: Instant(seconds: 1_648_342_800), offsetMinutes: 120, abbreviation: "CEST"),
      .init(
        start: Instant(seconds: 1_667_091_600), offsetMinutes: 60, abbreviation: "CET"),
    ])

  @Test(
    "A night in which the clocks change is as long as it is",
    arguments: [
      ("2022-03-27", 0..<8 * 3600, 7), ("2022-10-30", 0..<8 * 3600, 9),
      // The hour that is skipped is no hour; the one that comes twice is two.
      ("2022-03-27", 2 * 3600..<3 * 3600, 0), ("2022-10-30", 2 * 3600..<3 * 3600, 2),
      ("2022-03-27", 0..<86_400, 23), ("2022-10-30", 0..<86_400, 25),
    ])
  func clockChange(day: String, range: Range<Int>, hours: Int) throws {
    let work = WorkingHours(name: "night", zone: berlin, hours: [.sunday: [range]])
    let noon = try at("\(day)T12:00:00Z")
    #expect(work.time(from: noon - .hours(30), to: noon + .hours(30)) == .hours(hours))
  }

  @Test("A thousand random intervals are what minutes counted one by one make")
  func slowly() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<1000 {
      let start =
        try at("2022-03-25T00:00:00Z") + .minutes(Int.random(in: 0..<6000, using: &random))
      let length = Int.random(in: 0..<4000, using: &random)
      let work = WorkingHours(
        name: "x", zone: berlin,
        hours: Dictionary(
          uniqueKeysWithValues: Weekday.allCases.map { day in
            let from = Int.random(in: 0..<1440, using: &random)
            return (day, [from * 60..<Int.random(in: from...1440, using: &random) * 60])
          }))
      let counted = (0..<length).count { minute in
        let civil = berlin.civil(start + .minutes(minute))
        return work.hours[civil.date.weekday]?.contains { $0.contains(civil.secondOfDay) } == true
      }
      #expect(work.time(from: start, to: start + .minutes(length)) == .minutes(counted))
      // What is due after all of it is due by its end, and not a minute earlier than its last working minute.
      if counted > 0, let due = work.moment(after: .minutes(counted), from: start) {
        #expect(due <= start + .minutes(length))
        #expect(work.time(from: start, to: due) == .minutes(counted))
      }
    }
  }
}
