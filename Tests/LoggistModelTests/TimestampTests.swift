import TestSupport
import Testing

@testable import LoggistModel

@Suite("Timestamps")
struct TimestampTests {
  @Test(
    "a timestamp is read as RFC 3339",
    arguments: [
      ("2022-01-05T20:50:00+01:00", "2022-01-05T20:50:00+01:00"),
      ("2022-01-05T20:50:00.345+01:00", "2022-01-05T20:50:00.345+01:00"),
      ("2022-01-05T20:50:00.3+01:00", "2022-01-05T20:50:00.300+01:00"),
      ("2022-01-05T20:50:00,007Z", "2022-01-05T20:50:00.007+00:00"),
      ("2022-01-05T20:50:00.123456789Z", "2022-01-05T20:50:00.123+00:00"),
      ("2022-01-05T20:50Z", "2022-01-05T20:50:00+00:00"),
      ("2022-01-05 20:50:00-0330", "2022-01-05T20:50:00-03:30"),
      ("2022-01-05t20:50:00z", "2022-01-05T20:50:00+00:00"),
      ("2022-01-05T20:50:00-00:00", "2022-01-05T20:50:00+00:00"),
      ("2022-01-05T20:50:00+23:59", "2022-01-05T20:50:00+23:59"),
      ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999+00:00"),
      ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+00:00"),
      ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59+00:00"),
    ])
  func reading(text: String, written: String) throws {
    let timestamp = try #require(Timestamp(text))
    #expect(timestamp.description == written)
  }

  @Test(
    "a near miss is refused",
    arguments: [
      "", "2022-01-05", "2022-01-05T20:50:00", "2022-01-05T20:50:00+1:00", "2022-01-05T2050Z",
      "2022-1-05T20:50:00Z", "22-01-05T20:50:00Z", "2022/01/05T20:50:00Z", "2022-02-29T00:00:00Z",
      "2022-04-31T00:00:00Z", "2022-13-01T00:00:00Z", "2022-00-01T00:00:00Z",
      "2022-01-00T00:00:00Z", "0000-01-01T00:00:00Z", "2022-01-05T24:00:00Z",
      "2022-01-05T20:60:00Z", "2022-01-05T20:50:61Z", "2022-01-05T20:50:00.Z",
      "2022-01-05T20:50:00+24:00", "2022-01-05T20:50:00+01:60", "2022-01-05T20:50:00+01",
      "2022-01-05T20:50:00 +01:00", "2022-01-05T20:50:00Z ", " 2022-01-05T20:50:00Z",
      "2022-01-05T20:50:00WAT", "٢٠٢٢-01-05T20:50:00Z", "2022-01-05T20:50:00−01:00",
      "-2022-01-05T20:50:00Z", "12022-01-05T20:50:00Z",
    ])
  func nearMisses(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test("what is written reads back as the same instant and offset")
  func roundTrip() throws {
    var random = SeededGenerator(seed: 1)
    // A day inside the years 1 and 9999, so that no offset leads out of them.
    let (first, last) = (-62_135_510_400_000 as Int64, 253_402_214_400_000 as Int64)
    for _ in 0..<20_000 {
      let instant = Instant(milliseconds: Int64.random(in: first...last, using: &random))
      let timestamp = Timestamp(
        instant, offsetMinutes: Int.random(in: -1439...1439, using: &random))
      #expect(Timestamp(timestamp.description) == timestamp)
      #expect(Timestamp(Timestamp.utcText(instant))?.instant == instant)
    }
  }

  @Test("a leap second reads as the second after it")
  func leapSecond() throws {
    #expect(
      Timestamp("2016-12-31T23:59:60Z")?.instant == Timestamp("2017-01-01T00:00:00Z")?.instant)
    #expect(
      Timestamp("2016-12-31T23:59:60.250Z")?.instant
        == Timestamp("2017-01-01T00:00:00.250Z")?.instant)
  }

  @Test("the form of logged always has milliseconds and a Z")
  func logged() {
    #expect(
      Timestamp.utcText(Instant(milliseconds: 1_641_412_272_345)) == "2022-01-05T19:51:12.345Z")
    #expect(Timestamp.utcText(Instant(seconds: 0)) == "1970-01-01T00:00:00.000Z")
    #expect(Timestamp.utcText(Instant(milliseconds: -1)) == "1969-12-31T23:59:59.999Z")
  }

  @Test("the same instant on two clocks is two timestamps and one instant")
  func twoClocks() throws {
    let lagos = try #require(Timestamp("2022-01-05T20:50:00+01:00"))
    let london = try #require(Timestamp("2022-01-05T19:50:00Z"))
    #expect(lagos != london)
    #expect(lagos.instant == london.instant)
    #expect(lagos.civil.hour == 20)
    #expect(london.offsetText == "+00:00")
    #expect(Timestamp(lagos.instant, offsetMinutes: -330).offsetText == "-05:30")
  }

  @Test("cutting a fraction goes back in time, also before 1970")
  func wholeSeconds() {
    #expect(Instant(milliseconds: 1999).wholeSeconds == Instant(seconds: 1))
    #expect(Instant(milliseconds: -1).wholeSeconds == Instant(seconds: -1))
    #expect(Instant(milliseconds: -1000).wholeSeconds == Instant(seconds: -1))
  }
}

@Suite("Time spans")
struct TimeSpanTests {
  @Test(
    "a span reads as people say it",
    arguments: [
      (0, "0 s"), (45, "45 s"), (-45, "−45 s"), (59, "59 s"), (60, "1 min"), (2280, "38 min"),
      (3599, "59 min"), (3600, "1 h"), (3900, "1 h 05 min"), (-3900, "−1 h 05 min"),
      (86_399, "23 h 59 min"), (86_400, "1 d"), (266_400, "3 d 2 h"), (266_400 + 59, "3 d 2 h"),
    ])
  func spoken(seconds: Int, text: String) {
    #expect(TimeSpan.seconds(seconds).spoken == text)
  }

  @Test(
    "a running clock shows hours and minutes, from two days on days",
    arguments: [
      (0, "0:00"), (59, "0:00"), (-59, "0:00"), (780, "0:13"), (-120, "−0:02"), (18_720, "5:12"),
      (172_799, "47:59"), (172_800, "2 d"), (-172_800, "−2 d"),
    ])
  func clock(seconds: Int, text: String) {
    #expect(TimeSpan.seconds(seconds).clock == text)
  }

  @Test("less than a second has no sign")
  func fractions() {
    #expect(TimeSpan(milliseconds: -999).spoken == "0 s")
    #expect(TimeSpan(milliseconds: -999).clock == "0:00")
    #expect(TimeSpan(milliseconds: -1999).seconds == -1)
  }

  @Test("spans add and subtract")
  func arithmetic() {
    let start = Instant(seconds: 100)
    #expect(start + .minutes(2) - start == .seconds(120))
    #expect(start - .hours(1) == Instant(seconds: -3500))
    #expect(TimeSpan.days(1) - .hours(24) == .zero)
    #expect(TimeSpan.seconds(1) + .seconds(2) == .seconds(3))
  }
}
