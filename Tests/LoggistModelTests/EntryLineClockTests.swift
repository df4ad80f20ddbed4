import LoggistModel
import Testing

@Suite("The entry line and the clocks")
struct EntryLineClockTests {
  private func summary(
    _ line: String, at now: Instant, in zone: Zone = Desk.lagos, as kind: Kind = .note
  ) -> String {
    let context = Desk.context(now: now, zone: zone)
    return EntryLine.read(line, as: kind, in: context).summary(in: context)
  }

  @Test("around midnight a time is the last such, two minutes ahead at most")
  func midnight() {
    let late = Desk.utc(2022, 1, 5, 22, 50)
    #expect(summary("00:05 x", at: late) == "00:05 'x'")
    #expect(summary("23:52 x", at: late) == "23:52 'x'")
    #expect(
      summary("23:53 x", at: late)
        == "2022-01-04 23:53 'x' (later than now, so Tuesday 4 January 2022 is meant)")
    let early = Desk.utc(2022, 1, 5, 23, 5)
    #expect(
      summary("23:50 x", at: early)
        == "2022-01-05 23:50 'x' (later than now, so Wednesday 5 January 2022 is meant)")
    #expect(summary("00:07 x", at: early) == "00:07 'x'")
    // 23:59:30: a clock that is a minute ahead shows tomorrow already.
    let almost = Desk.utc(2022, 1, 5, 22, 59) + .seconds(30)
    #expect(summary("00:01 x", at: almost) == "2022-01-06 00:01 'x'")
    #expect(summary("00:02 x", at: almost) == "00:02 'x'")
  }

  @Test("a time in another zone finds its own day")
  func otherZones() {
    // 00:30 in Lagos is still yesterday in London.
    let now = Desk.utc(2022, 1, 5, 23, 30)
    #expect(summary("23:20 UTC x", at: now) == "2022-01-05 23:20+00:00 'x'")
    #expect(summary("08:20 JST x", at: now) == "08:20+09:00 'x'")
    #expect(summary("yesterday 23:20 UTC x", at: now) == "2022-01-04 23:20+00:00 'x'")
  }

  @Test("29 February is a day in leap years only")
  func leapDay() {
    let now = Desk.utc(2024, 3, 1, 11, 0)
    #expect(summary("2024-02-29 20:45 x", at: now) == "2024-02-29 20:45 'x'")
    #expect(summary("29 Feb 20:45 x", at: now) == "2024-02-29 20:45 'x'")
    #expect(summary("thu 20:45 x", at: now) == "2024-02-29 20:45 'x'")
    #expect(summary("2023-02-29 20:45 x", at: now) == "'2023-02-29 20:45 x'")
    #expect(summary("29 Feb 2023 20:45 x", at: now) == "'29 Feb 2023 20:45 x'")
  }

  @Test("an hour that the clocks skip is asked about")
  func skippedHour() {
    // 27 March 2022, 10:00 CEST.
    let now = Desk.utc(2022, 3, 27, 8, 0)
    #expect(
      summary("02:30 x", at: now, in: Desk.berlin)
        == "02:30+01:00 'x' PROBLEM the clocks skipped this time: 01:30 CET or 03:30 CEST?")
    #expect(summary("01:30 x", at: now, in: Desk.berlin) == "01:30 'x'")
    #expect(summary("03:30 x", at: now, in: Desk.berlin) == "03:30 'x'")
    #expect(summary("02:30 UTC x", at: now, in: Desk.berlin) == "02:30+00:00 'x'")
    #expect(summary("-7h x", at: now, in: Desk.berlin) == "03:00 'x'")
    #expect(summary("-8h x", at: now, in: Desk.berlin) == "01:00 'x'")
  }

  @Test("an hour that the clocks repeat is asked about, unless it was once so far")
  func repeatedHour() {
    // 30 October 2022, 09:00 CET.
    let after = Desk.utc(2022, 10, 30, 8, 0)
    #expect(
      summary("02:30 x", at: after, in: Desk.berlin)
        == "02:30 'x' PROBLEM the clocks showed this time twice: 02:30 CEST or 02:30 CET?")
    #expect(summary("02:30 CEST x", at: after, in: Desk.berlin) == "02:30 'x'")
    #expect(summary("02:30 CET x", at: after, in: Desk.berlin) == "02:30 'x'")
    #expect(
      EntryLine.read("02:30 CET", as: .note, in: Desk.context(now: after, zone: Desk.berlin)).at
        .description == "2022-10-30T02:30:00+01:00")
    // 02:40 CEST, the first time: 02:30 was ten minutes ago.
    let between = Desk.utc(2022, 10, 30, 0, 40)
    #expect(summary("02:30 x", at: between, in: Desk.berlin) == "02:30 'x'")
    #expect(
      summary("02:45 x", at: between, in: Desk.berlin)
        == "2022-10-29 02:45 'x' (later than now, so Saturday 29 October 2022 is meant)")
  }

  @Test("a problem names both readings")
  func readings() {
    let context = Desk.context(now: Desk.utc(2022, 10, 30, 8, 0), zone: Desk.berlin)
    let problem = EntryLine.read("02:30 x", as: .note, in: context).problem
    #expect(
      problem
        == .repeatedTime(
          first: Timestamp(Desk.utc(2022, 10, 30, 0, 30), offsetMinutes: 120),
          second: Timestamp(Desk.utc(2022, 10, 30, 1, 30), offsetMinutes: 60)))
  }

  @Test("a desk whose zone uses a word as its abbreviation reads it")
  func ownAbbreviation() {
    let maputo = Zone(name: "Africa/Maputo", offsetMinutes: 120, abbreviation: "CAT")
    #expect(summary("20:45 CAT x", at: Desk.now, in: maputo) == "20:45 'x'")
    let istanbul = Zone(name: "Europe/Istanbul", offsetMinutes: 180, abbreviation: "+03")
    #expect(summary("20:45 +03 x", at: Desk.now, in: istanbul) == "20:45 'x'")
  }
}

