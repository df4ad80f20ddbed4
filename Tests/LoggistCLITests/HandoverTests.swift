import Testing

@Suite("Handover")
struct HandoverTests {
  let desk: Rehearsal

  init() throws {
    desk = try Rehearsal()
    try desk.pharmacy()
  }

  @Test("It is shown, given, and accepted by the next person")
  func wholeWay() throws {
    let shown = try desk.ok("handover")
    #expect(shown.contains("Cannot enter new drugs [Pharmacy]; last"))
    #expect(shown.contains("Callers to call back"))
    #expect(shown.contains("- INC-1: Terence Waller, called at 21:02 (28 min ago, INC.4)"))
    #expect(shown.contains("No handover has been given yet."))
    let given = try desk.ok("handover", "--give", "--to", "ben", "the", "vendor", "calls")
    #expect(given == "INC.6\n")
    let line = try #require(try desk.log.split(separator: "\n").last)
    #expect(
      line.contains(
        #""kind":"handover","at":"2022-01-05T21:30:00+01:00","text":"the vendor calls","from":"ama","to":"ben","open":["INC-1"],"heads":{"INC":"INC.5:"#
      ))
    #expect(
      try desk.ok("handover").contains(
        "INC.6, given by ama to ben at 21:30: waits to be accepted: loggist handover --accept INC.6"
      ))
    let accepted = try desk.ok(
      "handover", "--accept", "INC.6", at: "21:40:00", by: "ben")
    #expect(accepted == "INC.7\n")
    #expect(
      try desk.ok("handover", at: "21:41:00").contains("accepted by ben at 21:40 (INC.7)."))
  }

  @Test("The head that it notes proves what stands before it")
  func head() throws {
    try desk.ok("handover", "--give")
    let log = try desk.log
    let head = try #require(log.firstMatch(of: /"heads":\{"INC":"(INC\.5:[^"]+)"\}/)?.1)
    #expect(try desk.ok("verify", "--since", String(head)).contains("holds"))
  }

  @Test("Who gave it is asked before accepting it, and once is enough")
  func mistakes() throws {
    try desk.ok("handover", "--give")
    #expect(
      try desk.run("handover", "--accept", "INC.6")
        == Program.Result(
          status: 1, output: "",
          errors:
            "loggist: you gave INC.6 yourself: not logged; add --yes to log it all the same\n"))
    try desk.ok("handover", "--accept", "INC.6", "--yes")
    #expect(
      try desk.run("handover", "--accept", "INC.6", by: "ben")
        == Program.Result(
          status: 1, output: "",
          errors: "loggist: INC.6 was accepted already, by ama (INC.7)\n"))
    #expect(
      try desk.run("handover", "--accept", "INC.1", by: "ben")
        == Program.Result(
          status: 65, output: "",
          errors: "loggist: INC.1 is an `opened`, not a `handover`\n"))
    #expect(try desk.run("handover", "--to", "ben").status == 64)
  }

  @Test("As text, Markdown and JSON, and as of a moment")
  func formats() throws {
    #expect(try desk.ok("handover", "--format", "md").hasPrefix("# Handover: Front desk\n"))
    let json = try desk.ok("handover", "--format", "json")
    #expect(json.hasPrefix(#"{"v":1,"document":"handover","as_of":"2022-01-05T21:30:00+01:00""#))
    #expect(
      try desk.ok("handover", "--as-of", "20:00").contains("Nothing is open."))
  }
}
