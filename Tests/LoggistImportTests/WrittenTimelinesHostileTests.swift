import LoggistImport
import LoggistModel
import Testing

@Suite("Written timelines that nobody would write")
struct WrittenTimelinesHostileTests {
  @Test(
    "a document without a timeline gives no entries, and says so",
    arguments: [
      "", "\n\n", "\u{FEFF}", "# Title", "Prose about 10:30 and 11:00, no more.",
      "| a | b |\n|---|---|",
      "## Agenda\n- 10:00 a\n- 10:05 b\n- 10:10 c", "---\ntitle: x", "```\n14:05", "<!-- 14:05",
      "|", "#", "-",
      "- 2021-01-01: v1\n- 2021-01-02: v2\n- 2021-01-03: v3",
    ])
  func nothing(_ text: String) {
    let timeline = WrittenTimelineText.read(text)
    #expect(timeline.entries.isEmpty)
    #expect(timeline.doubts.contains { $0.sentence.contains("no timeline was found") })
  }

  @Test("control characters and line ends of other systems are text")
  func controls() {
    let timeline = WrittenTimelineText.read(
      "2021-05-05 14:05 one\r\n2021-05-05 14:10 two\u{1B}[31m red\r2021-05-05 14:15 th\u{0}ree\u{202E}\n"
    )
    #expect(
      WrittenTimelineText.entries(timeline) == [
        "1: 2021-05-05T14:05:00+00:00 one",
        "2: 2021-05-05T14:10:00+00:00 two\u{1B}[31m red",
        "3: 2021-05-05T14:15:00+00:00 th\u{0}ree\u{202E}",
      ])
  }

  @Test(
    "what no calendar and no clock shows is kept without a time",
    arguments: [
      "2021-02-31 10:00", "31.02.2021 10:00", "20202-01-16 12:00", "2021-13-01 10:00", "25:10",
      "10:61",
      "--:--", "??:??",
    ])
  func impossible(_ time: String) {
    let timeline = WrittenTimelineText.read(
      "# 2021-05-05\n\n## Timeline (UTC)\n\n- 09:00 before\n- \(time) odd\n- 11:00 after")
    #expect(
      WrittenTimelineText.entries(timeline) == [
        "5: 2021-05-05T09:00:00+00:00 before",
        "6: - @ 2021-05-05T09:00:00+00:00 ~ odd (\(time) is no time)",
        "7: 2021-05-05T11:00:00+00:00 after",
      ])
    #expect(timeline.doubts.contains { $0.line == 6 })
  }

  @Test("an image's bracket that closes nowhere leaves the links behind it as they are")
  func openImage() {
    let timeline = WrittenTimelineText.read(
      "2021-05-05 14:05 ![![one [two](http://a) ![b\n2021-05-05 14:10 after\n")
    #expect(
      WrittenTimelineText.entries(timeline) == [
        "1: 2021-05-05T14:05:00+00:00 ![![one two (http://a) ![b",
        "2: 2021-05-05T14:10:00+00:00 after",
      ])
  }

  @Test("many lines are all read, and so is one line of megabytes")
  func long() {
    let lines = (0..<5000).map { "- \(10 + $0 / 600):\(twoDigits($0 / 10 % 60)) entry \($0)" }
    let many = WrittenTimelineText.read(
      "# 2021-05-05\n\n## Timeline\n\n" + lines.joined(separator: "\n"))
    #expect(many.entries.count == 5000)
    let one = WrittenTimelineText.read(
      "## Timeline\n\n- 2021-05-05 14:05 " + String(repeating: "**a `b [c](d ", count: 50_000))
    #expect(one.entries.count == 1)
    #expect(one.entries.first?.text.utf8.count ?? 0 == 599_999)
  }

  @Test("what is cut anywhere is read without a crash, and the same text reads the same")
  func cuts() {
    let text = """
      ---
      title: "Outage on 5/6/2021"
      ---
      ## Timeline (times in BST)
      | Date | Time (UTC) | What |
      |---|:-:|---|
      | 2021-06-05 | 10:00 – 10:20 | `a|b` [x](y) **z** |
      ### Day 2
      - **T+5 min (14:05 CET/13:05 UTC)**: <br> [a][b]
      > Monday, 25:61 &amp; ~14:?? to 15:00pm
      [b]: http://example.org/
      """
    for cut in text.indices {
      let part = String(text[..<cut])
      #expect(WrittenTimelineText.read(part) == WrittenTimelineText.read(part))
    }
  }
}
