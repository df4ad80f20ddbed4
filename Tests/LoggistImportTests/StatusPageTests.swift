import LoggistModel
import Testing

@testable import LoggistImport

@Suite("A status page")
struct StatusPageTests {
  private func read(_ text: String, pieces: Int = 7) throws -> Reading {
    try Reading(
      StatusPageReader(map: nil, zone: .utc, isZoneAssumed: false), Array(text.utf8), pieces: pieces
    )
  }

  @Test(
    "HTML is text",
    arguments: [
      ("<p>One<br />two</p><p>three</p>", "One\ntwo\nthree"),
      ("a &lt; b &amp;&amp; c &#39;d&#x27; &unknown;", "a < b && c 'd' &unknown;"),
      ("1 < 2 and <b>bold</b>", "1 < 2 and bold"), ("<", "<"), ("", ""), ("&", "&"),
    ])
  func html(_ html: String, _ text: String) {
    #expect(HTMLText.plain(html) == text)
  }

  @Test(
    "An item's time is told from its text",
    arguments: [
      ("2010-02-09 07:00:00 - Small outage", "2010-02-09 07:00:00", "Small outage"),
      ("15:14 - The server", "15:14", "The server"), ("15:14 - 2 servers", "15:14", "2 servers"),
      ("15:14 UTC: Down", "15:14Z", "Down"), ("15:14 The server", "15:14", "The server"),
    ])
  func item(_ item: String, _ time: String, _ rest: String) {
    let split = ListItem.split(item)
    #expect(split.time == time)
    #expect(split.rest == rest)
  }

  @Test("A list of other things than times stays one text")
  func otherList() throws {
    let read = try read(
      #"{"id":"a","name":"N","started_at":"2020-01-01T10:00:00Z","incident_updates":[{"id":"u","status":"resolved","display_at":"2020-01-01T11:00:00Z","body":"<ul><li>mail</li><li>web</li></ul>"}]}"#
    )
    #expect(
      read.lines == [
        "a 2020-01-01T10:00:00+00:00 opened title=N",
        "a 2020-01-01T11:00:00+00:00 resolved text=- mail\n- web",
      ])
  }

  @Test("Work that goes on behind the end reopens it; a fix in between failed")
  func reopened() throws {
    let updates = [
      ("1", "monitoring", "10:10"), ("2", "investigating", "10:20"), ("3", "resolved", "10:30"),
      ("4", "identified", "10:40"), ("5", "resolved", "10:50"),
    ].map {
      #"{"id":"\#($0)","status":"\#($1)","display_at":"2020-01-01T\#($2):00Z","body":"b\#($0)"}"#
    }.reversed().joined(separator: ",")
    let read = try read(
      "[{\"id\":\"a\",\"name\":\"N\",\"created_at\":\"2020-01-01T10:00:00Z\",\"incident_updates\":[\(updates)]}]"
    )
    #expect(
      read.incidents[0].entries.map(\.entry.kind) == [
        .opened, .mitigation, .acknowledged, .resolved, .reopened, .resolved,
      ])
    #expect(read.incidents[0].entries[1].entry.string(.outcome) == "failed")
  }

  @Test("Broken lines are rejects, the others go in", arguments: [1, 5, 100, 100_000])
  func broken(_ pieces: Int) throws {
    let good =
      #"{"id":"a","name":"N","status":"resolved","started_at":"2020-01-01T10:00:00Z","incident_updates":[]}"#
    let read = try read("\(good)\n{\"id\":\n[1]\n{\"name\":\"no id\"}\n", pieces: pieces)
    #expect(read.incidents.count == 1)
    #expect(read.rejects.count == 3)
    #expect(read.rejects[0].hasPrefix("2: "))
  }
}
