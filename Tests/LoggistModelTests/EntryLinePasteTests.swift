import LoggistModel
import Testing

@Suite("Pasted lines")
struct EntryLinePasteTests {
  /// Pasted at 23:40 WAT on the day of the reference incident.
  static let evening = Desk.context(now: Desk.utc(2022, 1, 5, 22, 40))

  private func check(
    _ text: String, in context: EntryLineContext = evening, _ expected: [String],
    readingTokens: Bool = false
  ) {
    let read = EntryLine.readLines(
      text, as: .note, in: context, readingTokens: readingTokens)
    #expect(read.map { $0.summary(in: context) } == expected)
  }

  @Test("the reference incident, on a 12-hour clock, one time without its zone")
  func pharmacyOutage() {
    let text = """
      8:45 pm WAT: the issue was noticed
      8:50 pm WAT: the pharmacist on call complained to the front desk
      8:55 pm WAT: taken for a network error; the page was refreshed several times
      9:02 pm WAT: reported to the front desk officer, who called Terence Waller
      9:10 pm: only requests to the pharmacy are affected; debug mode on
      9:20 pm WAT: API reverted, pharmacy microservice restarted
      9:23 pm WAT: service back up
      """
    check(
      text,
      [
        "20:45 'the issue was noticed'",
        "20:50 'the pharmacist on call complained to the front desk'",
        "20:55 'taken for a network error; the page was refreshed several times'",
        "21:02 'reported to the front desk officer, who called Terence Waller'",
        "21:10 'only requests to the pharmacy are affected; debug mode on'",
        "21:20 'API reverted, pharmacy microservice restarted'",
        "21:23 'service back up'",
      ])
  }

  @Test(
    "what parts a time from its text is stripped",
    arguments: [
      "20:45 stuck", "- 20:45 stuck", "* 20:45 stuck", "• 20:45 – stuck", "20:45 - stuck",
      "20:45 — stuck", "20:45: stuck", "20:45 : stuck", "20:45 | stuck", "| 20:45 | stuck |",
      "|20:45|stuck|", "**20:45** stuck", "**20:45**: stuck", "**20:45:** stuck",
      "- **20:45** - stuck", "- **20:45: stuck**", "*20:45* stuck", "_20:45_ stuck",
      "`20:45` stuck", "[20:45] stuck", "* [20:45] - stuck", "1. 20:45 stuck", "2) 20:45 stuck",
      "- [x] 20:45 stuck", "> 20:45 stuck", "> - 20:45 stuck", "### 20:45 stuck",
      "### 08:45pm - stuck", "\t20:45 stuck  ", "20:45 stuck\r", "8:45 PM: stuck",
      "- 2022-01-05 20:45 - stuck", "05-01-2022 20:45 – stuck", "| 2022-01-05 | 20:45 | stuck |",
      "2022-01-05, 08:45pm: stuck",
    ])
  func separators(_ line: String) {
    check(line, ["20:45 'stuck'"])
  }

  @Test("what belongs to the text is kept")
  func kept() {
    check("20:45 - -12 dB on the line", ["20:45 '-12 dB on the line'"])
    check("20:45 *urgent* call", ["20:45 '*urgent* call'"])
    check("20:45 run `a**b` **now**", ["20:45 'run `a**b` now'"])
    check("20:45 - @ama asks #it", ["20:45 '@ama asks #it'"])
    check("10 users affected", ["'10 users affected'"])
    check("- 12m cable cut", ["'12m cable cut'"])
    check("", [])
    check("\n \n\r\n", [])
  }

  @Test("tokens are read where somebody asks for it")
  func tokens() {
    check(
      "20:45 - stuck @ama #it !1\n20:50 \\#it\n\\20:55 was said",
      [
        "20:45 'stuck' by:Ama Owusu set:priority=P1 #it", "20:50 '#it'",
        "20:50 '20:55 was said' (no time of its own: that of the line before)",
      ],
      readingTokens: true)
  }

  @Test("lines without a day lead up to the present, over midnight")
  func midnight() {
    let text = "23:50 down\n23:58 called\n00:05 they answered\n00:20 up"
    check(
      text, in: Desk.context(now: Desk.utc(2022, 1, 5, 23, 30)),
      [
        "2022-01-05 23:50 'down' (later than now, so Wednesday 5 January 2022 is meant)",
        "2022-01-05 23:58 'called'", "00:05 'they answered'", "00:20 'up'",
      ])
    check(
      text,
      [
        "2022-01-04 23:50 'down' (later than now, so Tuesday 4 January 2022 is meant)",
        "2022-01-04 23:58 'called'", "00:05 'they answered'", "00:20 'up'",
      ])
  }

  @Test("a smaller time is the next day, a little smaller one out of order")
  func stepsBack() {
    check(
      "2022-01-03 22:00 a\n23:00 b\n22:50 c\n23:05 d\n01:00 e",
      [
        "2022-01-03 22:00 'a'", "2022-01-03 23:00 'b'",
        "2022-01-03 22:50 'c' (earlier than the line before)", "2022-01-03 23:05 'd'",
        "2022-01-04 01:00 'e' (earlier than the line before, so Tuesday 4 January 2022 is meant)",
      ])
    check(
      "20:10 a\n20:05 b\n20:20 c",
      ["20:10 'a'", "20:05 'b' (earlier than the line before)", "20:20 'c'"])
  }

