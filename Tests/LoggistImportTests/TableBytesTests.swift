import LoggistModel
import Testing

@testable import LoggistImport

@Suite("The bytes of a table")
struct TableBytesTests {
  static let map = "at: t\nincident: i\ntext: \"{text}\"\n"

  @Test("The separator is recognised", arguments: [",", ";", "\t", "|"])
  func separators(_ separator: String) throws {
    let text = "i,t,text\nA,2016-03-01 08:00,\"a, b; c | d\"\n".split(separator: "\"")
    let rows = text[0].replacing(",", with: separator) + "\"" + text[1] + "\"" + text[2]
    let read = try Reading.table(String(rows), map: Self.map)
    #expect(
      read.lines == [
        "A 2016-03-01T08:00:00+00:00 opened title=a, b; c | d",
        "A 2016-03-01T08:00:00+00:00 note text=a, b; c | d",
      ])
  }

  @Test("Every size of pieces reads the same", arguments: 1...40)
  func pieces(_ size: Int) throws {
    let text =
      "\u{FEFF}i,t,text\r\nA,2016-03-01 08:00,\"one\r\ntwo \"\"quoted\"\"\"\r\n\r\n"
      + "\u{FEFF}i,t,text\r\nB,2016-03-01 09:00,plain\r\nB,nonsense,x\r\n"
    let read = try Reading.table(text, map: Self.map, pieces: size)
    #expect(
      read.lines == [
        "A 2016-03-01T08:00:00+00:00 opened text=one\r\ntwo \"quoted\" title=one",
        "A 2016-03-01T08:00:00+00:00 note text=one\r\ntwo \"quoted\"",
        "B 2016-03-01T09:00:00+00:00 opened title=plain",
        "B 2016-03-01T09:00:00+00:00 note text=plain",
      ])
    #expect(read.doubts == ["5: a header again: read on as a file behind the first"])
    #expect(read.rejects == ["7: t: \"nonsense\" is no time of the formats that are read here"])
  }

  @Test("Latin-1 and Windows-1252 are read, and said")
  func encodings() throws {
    let bytes =
      Array("i,t,text\nA,2016-03-01 08:00,caf".utf8) + [
        0xE9, 0x20, 0x80, 0x39, 0x20, 0x93, 0x61, 0x94, 0x0A,
      ]
    let read = try Reading.table(bytes, map: Self.map)
    #expect(read.lines.last == "A 2016-03-01T08:00:00+00:00 note text=café €9 “a”")
    #expect(read.doubts == ["2: not UTF-8: read as Windows-1252"])
    #expect(throws: ImportFailure.encoding("UTF-16")) {
      try Reading.table([0xFF, 0xFE, 0x69, 0x00], map: Self.map)
    }
  }

  @Test("A header in another order behind the first is followed")
  func otherOrder() throws {
    let read = try Reading.table(
      "i,t,text\nA,2016-03-01 08:00,x\n\u{FEFF}text,t,i\ny,2016-03-01 09:00,A\n", map: Self.map)
    #expect(read.lines.last == "A 2016-03-01T09:00:00+00:00 note text=y")
  }

  @Test("A quotation mark that is never closed costs its own line alone")
  func openQuote() throws {
    let read = try Reading.table(
      "i,t,text\nA,2016-03-01 08:00,x\nA,2016-03-01 09:00,\"open\nA,2016-03-01 10:00,y\n",
      map: Self.map)
    #expect(read.rejects == ["3: a quotation mark that is never closed"])
    #expect(read.lines.last == "A 2016-03-01T10:00:00+00:00 note text=y")
  }

  @Test("Hostile cells are text")
  func hostile() throws {
    let cells = ["=cmd|' /C calc'!A0", "\u{1B}[2J\u{7}", "<script>", "a\u{0}b", "{t}", "\u{202E}"]
    for cell in cells {
      let read = try Reading.table("i,t,text\nA,2016-03-01 08:00,\(cell)\n", map: Self.map)
      #expect(read.incidents[0].entries.last?.entry.text == cell)
    }
    let many = String(repeating: ",", count: 5000)
    #expect(try Reading.table("i,t,text\n\(many)\n", map: Self.map).harvest.rejects.count <= 1)
  }

  @Test("Common names of columns need no map")
  func common() throws {
    let read = try Reading.table(
      "Ticket,Status,Updated,Description,Author\n1,New,2016-03-01 08:00,No wifi,Ama\n1,Resolved,2016-03-01 09:00,Cable,Ben\n1,Active,2016-03-01 10:00,Again,Ben\n"
    )
    #expect(
      read.lines == [
        "1 2016-03-01T08:00:00+00:00 opened by Ama title=No wifi",
        "1 2016-03-01T09:00:00+00:00 resolved by Ben text=Cable",
        "1 2016-03-01T10:00:00+00:00 reopened by Ben reason=Again",
      ])
    #expect(throws: ImportFailure.noTimeColumn(["a", "b"])) { try Reading.table("a,b\n1,2\n") }
    #expect(throws: ImportFailure.empty) { try Reading.table("") }
  }

  @Test("Whether the day stands first is told by the whole table")
  func dayFirst() throws {
    let month = try Reading.table("time,text\n3/4/2016 08:00,a\n3/14/2016 08:00,b\n")
    #expect(month.incidents[0].entries[0].entry.at.description == "2016-03-04T08:00:00+00:00")
    let day = try Reading.table("time,text\n3/4/2016 08:00,a\n14/3/2016 08:00,b\n")
    #expect(day.incidents[0].entries.last?.entry.at.description == "2016-04-03T08:00:00+00:00")
    let open = try Reading.table("time,text\n3/4/2016 08:00,a\n")
    #expect(open.doubts.count == 1)
  }
}
