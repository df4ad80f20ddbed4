import LoggistModel
import Testing

/// One line typed at 20:58 WAT on Wednesday 5 January 2022, and what it reads as.
struct LineCase: Sendable, CustomTestStringConvertible {
  let line: String
  let kind: Kind
  let reads: String

  init(_ line: String, _ reads: String, as kind: Kind = .note) {
    (self.line, self.kind, self.reads) = (line, kind, reads)
  }

  var testDescription: String { line }
}

@Suite("The entry line")
struct EntryLineTests {
  private func check(_ row: LineCase) {
    let context = Desk.context()
    let read = EntryLine.read(row.line, as: row.kind, in: context)
    #expect(read.summary(in: context) == row.reads)
  }

  @Test("a time of day opens a line", arguments: timesOfDay)
  func timeOfDay(_ row: LineCase) { check(row) }

  @Test("what only looks like a time is text", arguments: noTimes)
  func noTime(_ row: LineCase) { check(row) }

  @Test("a day goes with a time", arguments: days)
  func day(_ row: LineCase) { check(row) }

  @Test("a zone goes with a time", arguments: zones)
  func zone(_ row: LineCase) { check(row) }

  @Test("a length counts back from now", arguments: lengths)
  func length(_ row: LineCase) { check(row) }

  @Test("a person, a name, a mark, a field, a sentence", arguments: tokens)
  func token(_ row: LineCase) { check(row) }

  @Test("what only looks like a token is text", arguments: noTokens)
  func noToken(_ row: LineCase) { check(row) }

  @Test("a value is read by the type of its field", arguments: values)
  func value(_ row: LineCase) { check(row) }
}

extension EntryLineTests {
  static let timesOfDay = [
    LineCase("20:45 queue stuck", "20:45 'queue stuck'"),
    LineCase("20:45", "20:45"),
    LineCase("  20:45   queue stuck  ", "20:45 'queue stuck'"),
    LineCase("8:45pm queue stuck", "20:45 'queue stuck'"),
    LineCase("8:45 pm queue stuck", "20:45 'queue stuck'"),
    LineCase("8:45 PM", "20:45"),
    LineCase("8:45\u{202F}PM queue", "20:45 'queue'"),
    LineCase("8:45 p.m. queue", "20:45 'queue'"),
    LineCase("8pm queue", "20:00 'queue'"),
    LineCase("8 pm queue", "20:00 'queue'"),
    LineCase("12am shift change", "00:00 'shift change'"),
    LineCase("12:05 am shift", "00:05 'shift'"),
    LineCase("0:15 am shift", "00:15 'shift'"),
    LineCase("12pm lunch", "12:00 'lunch'"),
    LineCase("12:30 pm lunch", "12:30 'lunch'"),
    LineCase("2045h queue", "20:45 'queue'"),
    LineCase("0005h queue", "00:05 'queue'"),
    LineCase("2045hrs queue", "20:45 'queue'"),
    LineCase("20:45:30 queue", "20:45:30 'queue'"),
    LineCase("00:00 new day", "00:00 'new day'"),
    LineCase("00:05 still down", "00:05 'still down'"),
    LineCase("8:05 early", "08:05 'early'"),
    LineCase("~20:45 queue", "~20:45 'queue'"),
    LineCase("~ 20:45 queue", "~20:45 'queue'"),
    LineCase("ca. 20:45 queue", "~20:45 'queue'"),
    LineCase("ca 8:45 pm queue", "~20:45 'queue'"),
    LineCase("20:45: queue", "20:45 'queue'"),
    LineCase("20:45, queue", "20:45 'queue'"),
    LineCase("20:45. Queue", "20:45 'Queue'"),
    LineCase("20:45\nqueue\nstuck", "20:45 'queue\nstuck'"),
    LineCase("20:59 a minute ahead", "20:59 'a minute ahead'"),
    LineCase("21:00 two minutes ahead", "21:00 'two minutes ahead'"),
    LineCase(
      "21:01 queue",
      "2022-01-04 21:01 'queue' (later than now, so Tuesday 4 January 2022 is meant)"),
    LineCase(
      "23:50 queue",
      "2022-01-04 23:50 'queue' (later than now, so Tuesday 4 January 2022 is meant)"),
    LineCase("20:10-20:45 queue", "20:10 to:20:45 'queue'"),
    LineCase("20:10–20:45 queue", "20:10 to:20:45 'queue'"),
    LineCase("8:10pm-8:45pm queue", "20:10 to:20:45 'queue'"),
    LineCase("20:45-00:10 window", "20:45 to:2022-01-06 00:10 'window'"),
    LineCase("20:45 20:50 twice", "20:45 '20:50 twice'"),
    LineCase("20:45 8:50 pm twice", "20:45 '8:50 pm twice'"),
  ]

