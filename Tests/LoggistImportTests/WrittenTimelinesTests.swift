import LoggistImport
import Testing

/// Documents written for these tests, one for each shape that people give a timeline.
@Suite("Written timelines")
struct WrittenTimelinesTests {
  private func check(_ text: String, title: String?, _ entries: [String], doubts: [String]) {
    let timeline = WrittenTimelineText.read(text)
    #expect(timeline.title == title)
    #expect(WrittenTimelineText.entries(timeline) == entries)
    #expect(WrittenTimelineText.doubts(timeline) == doubts)
  }

  @Test("a table with columns for day, time, person and event; the tasks below are none")
  func tableOfPeople() {
    let text = #"""
      # Outage of the pharmacy, 5 January 2022

      ## Timeline

      | Date | Time (WAT) | Who | What |
      |---|---|---|---|
      | 2022-01-05 | 20:45 | Ama | Issue noticed |
      |  | 20:50 | Ben | Complaint \| second pharmacist |
      |  | 23:55 |  | Still down |
      | 2022-01-06 | 00:10 | Ama | Restored |
      |  |  | Ama | Wrote it down |
      | 2022-01-06 | ??:?? | Ben | Called back |

      ## Action items

      | Action | Owner | Due |
      |---|---|---|
      | Monitor | Ama | 2022-02-01 |
      """#
    check(
      text, title: "Outage of the pharmacy, 5 January 2022",
      [
        "7: 2022-01-05T20:45:00+01:00 Issue noticed (Ama)",
        "8: 2022-01-05T20:50:00+01:00 Complaint | second pharmacist (Ben)",
        "9: 2022-01-05T23:55:00+01:00 Still down",
        "10: 2022-01-06T00:10:00+01:00 Restored (Ama)",
        "11: - @ 2022-01-06T00:10:00+01:00 ~ Wrote it down (Ama) (no time is written)",
        "12: - @ 2022-01-06T00:10:00+01:00 ~ Called back (Ben) (only the day is known: 2022-01-06 ??:??)",
      ],
      doubts: [
        "11: no time is written: the entry has none",
        "12: 2022-01-06 ??:?? names no time of day: the entry has only its day",
      ])
  }

  @Test("lines of a 12-hour clock, days without a year, an underlined heading")
  func twelveHours() {
    let text = #"""
      # Incident report

      Timeline
      --------

      Jan 5, 8:45 pm WAT: the issue was noticed
      Jan 5, 8:50 pm WAT: the pharmacist called
      Jan 5, 11:58 pm: nobody answers
      Jan 6, 12:10 am: reverted

      Happened in 2022. See http://example.org/10:30.
      """#
    check(
      text, title: "Incident report",
      [
        "6: 2022-01-05T20:45:00+01:00 {noticed} the issue was noticed",
        "7: 2022-01-05T20:50:00+01:00 the pharmacist called",
        "8: 2022-01-05T23:58:00+01:00 nobody answers",
        "9: 2022-01-06T00:10:00+01:00 {change} reverted",
      ],
      doubts: [
        "6: the day has no year: taken as 2022-01-05",
        "8: no zone of its own: taken as WAT, as line 7",
        "11: this line stands behind the entries and belongs to none: left out",
      ])
  }

  @Test("a list behind a label, over midnight, with mistakes and times half known")
  func label() {
    let text = #"""
      **Date:** 03/04/2021

      **Timeline (UTC)**

      - 22:50 Alerts fire
      - 23:40 – 00:20 Investigation
      - 00:30 Fixed
      - 00:25 Also told the users
      - Later that day a report was written
      - 14:?? Second wave
      - ~15:10 Quiet
      - 31/02/2021 10:00 Odd
      - 25:10 Impossible
      - 16:05? Maybe

      **Action items**

      - 2021-05-01 Write runbook
      - 10:00 daily check
      """#
    check(
      text, title: nil,
      [
        "5: 2021-04-03T22:50:00+00:00 Alerts fire",
        "6: 2021-04-03T23:40:00+00:00 to 2021-04-04T00:20:00+00:00 Investigation",
        "7: 2021-04-04T00:30:00+00:00 Fixed",
        "8: 2021-04-04T00:25:00+00:00 Also told the users",
        "9: - @ 2021-04-04T00:25:00+00:00 ~ Later that day a report was written (no time is written)",
        "10: 2021-04-04T14:00:00+00:00 ~ Second wave (14:??: the minutes are not known)",
        "11: 2021-04-04T15:10:00+00:00 ~ Quiet",
        "12: - @ 2021-04-04T15:10:00+00:00 ~ Odd (31/02/2021 10:00 is no time)",
        "13: - @ 2021-04-04T15:10:00+00:00 ~ Impossible (25:10 is no time)",
        "14: 2021-04-04T16:05:00+00:00 ~ Maybe",
      ],
      doubts: [
        "5: 03 04 2021 is 3 April 2021 or 4 March 2021: taken day first",
        "5: no day is written here: taken as Saturday 3 April 2021, from line 1",
        "7: the clock steps back from 23:40 to 00:30: taken as the next day, Sunday 4 April 2021",
        "8: the clock steps back from 00:30 to 00:25: taken as out of order, on the same day",
        "9: no time is written: the entry has none",
        "12: 31/02/2021 10:00 is no time: the entry has none",
        "13: 25:10 is no time: the entry has none",
      ])
  }

  @Test("plain text below days, an afternoon without pm")
  func plainText() {
    let text = #"""
      Outage on Monday

      Monday 14 March 2022
      09:15 phones dead
      09:20 called vendor, they said that the line
            had been cut near the hospital
      11:50 vendor on site
      12:10 first repair
      1:05 second repair
      2:30 phones back
      Tuesday
      08:00 checked again
      """#
    check(
      text, title: "Outage on Monday",
      [
        "4: 2022-03-14T09:15:00+00:00 phones dead",
        "5: 2022-03-14T09:20:00+00:00 called vendor, they said that the line had been cut near the hospital",
        "7: 2022-03-14T11:50:00+00:00 vendor on site",
        "8: 2022-03-14T12:10:00+00:00 first repair",
        "9: 2022-03-14T13:05:00+00:00 second repair",
        "10: 2022-03-14T14:30:00+00:00 phones back",
        "12: 2022-03-15T08:00:00+00:00 checked again",
      ],
      doubts: [
        "4: no zone is written: taken as UTC",
        "9: 01:05 says neither am nor pm: taken as 13:05",
        "11: Tuesday is taken as Tuesday 15 March 2022",
      ])
  }

  @Test("times behind the text")
  func timesBehind() {
    let text = #"""
      # Post-mortem 2021-06-01

      ## What happened

      At 14:05 UTC the database went down. At 14:20 UTC we noticed.

      ## Timeline of events

      - Start of impact: 14:05 UTC
      - Detection: 14:20 UTC
      - Engineer paged (14:25 UTC)
      - Resolution: 15:40 UTC

      ## Stats

      - Time to detect: 00:15
      - 10:00 is our daily meeting
      """#
    check(
      text, title: "Post-mortem 2021-06-01",
      [
        "9: 2021-06-01T14:05:00+00:00 Start of impact",
        "10: 2021-06-01T14:20:00+00:00 Detection",
        "11: 2021-06-01T14:25:00+00:00 Engineer paged",
        "12: 2021-06-01T15:40:00+00:00 Resolution",
      ],
      doubts: [
        "9: no day is written here: taken as Tuesday 1 June 2021, from the title"
      ])
  }

  @Test("a timeline in a fence, the day in the front matter, a zone by its rules")
  func fence() {
    let text = #"""
      ---
      title: "API errors"
      date: 2023-11-09
      ---

      ### Timeline

      All times are America/New_York.

      ```
      2:15pm - deploy of v1.2.3
      2:20pm - error rate up
      2:31 - paged
      3:05pm - rolled back
      ```

      ### Follow-up

      - 9:00 meeting
      """#
    check(
      text, title: "API errors",
      [
        "11: 2023-11-09T14:15:00-05:00 deploy of v1.2.3",
        "12: 2023-11-09T14:20:00-05:00 error rate up",
        "13: 2023-11-09T14:31:00-05:00 paged",
        "14: 2023-11-09T15:05:00-05:00 {change} rolled back",
      ],
      doubts: [
        "11: no day is written here: taken as Thursday 9 November 2023, from the front matter",
        "13: 02:31 says neither am nor pm: taken as 14:31",
      ])
  }

  @Test("lines in ISO 8601, a typing error in the year")
  func iso() {
    let text = #"""
      # Incident 42

      2020-07-09T12:34Z Alert: CPU high
      2020-07-09T12:40:30Z Restarted <node-name>
      2020-07-09T14:00:00+02:00 Out of order
      2021-07-09T13:00Z Typing error in the year
      2020-07-09T13:05Z Done **finally** see [docs](http://x.org/a_b_c) and `a_b`
      """#
    check(
      text, title: "Incident 42",
      [
        "3: 2020-07-09T12:34:00+00:00 Alert: CPU high",
        "4: 2020-07-09T12:40:30+00:00 {change} Restarted <node-name>",
        "5: 2020-07-09T14:00:00+02:00 Out of order",
        "6: 2021-07-09T13:00:00+00:00 Typing error in the year",
        "7: 2020-07-09T13:05:00+00:00 Done finally see docs (http://x.org/a_b_c) and a_b",
      ],
      doubts: [
        "5: 2020-07-09T14:00:00+02:00 stands behind 2020-07-09T12:40:30+00:00: out of order, or a typing error",
        "6: 2021-07-09T13:00:00+00:00 is far from the entries around it: a typing error?",
        "7: 2020-07-09T13:05:00+00:00 stands behind 2021-07-09T13:00:00+00:00: out of order, or a typing error",
      ])
  }

  @Test("two timelines: counted from the start, and times above their texts")
  func counted() {
    let text = #"""
      ## Chronology (March 3rd, 2021, times in CET)

      1. **T+0 (14:00)** Something
      2. T+5 min: five minutes later
      3. T+1h 05m: later

      ## Timeline

      T0 = 14:00

      14:00
      : Outage starts
      14:10
      : Noticed

      **14:20 — Rollback**

      The rollback took long.

      - step one
      - step two

      **14:45 — Done**
      """#
    check(
      text, title: nil,
      [
        "3: 2021-03-03T14:00:00+01:00 Something",
        "4: 2021-03-03T14:05:00+01:00 ~ five minutes later (T+5 min, counted from the first entry)",
        "5: 2021-03-03T15:05:00+01:00 ~ later (T+1h 05m, counted from the first entry)",
        "11: 2021-03-03T14:00:00+01:00 Outage starts",
        "13: 2021-03-03T14:10:00+01:00 Noticed",
        "16: 2021-03-03T14:20:00+01:00 Rollback\nThe rollback took long.\n- step one\n- step two",
        "23: 2021-03-03T14:45:00+01:00 Done",
      ],
      doubts: [
        "4: counted from the first entry, 2021-03-03T14:00:00+01:00"
      ])
  }

  @Test("days by number, an hour that the clocks jumped over")
  func daysByNumber() {
    let text = #"""
      # RCA

      ## Timeline

      ### Day 1 (2021-03-27)

      * 23:50 CET start
      * 23:59 CET more

      ### Day 2

      * 02:30 Europe/Paris inside the gap
      * 03:10 CEST fixed

      > 04:00 quoted
      > 04:10 again

      On 28 March 2021 at 05:00 CEST the management was informed.

      ### Detection

      - 05:10 CEST: alert review
      """#
    check(
      text, title: "RCA",
      [
        "7: 2021-03-27T23:50:00+01:00 start",
        "8: 2021-03-27T23:59:00+01:00 more",
        "12: 2021-03-28T02:30:00+01:00 inside the gap",
        "13: 2021-03-28T03:10:00+02:00 fixed\n04:00 quoted 04:10 again",
        "22: 2021-03-28T05:10:00+02:00 alert review",
      ],
      doubts: [
        "10: day 2 is taken as Sunday 28 March 2021",
        "12: the clocks jumped over this time: taken as 2021-03-28T02:30:00+01:00",
        "18: this line stands behind the entries and belongs to none: left out",
      ])
  }

  @Test("a table whose times stand last, and one of figures")
  func timesLast() {
    let text = #"""
      # Sev 1 — 9 Jul 2020

      | Event | Time |
      | --- | --- |
      | Down | 14:05 UTC |
      | Up | 15:10 UTC |

      | Metric | Value |
      | --- | --- |
      | Time to detect | 00:13 |
      | Time to recover | 01:05 |
      """#
    check(
      text, title: "Sev 1 — 9 Jul 2020",
      [
        "5: 2020-07-09T14:05:00+00:00 Down",
        "6: 2020-07-09T15:10:00+00:00 Up",
      ],
      doubts: [])
  }

  @Test("lines in a quote")
  func quote() {
    let text = #"""
      = Postmortem 2022-03-03

      == Timeline

      > 09:00 UTC – quoted start
      > 09:10 UTC – quoted more
      > 09:20 UTC – quoted end
      """#
    check(
      text, title: "Postmortem 2022-03-03",
      [
        "5: 2022-03-03T09:00:00+00:00 quoted start",
        "6: 2022-03-03T09:10:00+00:00 quoted more",
        "7: 2022-03-03T09:20:00+00:00 quoted end",
      ],
      doubts: [
        "5: no day is written here: taken as Thursday 3 March 2022, from the title"
      ])
  }

  @Test("a timeline below a bullet, in many spellings")
  func bullet() {
    let text = #"""
      # Incident (2021-08-02)

      - **Impact:** high
      - **Timeline:**
        - 10:00 CEST/08:00 UTC: begins
        - 10:10 CEST (08:10 UTC): called
          - 10:12 nested step
          - no time nested
        - At 10:20 we fixed it
        - [10:25] ama: looks good
        - 10:30–10:45: monitoring
        - Monday, 11:00: closed
        - 12:00 on 3 August 2021 - report
        - 13.30 - dotted
        - 1405 UTC compact
        - noon:
      - **Action items:**
        - 2021-09-01 something
      """#
    check(
      text, title: "Incident (2021-08-02)",
      [
        "5: 2021-08-02T10:00:00+02:00 begins",
        "6: 2021-08-02T10:10:00+02:00 called",
        "7: 2021-08-02T10:12:00+02:00 nested step",
        "8: - @ 2021-08-02T10:12:00+02:00 ~ no time nested (no time is written)",
        "9: 2021-08-02T10:20:00+02:00 we fixed it",
        "10: 2021-08-02T10:25:00+02:00 ama: looks good",
        "11: 2021-08-02T10:30:00+02:00 to 2021-08-02T10:45:00+02:00 monitoring",
        "12: 2021-08-02T11:00:00+02:00 closed",
        "13: 2021-08-03T12:00:00+02:00 report",
        "14: 2021-08-03T13:30:00+02:00 dotted",
        "15: 2021-08-03T14:05:00+00:00 compact",
        "16: 2021-08-04T12:00:00+00:00 ",
      ],
      doubts: [
        "5: no day is written here: taken as Monday 2 August 2021, from the title",
        "7: no zone of its own: taken as CEST, as line 6",
        "8: no time is written: the entry has none",
        "12: Monday is taken as Monday 2 August 2021",
        "16: the clock steps back from 14:05 to 12:00: taken as the next day, Wednesday 4 August 2021",
      ])
  }

  @Test("a table without outer pipes, days without a year, unknown times")
  func barePipes() {
    let text = #"""
      <details><summary>Timeline</summary>

      Time | Event
      --- | ---
      05/01 20:45 | a <br> b
      05/01 20:50 | c
      13/01 21:00 | d `x|y`
      TBD | e

      </details>

      Date: 13/01/2022
      """#
    check(
      text, title: "Timeline",
      [
        "5: 2022-01-05T20:45:00+00:00 a \n b",
        "6: 2022-01-05T20:50:00+00:00 c",
        "7: 2022-01-13T21:00:00+00:00 d x (y)",
        "8: - @ 2022-01-13T21:00:00+00:00 ~ e (TBD is no time)",
      ],
      doubts: [
        "5: no zone is written: taken as UTC",
        "5: the day has no year: taken as 2022-01-05",
        "8: TBD is no time: the entry has none",
      ])
  }

  @Test("plain text below spoken days, one with a wrong weekday")
  func spokenDays() {
    let text = #"""
      INCIDENT LOG

      Wed 5 January 2022

      20:45  Issue noticed
      20:50  Pharmacist called, said that nothing could be entered since about
             20:30 and that
      21:00  Escalated to T. Waller

      00:15  Restored

      Thu 7 January 2022
      08:00  Review
      """#
    check(
      text, title: "INCIDENT LOG",
      [
        "5: 2022-01-05T20:45:00+00:00 Issue noticed",
        "6: 2022-01-05T20:50:00+00:00 Pharmacist called, said that nothing could be entered since about 20:30 and that",
        "8: 2022-01-05T21:00:00+00:00 Escalated to T. Waller",
        "10: 2022-01-06T00:15:00+00:00 Restored",
        "13: 2022-01-07T08:00:00+00:00 Review",
      ],
      doubts: [
        "5: no zone is written: taken as UTC",
        "10: the clock steps back from 21:00 to 00:15: taken as the next day, Thursday 6 January 2022",
        "12: 2022-01-07 was a Friday, not a Thursday: the date was taken",
      ])
  }

  @Test("a table with columns for start and end")
  func startAndEnd() {
    let text = #"""
      # Outage 2022-02-02

      ## Timeline

      Start | End | Event
      --|--|--
      10:00 | 10:20 | first
      23:50 | 00:10 | second
      """#
    check(
      text, title: "Outage 2022-02-02",
      [
        "7: 2022-02-02T10:00:00+00:00 to 2022-02-02T10:20:00+00:00 first",
        "8: 2022-02-02T23:50:00+00:00 to 2022-02-03T00:10:00+00:00 second",
      ],
      doubts: [
        "7: no zone is written: taken as UTC",
        "7: no day is written here: taken as Wednesday 2 February 2022, from the title",
      ])
  }

  @Test("no section is called a timeline: the list with times is it, the action items are not")
  func unnamed() {
    let text = #"""
      # Outage of 2022-02-02

      We had an outage.

      - 10:00 UTC down
      - 10:05 UTC paged
      - 10:10 UTC up

      ## Action items
      - 11:00 UTC weekly sync
      - 12:00 UTC weekly sync
      - 13:00 UTC weekly sync
      """#
    check(
      text, title: "Outage of 2022-02-02",
      [
        "5: 2022-02-02T10:00:00+00:00 down",
        "6: 2022-02-02T10:05:00+00:00 paged",
        "7: 2022-02-02T10:10:00+00:00 up",
      ],
      doubts: [])
  }

  @Test("headings with times, all below belongs to them")
  func headings() {
    let text = #"""
      # Outage on September 27, 2020

      ## Summary

      At 09:00 the phones rang.

      ## Timeline

      All times in PST

      ### Sep 27 2020 13:06 - Deployed

      A lot of *changes* are
      deployed.

      1. one
      2. two

      ```
      2020-09-28 16:20:51 not a time of ours
      ```

      ### 13:35

      Broken!

      ## Conclusion

      14:00 is not an entry.
      """#
    check(
      text, title: "Outage on September 27, 2020",
      [
        "11: 2020-09-27T13:06:00-08:00 Deployed\nA lot of changes are deployed.\n1. one\n2. two\n2020-09-28 16:20:51 not a time of ours",
        "23: 2020-09-27T13:35:00-08:00 Broken!",
      ],
      doubts: [
        "11: PST is written, but on that day America/Los_Angeles had PDT: taken as written, UTC-08:00"
      ])
  }

  @Test("a nested list below a label that says nothing")
  func nested() {
    let text = #"""
      # Wi-Fi down

      - **Impact**: ward A
      - **Context**:
        - 2022-05-01 12:10: radio lost
        - 2022-05-01 12:50: radio back
        - 2022-05-01 12:35: somebody restarted it
        - 2022-05-01 13:00 to 13:20: watched
      - **Review**:
        - a new radio
      """#
    check(
      text, title: "Wi-Fi down",
      [
        "5: 2022-05-01T12:10:00+00:00 radio lost",
        "6: 2022-05-01T12:50:00+00:00 radio back",
        "7: 2022-05-01T12:35:00+00:00 {change} somebody restarted it",
        "8: 2022-05-01T13:00:00+00:00 to 2022-05-01T13:20:00+00:00 watched",
      ],
      doubts: [
        "5: no zone is written: taken as UTC",
        "7: 2022-05-01T12:35:00+00:00 stands behind 2022-05-01T12:50:00+00:00: out of order, or a typing error",
      ])
  }

  @Test("days with two readings, days alone, ranges of days")
  func twoReadings() {
    let text = #"""
      ## Timeline (CET)

      - 08-01-2022 10:00 – certificate expired
      - 11-01-2022 – first complaint
      - **12-01-2022 09:52 UTC** – reported
      - 2022-01-12 to 2022-01-13 watched
      - 2023-01-12 11:00 renewed
      - 12-01-2022 11:30 closed
      """#
    check(
      text, title: nil,
      [
        "3: 2022-01-08T10:00:00+01:00 certificate expired",
        "4: - @ 2022-01-11T00:00:00+01:00 ~ first complaint (only the day is known: 11-01-2022)",
        "5: 2022-01-12T09:52:00+00:00 reported",
        "6: - @ 2022-01-12T09:52:00+00:00 ~ watched (a range of days: 2022-01-12 to 2022-01-13)",
        "7: 2023-01-12T11:00:00+01:00 renewed",
        "8: 2022-01-12T11:30:00+01:00 closed",
      ],
      doubts: [
        "3: 08 01 2022 is 8 January 2022 or 1 August 2022: taken day first, a day that the document also names elsewhere",
        "4: 11-01-2022 names no time of day: the entry has only its day",
        "6: 2022-01-12 to 2022-01-13 names no time of day: the entry has only its day",
        "7: 2023-01-12T11:00:00+01:00 is far from the entries around it: a typing error?",
        "8: 2022-01-12T11:30:00+01:00 stands behind 2023-01-12T11:00:00+01:00: out of order, or a typing error",
      ])
  }
}