@Suite("How an entry line is said")
struct EntryLineSpokenTests {
  private func spoken(
    _ line: String, as kind: Kind = .note, hours: HourStyle = .twentyFour
  ) -> String {
    var context = Desk.context()
    context.hours = hours
    return EntryLine.read(line, as: kind, in: context).spoken(in: context)
  }

  @Test("the time, how long ago, then what was recognised")
  func recognised() {
    #expect(
      spoken("20:46 no drugs @ama #pharmacy callback=yes !1", as: .complaint)
        == "20:46 WAT, 12 min ago · caller Ama Owusu · place Pharmacy · callback yes · priority P1")
    #expect(
      spoken("20:46 x", hours: .twelve) == "8:46 pm WAT, 12 min ago")
    #expect(spoken("x") == "20:58 WAT, now")
    #expect(spoken("21:00 x") == "21:00 WAT, in 2 min")
    #expect(spoken("19:46 UTC x") == "20:46 WAT, 12 min ago")
    #expect(
      spoken("~yesterday 23:50 #x !major")
        == "about Tue 4 Jan 23:50 WAT, 21 h 08 min ago · major · #x")
    #expect(spoken("31 Dec 23:58 x") == "Fri 31 Dec 2021 23:58 WAT, 4 d 21 h ago")
    #expect(
      spoken("20:10-20:45 x @ama") == "20:10 WAT, 48 min ago · until 20:45 WAT · by Ama Owusu")
    #expect(
      spoken("told next_due=21:30 audience=wards", as: .comms)
        == "20:58 WAT, now · next due 21:30 WAT · audience wards")
    #expect(spoken("!major", as: .set) == "20:58 WAT, now · major")
  }

  @Test("a mark in a kind without a field for it makes a second entry")
  func entries() throws {
    let context = Desk.context()
    let incident = try #require(IncidentID("INC-12"))
    let read = EntryLine.read("-12m no drugs !1 !major @ama #x", as: .observation, in: context)
    let entries = read.entries(incident: incident)
    #expect(
      entries.map(\.json.text) == [
        #"{"kind":"observation","incident":"INC-12","at":"2022-01-05T20:46:00+01:00","text":"no drugs","#
          + #""tags":["x"],"author":"Ama Owusu"}"#,
        #"{"kind":"set","incident":"INC-12","at":"2022-01-05T20:46:00+01:00","priority":"P1","#
          + #""major":true,"author":"Ama Owusu"}"#,
      ])
    #expect(entries.allSatisfy { $0.problem == nil })
    #expect((read.priority, read.isMajor, read.person) == (.p1, true, "Ama Owusu"))
    let set = EntryLine.read("!2", as: .set, in: context)
    #expect(set.entries(incident: incident).count == 1)
    #expect(set.priority == .p2)
  }

  @Test("spans say where a token stands, in bytes")
  func spans() {
    let read = EntryLine.read("20:46 ọ̀fẹ́ @ama, \\#x #y", as: .note, in: Desk.context())
    #expect(
      read.spans.map { "\($0.meaning) \($0.range)" } == [
        "time 0..<5", "person 18..<22", "escape 24..<25", "tag 28..<30",
      ])
    #expect(read.text == "ọ̀fẹ́, #x")
  }

  @Test("a preview becomes a line")
  func format() {
    let context = Desk.context()
    var preview = EntryLine.read(
      "~20:46 no @x drugs @ama #pharmacy channel=phone !1", as: .complaint, in: context)
    #expect(
      EntryLine.format(preview, in: context)
        == "~2022-01-05T20:46:00+01:00 !1 caller=x place=Pharmacy channel=phone no drugs \\@ama")
    preview.text = "20:45 C# \\ a=b"
    preview.hasTime = false
    preview.fields = []
    preview.changes = []
    preview.tags = ["pharmacy", "1", "two words"]
    #expect(
      EntryLine.format(preview, in: context)
        == "#\"pharmacy\" #\"1\" #\"two words\" 20:45 C# \\ a=b")
    preview.tags = []
    #expect(EntryLine.format(preview, in: context) == "\\20:45 C# \\ a=b")
    preview = EntryLine.read("@ama x", as: .note, in: context)
    #expect(EntryLine.format(preview, in: context) == "@ama x")
  }
}