  static let noTimes = [
    LineCase("queue stuck since 20:45", "'queue stuck since 20:45'"),
    LineCase("10 users affected", "'10 users affected'"),
    LineCase("24:00 queue", "'24:00 queue'"),
    LineCase("25:10 queue", "'25:10 queue'"),
    LineCase("20:60 queue", "'20:60 queue'"),
    LineCase("8:60pm queue", "'8:60pm queue'"),
    LineCase("13:00pm queue", "'13:00pm queue'"),
    LineCase("13pm queue", "'13pm queue'"),
    LineCase("0:15pm queue", "'0:15pm queue'"),
    LineCase("20:4 queue", "'20:4 queue'"),
    LineCase("20:45x queue", "'20:45x queue'"),
    LineCase("20:45é queue", "'20:45é queue'"),
    LineCase("20:45/21:00 queue", "'20:45/21:00 queue'"),
    LineCase("20:456 queue", "'20:456 queue'"),
    LineCase("020:45 queue", "'020:45 queue'"),
    LineCase("2045 queue", "'2045 queue'"),
    LineCase("2460h queue", "'2460h queue'"),
    LineCase("8:45-9:10pm queue", "'8:45-9:10pm queue'"),
    LineCase("10.5 GB full", "'10.5 GB full'"),
    LineCase("1.2.3 installed", "'1.2.3 installed'"),
    LineCase("10.0.0.1:80 down", "'10.0.0.1:80 down'"),
    LineCase("20% loss", "'20% loss'"),
    LineCase("8 people waiting", "'8 people waiting'"),
    LineCase("12m cable cut", "'12m cable cut'"),
    LineCase("12 min wait", "'12 min wait'"),
    LineCase("-12 queue", "'-12 queue'"),
    LineCase("-12mm queue", "'-12mm queue'"),
    LineCase("- 12m queue", "'- 12m queue'"),
    LineCase("-12dB on the line", "'-12dB on the line'"),
    LineCase("-1m2h queue", "'-1m2h queue'"),
    LineCase("+12m queue", "'+12m queue'"),
    LineCase("12 moons ago", "'12 moons ago'"),
    LineCase("monday 8 people", "'monday 8 people'"),
    LineCase("mon ami 08:15", "'mon ami 08:15'"),
    LineCase("may 10:00 be moved", "'may 10:00 be moved'"),
    LineCase("yesterday it worked", "'yesterday it worked'"),
    LineCase("tomorrow 08:00 the vendor comes", "'tomorrow 08:00 the vendor comes'"),
    LineCase("2022-01-05 queue", "'2022-01-05 queue'"),
    LineCase("2022-02-29 20:45 queue", "'2022-02-29 20:45 queue'"),
    LineCase("2022-13-05 20:45 queue", "'2022-13-05 20:45 queue'"),
    LineCase("30 Feb 20:45 queue", "'30 Feb 20:45 queue'"),
    LineCase("01/02/2022 20:45 which", "'01/02/2022 20:45 which'"),
    LineCase("~ queue", "'~ queue'"),
    LineCase("\\20:45 queue", "'20:45 queue'"),
    LineCase("\\-12m queue", "'-12m queue'"),
    LineCase("\\\\20:45 queue", "'\\20:45 queue'"),
    LineCase("\\20 queue", "'\\20 queue'"),
    LineCase("", ""),
    LineCase("   \n ", ""),
  ]

  static let days = [
    LineCase("yesterday 23:50 queue", "2022-01-04 23:50 'queue'"),
    LineCase("Yesterday at 11:50 pm queue", "2022-01-04 23:50 'queue'"),
    LineCase("yesterday, 23:50 queue", "2022-01-04 23:50 'queue'"),
    LineCase("today 08:15 queue", "08:15 'queue'"),
    LineCase("mon 08:15 queue", "2022-01-03 08:15 'queue'"),
    LineCase("Monday 08:15 queue", "2022-01-03 08:15 'queue'"),
    LineCase("wed 08:15 queue", "08:15 'queue'"),
    LineCase("wed 22:15 queue", "2021-12-29 22:15 'queue'"),
    LineCase("thu 08:15 queue", "2021-12-30 08:15 'queue'"),
    LineCase("sun 8pm queue", "2022-01-02 20:00 'queue'"),
    LineCase("2022-01-05 20:45 queue", "20:45 'queue'"),
    LineCase("2022-01-05T20:45 queue", "20:45 'queue'"),
    LineCase("2022-01-05T20:45+01:00 queue", "20:45 'queue'"),
    LineCase("2022-01-05T19:45:30Z queue", "19:45:30+00:00 'queue'"),
    LineCase("2022-01-05 8:45 pm queue", "20:45 'queue'"),
    LineCase("2022-01-05, 20:45: queue", "20:45 'queue'"),
    LineCase("2020-02-29 20:45 leap", "2020-02-29 20:45 'leap'"),
    LineCase("29 Feb 20:45 leap", "2020-02-29 20:45 'leap'"),
    LineCase("5 Jan 20:45 queue", "20:45 'queue'"),
    LineCase("5 January 2022 20:45 queue", "20:45 'queue'"),
    LineCase("Jan 5 20:45 queue", "20:45 'queue'"),
    LineCase("Jan 5th, 2022, 20:45 queue", "20:45 'queue'"),
    LineCase("5 Jan 2045h queue", "20:45 'queue'"),
    LineCase("6 Jan 20:45 queue", "2021-01-06 20:45 'queue'"),
    LineCase("Wed 5 Jan 2022 20:45 queue", "20:45 'queue'"),
    LineCase("05.01.2022 20:45 queue", "20:45 'queue'"),
    LineCase("5-1-2022 20:45 queue", "20:45 'queue'"),
    LineCase("12/31/2021 20:45 queue", "2021-12-31 20:45 'queue'"),
    LineCase("~yesterday 23:50 queue", "~2022-01-04 23:50 'queue'"),
    LineCase("yesterday ca. 23:50 queue", "~2022-01-04 23:50 'queue'"),
    LineCase("2022-01-05 21:00 soon", "21:00 'soon'"),
    LineCase(
      "2022-01-05 21:01 later",
      "21:01 'later' PROBLEM 5 January 2022, 21:01 WAT is in the future"),
    LineCase(
      "today 22:00 later", "22:00 'later' PROBLEM 5 January 2022, 22:00 WAT is in the future"),
    LineCase(
      "2022-01-06 08:00 later",
      "2022-01-06 08:00 'later' PROBLEM 6 January 2022, 08:00 WAT is in the future"),
  ]

