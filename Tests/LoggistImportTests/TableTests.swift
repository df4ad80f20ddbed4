import LoggistModel
import Testing

@testable import LoggistImport

@Suite("A table with a map")
struct TableTests {
  static let map = """
    times: { format: "d/M/yyyy H:mm", zone: UTC, missing: ["?"] }
    incident: number
    at: updated
    by: who
    text: "{state}: {what}"
    kind: { column: state, values: { New: opened, Resolved: resolved, Closed: closed }, otherwise: note }
    reopen: { from: [Resolved, Closed], to: [Active, New] }
    set: { priority: priority }
    """

  @Test("A row is an entry; what changes is set")
  func rows() throws {
    let read = try Reading.table(
      """
      number,state,updated,who,what,priority
      A,New,29/2/2016 01:16,Ama,no wifi,3 - Moderate
      A,Active,29/2/2016 01:20,?,?,3 - Moderate
      A,Resolved,1/3/2016 1:05,Ben,cable,2 - High
      A,Closed,2/3/2016 10:00,Ben,,2 - High
      """, map: Self.map)
    #expect(
      read.lines == [
        "A 2016-02-29T01:16:00+00:00 opened by Ama title=New: no wifi",
        "A 2016-02-29T01:16:00+00:00 set by Ama priority=P3",
        "A 2016-02-29T01:20:00+00:00 note text=Active",
        "A 2016-03-01T01:05:00+00:00 resolved by Ben text=Resolved: cable",
        "A 2016-03-01T01:05:00+00:00 set by Ben priority=P2",
        "A 2016-03-02T10:00:00+00:00 closed by Ben text=Closed",
      ])
    #expect(read.harvest.rejects.isEmpty)
  }

  @Test("Rows of one incident may stand anywhere: by time, ties by the order of the file")
  func scattered() throws {
    let read = try Reading.table(
      """
      number,state,updated,who,what,priority
      B,Active,1/3/2016 09:00,,second,?
      A,Active,1/3/2016 08:00,,late,?
      B,Active,1/3/2016 09:00,,third,?
      A,New,1/3/2016 07:00,,first of all,?
      B,New,1/3/2016 08:30,,first,?
      """, map: Self.map)
    #expect(
      read.lines == [
        "A 2016-03-01T07:00:00+00:00 opened title=New: first of all",
        "A 2016-03-01T08:00:00+00:00 note text=Active: late",
        "B 2016-03-01T08:30:00+00:00 opened title=New: first",
        "B 2016-03-01T09:00:00+00:00 note text=Active: second",
        "B 2016-03-01T09:00:00+00:00 note text=Active: third",
      ])
    #expect(read.doubts.count == 2)
  }

  @Test("A row that stands there twice is taken once; two rows of one minute are two")
  func twice() throws {
    let read = try Reading.table(
      "i,t,text,other\nA,2016-03-01 08:00,x,1\nA,2016-03-01 08:00,x,2\nA,2016-03-01 08:00,x,1\n",
      map: "incident: i\nat: t\ntext: \"{text}\"\n")
    #expect(
      read.incidents[0].entries.map(\.record) == [
        .opened, RecordName(madeFrom: "2016-03-01 08:00"),
        RecordName(madeFrom: "2016-03-01 08:00 #2"),
      ])
    #expect(read.doubts == ["4: the row of line 2 once more: taken once"])
  }

  @Test("A state that goes back is a reopened; one that goes on is none")
  func reopened() throws {
    let read = try Reading.table(
      """
      number,state,updated,who,what,priority
      A,New,1/3/2016 08:00,,a,?
      A,Resolved,1/3/2016 09:00,,b,?
      A,Active,1/3/2016 10:00,,not over,?
      A,Resolved,1/3/2016 11:00,,c,?
      A,Closed,1/3/2016 12:00,,d,?
      """, map: Self.map)
    #expect(
      read.incidents[0].entries.map(\.entry.kind) == [
        .opened, .resolved, .reopened, .resolved, .closed,
      ])
    #expect(read.incidents[0].entries[2].entry.string(.reason) == "Active: not over")
  }

  @Test("A state that stays can be something else than one that comes")
  func repeated() throws {
    let read = try Reading.table(
      "n,s,t\nA,Completed,2016-03-01 08:00\nA,Completed,2016-03-01 09:00\nA,Queued,2016-03-01 10:00\n",
      map: """
        incident: n
        at: t
        kind: { column: s, values: { Completed: resolved }, repeated: note, otherwise: note }
        """)
    #expect(read.incidents[0].entries.map(\.entry.kind) == [.opened, .resolved, .note, .note])
  }

  @Test("A column holds a milestone; what an entry says counts for more")
  func milestones() throws {
    let map = """
      times: { zone: UTC, missing: ["-"] }
      incident: id
      title: "{what}"
      milestones: { opened: Open Time, reopened: Reopen Time, resolved: Resolved Time, closed: Close Time }
      set: { priority: prio }
      """
    let read = try Reading.table(
      """
      id;what;Open Time;Resolved Time;Reopen Time;Close Time;prio
      7;Mail;2016-03-01 08:00;2016-03-01 10:00;2016-03-01 09:00;2016-03-02 10:00;1
      8;Disk;2016-03-01 07:00;-;-;-;9
      9;None;-;-;-;-;1
      """, map: map)
    #expect(
      read.lines == [
        "8 2016-03-01T07:00:00+00:00 opened title=Disk",
        "7 2016-03-01T08:00:00+00:00 opened title=Mail",
        "7 2016-03-01T08:00:00+00:00 set priority=P1",
        "7 2016-03-01T09:00:00+00:00 reopened reason=Reopen Time",
        "7 2016-03-01T10:00:00+00:00 resolved",
        "7 2016-03-02T10:00:00+00:00 closed",
      ])
    #expect(read.rejects == ["4: no time"])
    #expect(
      read.doubts == [
        "3: prio \"9\" is no priority: not set; the map's 'values' say what it means"
      ])
    let both = try Reading.table(
      "id,t,s,done\nA,2016-03-01 08:00,Resolved,2016-03-01 09:00\nB,2016-03-01 08:00,Active,2016-03-01 09:00\n",
      map: """
        incident: id
        at: t
        kind: { column: s, values: { Resolved: resolved } }
        milestones: { resolved: done }
        """)
    #expect(
      both.lines == [
        "A 2016-03-01T08:00:00+00:00 opened title=A",
        "A 2016-03-01T08:00:00+00:00 resolved",
        "B 2016-03-01T08:00:00+00:00 opened title=B",
        "B 2016-03-01T08:00:00+00:00 note text=Active",
        "B 2016-03-01T09:00:00+00:00 resolved",
      ])
  }

  @Test("A kind can have fields from cells")
  func fields() throws {
    let read = try Reading.table(
      "n,s,t,g\nA,Assigned,2016-03-01 08:00,Network\nA,Assigned,2016-03-01 09:00,\n",
      map: """
        incident: n
        at: t
        kind:
          column: s
          values: { Assigned: { kind: escalated, to: "team {g}", reached_by: mail } }
        """)
    #expect(
      read.lines == [
        "A 2016-03-01T08:00:00+00:00 opened title=A",
        "A 2016-03-01T08:00:00+00:00 escalated to=team Network reached_by=mail",
        "A 2016-03-01T09:00:00+00:00 escalated to=team reached_by=mail",
      ])
  }

  @Test("A record that cannot be read is named, the rest goes in")
  func rejects() throws {
    let read = try Reading.table(
      """
      number,state,updated,who,what,priority
      A,New,31/2/2016 08:00,,impossible,?
      A,New,yesterday,,no time,?
      A,New,?,,missing,?
      ?,New,1/3/2016 08:00,,no incident,?
      A,New,1/3/2016 08:00,too,many,cells,here
      A,New
      A,New,1/3/2016 08:00,,fine,?
      """, map: Self.map)
    #expect(
      read.rejects == [
        "2: updated: \"31/2/2016 08:00\" is a day that the calendar does not have",
        "3: updated: \"yesterday\" is no time of the formats that are read here",
        "4: updated: no time", "5: number: no incident",
        "6: 7 cells, the header has 6", "7: 2 cells, the header has 6",
      ])
    #expect(read.lines == ["A 2016-03-01T08:00:00+00:00 opened title=New: fine"])
    #expect(read.harvest.records == 7)
    let text = read.harvest.rejects.map { String(decoding: $0.text, as: UTF8.self) }
    #expect(text[0] == "A,New,31/2/2016 08:00,,impossible,?")
    #expect(
      String(decoding: read.harvest.rejectHeader ?? [], as: UTF8.self)
        == "number,state,updated,who,what,priority")
  }

  @Test("Hours that the clocks skip or show twice are doubts, and so is a zone that nobody named")
  func clocks() throws {
    let text = """
      number,state,updated,who,what,priority
      A,New,27/3/2016 01:30,,skipped,?
      A,Active,30/10/2016 01:30,,twice,?
      """
    let read = try Reading.table(
      text, map: Self.map.replacing("zone: UTC", with: "zone: Europe/Lisbon"), isZoneAssumed: true)
    #expect(
      read.incidents[0].entries.map(\.entry.at.description) == [
        "2016-03-27T02:30:00+01:00", "2016-10-30T01:30:00+01:00",
      ])
    #expect(read.doubts.count == 2)
    #expect(read.doubts[0].hasPrefix("2: 2016-03-27 01:30 did not exist in Europe/Lisbon"))
    #expect(read.doubts[1].hasPrefix("3: 2016-10-30 01:30 was twice in Europe/Lisbon"))
    let assumed = try Reading.table(
      text, map: Self.map.replacing("zone: UTC, ", with: ""), isZoneAssumed: true)
    #expect(
      assumed.doubts == [
        "2: times without a zone: taken as UTC; --zone or the map names another"
      ])
  }

  @Test(
    "Formats of times",
    arguments: [
      ("d/M/yyyy H:mm", "29/2/2016 01:16", "2016-02-29T01:16:00+00:00"),
      ("dd.MM.yyyy HH:mm:ss", "01.03.2016 09:05:07", "2016-03-01T09:05:07+00:00"),
      ("M/d/yyyy h:mm a", "3/1/2016 12:05 AM", "2016-03-01T00:05:00+00:00"),
      ("M/d/yyyy h:mm a", "3/1/2016 8:45 p.m.", "2016-03-01T20:45:00+00:00"),
      (
        "yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "2010-03-31T16:59:42.250+02:00",
        "2010-03-31T16:59:42.250+02:00"
      ),
      ("EEE, d MMM yyyy H:mm", "Tue, 1 March 2016 9:05", "2016-03-01T09:05:00+00:00"),
      ("d/M/yy H:mm", "1/3/16 9:05", "2016-03-01T09:05:00+00:00"),
      ("iso", "2016-03-01 09:05", "2016-03-01T09:05:00+00:00"),
      ("iso", "2016-03-01T09:05:00Z", "2016-03-01T09:05:00+00:00"),
      ("unix", "1456823100", "2016-03-01T09:05:00+00:00"),
      ("unix-ms", "1456823100250", "2016-03-01T09:05:00.250+00:00"),
      ("excel", "42430,378472222", "2016-03-01T09:05:00+00:00"),
    ])
  func formats(_ format: String, _ text: String, _ expected: String) throws {
    var reader = TimeReader(
      formats: [try #require(TimeFormat(format))], zone: .utc, isZoneAssumed: false,
      decimal: UInt8(ascii: ","))
    #expect(try reader.read(text, line: 1).get().description == expected)
  }

  @Test("A time that two formats read differently is a doubt")
  func ambiguous() throws {
    let read = try Reading.table(
      "t,text\n3/4/2016 08:00,a\n13/4/2016 08:00,b\n",
      map: "at: t\ntext: \"{text}\"\ntimes: [\"d/M/yyyy H:mm\", \"M/d/yyyy H:mm\"]\n")
    #expect(
      read.doubts == [
        "2: 3/4/2016 08:00 could also be Friday 4 March 2016: taken as Sunday 3 April 2016"
      ])
  }
}