@Suite("Times as people read them")
struct ClockTextTests {
  static let day = ClockStyle(zone: Desk.lagos)
  static let half = ClockStyle(zone: Desk.lagos, hours: .twelve)

  @Test("in both styles")
  func styles() {
    let at = Desk.utc(2022, 1, 5, 19, 45)
    #expect(Self.day.time(at) == "20:45")
    #expect(Self.half.time(at) == "8:45 pm")
    #expect(Self.half.timeAndZone(at) == "8:45 pm WAT")
    #expect(Self.day.dayHeading(at) == "Wednesday 5 January 2022")
    #expect(Self.day.dateAndTime(at) == "5 January 2022, 20:45 WAT")
    #expect(Self.day.zoneAbbreviation(at) == "WAT")
    #expect(Self.day.zoneAndOffset(at) == "WAT (UTC+01:00)")
  }

  @Test("midnight and noon on a 12-hour clock")
  func twelve() {
    #expect(Self.half.time(Desk.utc(2022, 1, 5, 23, 0)) == "12:00 am")
    #expect(Self.half.time(Desk.utc(2022, 1, 5, 23, 5)) == "12:05 am")
    #expect(Self.half.time(Desk.utc(2022, 1, 5, 11, 0)) == "12:00 pm")
    #expect(Self.day.time(Desk.utc(2022, 1, 5, 23, 5)) == "00:05")
  }

  @Test("zones without a name of their own, and UTC")
  func zones() {
    let at = Desk.utc(2022, 7, 5, 19, 45)
    let istanbul = ClockStyle(
      zone: Zone(name: "Europe/Istanbul", offsetMinutes: 180, abbreviation: "+03"))
    #expect(istanbul.timeAndZone(at) == "22:45 UTC+03:00")
    #expect(istanbul.zoneAndOffset(at) == "UTC+03:00")
    #expect(ClockStyle(zone: .utc).zoneAndOffset(at) == "UTC")
    #expect(ClockStyle(zone: Desk.berlin).zoneAndOffset(at) == "CEST (UTC+02:00)")
  }
}