  static let zones = [
    LineCase("20:45 WAT queue", "20:45 'queue'"),
    LineCase("8:45 pm WAT queue", "20:45 'queue'"),
    LineCase("8:45pm WAT", "20:45"),
    LineCase("19:45 UTC queue", "19:45+00:00 'queue'"),
    LineCase("19:45Z queue", "19:45+00:00 'queue'"),
    LineCase("19:45 GMT: queue", "19:45+00:00 'queue'"),
    LineCase("20:45 CET queue", "20:45 'queue'"),
    LineCase("20:45 (CET) queue", "20:45 'queue'"),
    LineCase("21:45 CEST queue", "21:45+02:00 'queue'"),
    LineCase("11:45 AM PST queue", "11:45-08:00 'queue'"),
    LineCase("20:45+01:00 queue", "20:45 'queue'"),
    LineCase("20:45 +0100 queue", "20:45 'queue'"),
    LineCase("14:45 -05:00 queue", "14:45-05:00 'queue'"),
    LineCase("20:45 UTC+1 queue", "20:45 'queue'"),
    LineCase("16:15 UTC-03:30 queue", "16:15-03:30 'queue'"),
    LineCase("2022-01-05 14:45 EST queue", "14:45-05:00 'queue'"),
    LineCase("20:10-20:45 WAT queue", "20:10 to:20:45 'queue'"),
    LineCase("20:45 BST queue", "20:45 'queue' (BST read as UTC+01:00)"),
    LineCase("20:45 IT down", "20:45 'IT down'"),
    LineCase("20:45 wat is this", "20:45 'wat is this'"),
    LineCase("20:45 CAT scanner down", "20:45 'CAT scanner down'"),
    LineCase("20:45 CT scanner down", "20:45 'CT scanner down'"),
    LineCase("20:45 WEST wing down", "20:45 'WEST wing down'"),
    LineCase("20:45 WATCH this", "20:45 'WATCH this'"),
    LineCase("20:45 Z-drive full", "20:45 'Z-drive full'"),
    LineCase("20:45 +2 more users", "20:45 '+2 more users'"),
    LineCase("20:45 WAT CET", "20:45 'CET'"),
    LineCase("-12m WAT", "20:46 'WAT'"),
  ]

  static let lengths = [
    LineCase("-12m queue", "20:46 'queue'"),
    LineCase("-12m", "20:46"),
    LineCase("-12m cable cut", "20:46 'cable cut'"),
    LineCase("−12m queue", "20:46 'queue'"),
    LineCase("–12m queue", "20:46 'queue'"),
    LineCase("-12min queue", "20:46 'queue'"),
    LineCase("-1h30m queue", "19:28 'queue'"),
    LineCase("-2h queue", "18:58 'queue'"),
    LineCase("-90s queue", "20:56:30 'queue'"),
    LineCase("-1d queue", "2022-01-04 20:58 'queue'"),
    LineCase("-1d2h queue", "2022-01-04 18:58 'queue'"),
    LineCase("-0m queue", "20:58 'queue'"),
    LineCase("~-12m queue", "~20:46 'queue'"),
    LineCase("12m ago queue", "20:46 'queue'"),
    LineCase("12 min ago queue", "20:46 'queue'"),
    LineCase("12 minutes ago: queue", "20:46 'queue'"),
    LineCase("2 hours ago", "18:58"),
    LineCase("1h30m ago queue", "19:28 'queue'"),
    LineCase("1 h 30 min ago queue", "19:28 'queue'"),
    LineCase("1 day ago queue", "2022-01-04 20:58 'queue'"),
  ]
}