  @Test("a table: its header states the zone, an unknown time leaves the day")
  func table() {
    let text = """
      ## Timeline

      | Date and time (UTC) | What happened | Who |
      | :------------------ | ------------- | :-: |
      | 2022-01-03 07:30    | Rollover of the **card** servers | Ama |
      | 2022-01-03 --:--    | Doors slow |
      | 2022-01-04 09:33    | Doors\\|gates open for nobody | |
      """
    check(
      text,
      [
        "2022-01-03 07:30+00:00 'Rollover of the card servers Ama'",
        "~2022-01-03 00:00+00:00 'Doors slow' (the day is known, the time is not)",
        "2022-01-04 09:33+00:00 'Doors|gates open for nobody'",
      ])
  }

  @Test("headings with a day, bullets with a zone, wholly bold and wrapped lines")
  func headingsWithDays() {
    let text = """
      ### 2022-01-02

      - **21:17 UTC: the labels of `e-mail`
        and `badge` were printed twice**
      - 21:28 UTC: the ward reports it
      - 22:05: the printer is stopped

      ### 2022-01-03
      - 09:27 UTC: the last label is gone
      """
    check(
      text,
      [
        "2022-01-02 21:17+00:00 'the labels of `e-mail` and `badge` were printed twice'",
        "2022-01-02 21:28+00:00 'the ward reports it'",
        "2022-01-02 22:05+00:00 'the printer is stopped'",
        "2022-01-03 09:27+00:00 'the last label is gone'",
      ])
  }

  @Test("headings with a time own what stands below them, code with times in it too")
  func headingsWithTimes() {
    let text = """
      All times in CET (UTC+1)

      ### Jan 3 2022 ca. 18:30

      Nobody can log in. The sign-in service
      answers nobody.

      1. restart it
      2. look again

      ```
      2022-01-03 17:32:27 timeout
      ```

      ### 22:48 - 23:10 a second look

      ### What went well

      Everybody came.
      """
    check(
      text,
      [
        "~2022-01-03 18:30 'Nobody can log in. The sign-in service answers nobody.\n1. restart it\n"
          + "2. look again\n```\n2022-01-03 17:32:27 timeout\n```'",
        "2022-01-03 22:48 to:2022-01-03 23:10 'a second look'",
        "2022-01-03 22:48 'Everybody came.' (no time of its own: that of the line before)",
      ])
  }

  @Test("bare days between bullets, a zone that holds on, continuation lines")
  func bareDays() {
    let text = """
      2022-01-03

      - 2:54 PM EST: the rule was changed

      2022-01-04:

      - 4:49 AM: first call,
               from the night shift
      - second call
      """
    check(
      text,
      [
        "2022-01-03 14:54-05:00 'the rule was changed'",
        "2022-01-04 04:49-05:00 'first call, from the night shift'",
        "2022-01-04 04:49-05:00 'second call' (no time of its own: that of the line before)",
      ])
  }

  @Test("long plain lines go on, short ones stand alone")
  func wrapped() {
    let text = """
      2022-01-04, 03:26pm: first noticed that the sign-in page of the portal was
      giving an error.
      2022-01-04, 04:12pm: certificate expired
      called the vendor
      """
    check(
      text,
      [
        "2022-01-04 15:26 'first noticed that the sign-in page of the portal was giving an error.'",
        "2022-01-04 16:12 'certificate expired'",
        "2022-01-04 16:12 'called the vendor' (no time of its own: that of the line before)",
      ])
  }

  @Test("the timeline's sections of a report, with the report's day")
  func section() throws {
    let report = """
      # Incident report January 3 2022 - badge readers
      ## Summary
      From 5:00 PM nobody came in.
      ## Timeline (times in CET)
      ### 5:00 PM
      Doors closed
      ## Impact
      5:10 PM was the worst.
      ## Follow-up timeline (times in UTC)
      ### 8:16 PM
      Report begun
      """
    let section = try #require(EntryLine.timelineSection(of: report))
    check(
      section,
      ["2022-01-03 17:00 'Doors closed'", "2022-01-03 20:16+00:00 'Report begun'"])
    #expect(EntryLine.timelineSection(of: "# Notes\n20:45 x") == nil)
  }

  @Test("any paste reads, and what it reads has a line", arguments: [21, 22, 23, 24] as [UInt64])
  func anything(seed: UInt64) throws {
    var random = RandomLines(seed: seed)
    for _ in 0..<500 {
      let context = random.context()
      let text = random.paste()
      for preview in EntryLine.readLines(text, as: random.kind(), in: context)
      where preview.problem == nil {
        let line = EntryLine.format(preview, in: context)
        var again = EntryLine.read(line, as: preview.kind, in: context)
        (again.spans, again.doubts) = (preview.spans, preview.doubts)
        try #require(again == preview, "\(text.debugDescription) → \(line.debugDescription)")
      }
    }
  }
}

extension RandomLines {
  /// Several lines with the marks of Markdown.
  mutating func paste() -> String {
    (0..<below(6)).map { _ in
      pick([
        "", "- ", "* ", "1. ", "  - ", "    ", "# ", "### ", "> ", "| ", "**", "[", "```", "\t",
      ])
        + text() + pick(["", "", " |", "**", "]", "\r"])
    }.joined(separator: pick(["\n", "\n", "\n\n", "\n---\n", "\n|---|\n"]))
  }
}
