import LoggistMetrics
import LoggistModel
import Testing

@Suite struct PeriodTests {
  static let lagos = Zone(name: "Africa/Lagos", offsetMinutes: 60, abbreviation: "WAT")

  @Test(
    "A period reads as the days that people mean, in their zone",
    arguments: [
      ("2026", "2026-01-01T00:00:00+01:00", "2027-01-01T00:00:00+01:00"),
      ("2026-Q1", "2026-01-01T00:00:00+01:00", "2026-04-01T00:00:00+01:00"),
      ("2026-Q3", "2026-07-01T00:00:00+01:00", "2026-10-01T00:00:00+01:00"),
      ("2026-Q4", "2026-10-01T00:00:00+01:00", "2027-01-01T00:00:00+01:00"),
      ("2026-11", "2026-11-01T00:00:00+01:00", "2026-12-01T00:00:00+01:00"),
      ("2024-02", "2024-02-01T00:00:00+01:00", "2024-03-01T00:00:00+01:00"),
      ("2026-W01", "2025-12-29T00:00:00+01:00", "2026-01-05T00:00:00+01:00"),
      ("2026-W47", "2026-11-16T00:00:00+01:00", "2026-11-23T00:00:00+01:00"),
      ("2026-W53", "2026-12-28T00:00:00+01:00", "2027-01-04T00:00:00+01:00"),
      ("2026-11-22", "2026-11-22T00:00:00+01:00", "2026-11-23T00:00:00+01:00"),
      ("2026-11-01..2026-12-01", "2026-11-01T00:00:00+01:00", "2026-12-01T00:00:00+01:00"),
      ("2026-Q1..2026-W47", "2026-01-01T00:00:00+01:00", "2026-11-16T00:00:00+01:00"),
      (
        "2026-11-22T08:00Z..2026-11-22T16:30+01:00", "2026-11-22T09:00:00+01:00",
        "2026-11-22T16:30:00+01:00"
      ),
    ])
  func reads(text: String, from: String, to: String) throws {
    let period = try #require(Period(text, in: Self.lagos))
    #expect(period.from.description == from)
    #expect(period.to.description == to)
  }

  @Test(
    "What is no period is none",
    arguments: [
      "", "26", "2026-", "2026-Q0", "2026-Q5", "2026-q3", "2026-13", "2026-00", "2026-W00",
      "2025-W53",
      "2026-W54", "2026-1", "2026-02-29", "+026", "2026-Q+1", "2026..", "..2026", "2026..2026",
      "2027..2026",
      "2026-11-22-01", "last week",
    ])
  func refuses(text: String) {
    #expect(Period(text, in: Self.lagos) == nil)
  }

  @Test func `A period is half open`() throws {
    let period = try #require(Period("2026-11", in: .utc))
    #expect(period.contains(period.start))
    #expect(!period.contains(period.end))
  }

  @Test func `A day that begins with a jump of the clocks begins at the jump`() throws {
    // Cairo, 28 April 2023: from 00:00 to 01:00.
    let jump = try #require(Timestamp("2023-04-28T00:00+02:00")).instant
    let cairo = Zone(
      name: "Africa/Cairo",
      periods: [
        Zone.Period(start: Instant(milliseconds: .min), offsetMinutes: 120, abbreviation: "EET"),
        Zone.Period(start: jump, offsetMinutes: 180, abbreviation: "EEST"),
      ])
    let day = try #require(Period("2023-04-28", in: cairo))
    #expect(day.start == jump)
    #expect((day.end - day.start) == .hours(23))
  }

  @Test(
    "A period has one of its sort before it and one behind it",
    arguments: [
      ("2022-01", "2021-12", "2022-02"), ("2022", "2021", "2023"),
      ("2022-Q1", "2021-Q4", "2022-Q2"), ("2022-03-01", "2022-02-28", "2022-03-02"),
      ("2020-W53", "2020-W52", "2021-W01"), ("2021-W01", "2020-W53", "2021-W02"),
      ("2022-01-03..2022-01-10", "2021-12-27..2022-01-03", "2022-01-10..2022-01-17"),
      (
        "2022-01-03T08:00+01:00..2022-01-03T10:00+01:00",
        "2022-01-03T06:00:00+01:00..2022-01-03T08:00:00+01:00",
        "2022-01-03T10:00:00+01:00..2022-01-03T12:00:00+01:00"
      ),
    ])
  func neighbours(label: String, previous: String, next: String) throws {
    let period = try #require(Period(label, in: Self.lagos))
    #expect(period.previous?.label == previous)
    #expect(period.next?.label == next)
    // There and back again.
    #expect(period.next?.previous?.start == period.start)
    #expect(period.previous?.end == period.start)
  }

  @Test("The calendar ends at both ends")
  func ends() {
    #expect(Period("0001", in: Self.lagos)?.previous == nil)
    #expect(Period("9999", in: Self.lagos)?.next == nil)
  }

  @Test("The month of a moment is that of the desk's calendar")
  func month() throws {
    let late = try #require(Timestamp("2022-01-31T23:30:00Z")).instant
    #expect(Period.month(of: late, in: Self.lagos) == Period("2022-02", in: Self.lagos))
    #expect(Period.month(of: late, in: .utc).label == "2022-01")
  }
}
