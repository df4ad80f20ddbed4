import LoggistDocuments
import LoggistModel
import Testing

@Suite struct CSVTableTests {
  private func table(_ texts: String...) -> CSVTable {
    var table = CSVTable(version: 3, columns: ["text", "count", "done", "missing"])
    for text in texts {
      table.add(["text": .text(text), "count": .number(-12), "done": .flag(true)])
    }
    return table
  }

  @Test func `A line a row behind the line of names, each with its version`() {
    #expect(
      table("plain", "a,b", "say \"hello\"", "two\nlines").text()
        == "v,text,count,done,missing\r\n3,plain,-12,true,\r\n3,\"a,b\",-12,true,\r\n"
        + "3,\"say \"\"hello\"\"\",-12,true,\r\n3,\"two\nlines\",-12,true,\r\n")
  }

  @Test func `For Excel the byte-order mark stands in front`() {
    #expect(Array(table().text(isForExcel: true).utf8.prefix(4)) == [0xEF, 0xBB, 0xBF, 0x76])
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+49 89", "'+49 89"), ("-", "'-"), ("@SUM(A1)", "'@SUM(A1)"),
    ("  =1+1", "'  =1+1"), ("\u{FEFF}=1", "'\u{FEFF}=1"), ("\u{FF1D}1", "'\u{FF1D}1"),
    ("\t=1", "' =1"), ("\r=1", "␍=1"), ("'quoted'", "''quoted'"),
    ("x;=1", "\"x;'=1\""), ("x\n- item", "\"x\n'- item\""), ("\"=1", "\"'\"\"=1\""),
    ("a=b, c", "\"a=b, c\""), ("a-b", "a-b"), ("", ""),
  ])
  func `What a spreadsheet would run is text`(_ text: String, _ cell: String) {
    #expect(table(text).text().hasSuffix("3,\(cell),-12,true,\r\n"))
  }
}

@Suite struct ICalendarTests {
  private func text(_ summary: String) -> String {
    ICalendar(
      name: "Measures", description: "",
      events: [
        ICalendar.Event(
          uid: "INC.1@store", start: .moment(Instant(milliseconds: 1_641_414_600_000)),
          summary: summary, description: "")
      ], stamp: Instant(milliseconds: 0), version: "0.1.0"
    ).text
  }

  @Test func `An event has its moment in UTC and its text in the standard's escapes`() {
    #expect(
      text("a;b,c\\d\nBEGIN:VALARM\u{1B}")
        == """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Loggist//Loggist 0.1.0//EN
        CALSCALE:GREGORIAN
        X-WR-CALNAME:Measures
        BEGIN:VEVENT
        UID:INC.1@store
        DTSTAMP:19700101T000000Z
        DTSTART:20220105T203000Z
        SUMMARY:a\\;b\\,c\\\\d\\nBEGIN:VALARM␛
        DESCRIPTION:
        TRANSP:TRANSPARENT
        STATUS:CONFIRMED
        END:VEVENT
        END:VCALENDAR

        """.replacing("\n", with: "\r\n"))
  }

  @Test func `No line is longer than 75 octets, and none breaks a character`() {
    let text = text(String(repeating: "阿莫西林👩🏽‍⚕️é", count: 30))
    let bytes = Array(text.utf8)
    for line in bytes.split(separator: 0x0A) {
      #expect(line.count <= 76)
      #expect(String(validating: line.dropLast(), as: UTF8.self) != nil)
    }
    #expect(
      text.replacing("\r\n ", with: "").contains(
        "SUMMARY:" + String(repeating: "阿莫西林👩🏽‍⚕️é", count: 30)))
  }
}
