import Testing

@Suite("Logging")
struct LoggingTests {
  let desk: Rehearsal

  init() throws {
    desk = try Rehearsal()
  }

  @Test("A call opens an incident and prints its name")
  func call() throws {
    let result = try desk.run(
      "new", "20:50", "Cannot enter new drugs", "@ama", "!1", at: "20:51:10")
    #expect(result == Program.Result(status: 0, output: "INC-1\n", errors: ""))
    let lines = try desk.log.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(
      lines[0].contains(
        #""kind":"opened","incident":"INC-1","at":"2022-01-05T20:50:00+01:00","title":"Cannot enter new drugs""#
      ))
    #expect(
      lines[1].contains(
        #""kind":"complaint","incident":"INC-1","at":"2022-01-05T20:50:00+01:00","text":"Cannot enter new drugs","caller":"ama""#
      ))
    #expect(
      lines[2].contains(
        #""kind":"set","incident":"INC-1","at":"2022-01-05T20:50:00+01:00","priority":"P1""#))
    #expect(lines.allSatisfy { $0.contains(#""by":"ama","via":"cli""#) })
  }

  @Test("Incidents are counted up, and a call can join one")
  func numbers() throws {
    #expect(try desk.ok("new", "One") == "INC-1\n")
    #expect(try desk.ok("new", "Two") == "INC-2\n")
    #expect(try desk.ok("new", "--attach", "inc-1", "Me too") == "INC.5\n")
    #expect(
      try desk.ok("new", "--noticed", "Disk alarm", "--format", "json")
        == "{\"v\":1,\"incident\":\"INC-3\",\"entries\":[\"INC.6\",\"INC.7\"]}\n")
  }

  @Test(
    "Each kind is logged with its fields",
    arguments: [
      (
        ["restored", "21:23"],
        #""kind":"restored","incident":"INC-1","at":"2022-01-05T21:23:00+01:00","salt""#
      ),
      (
        ["escalated", "to=Terence Waller", "rang twice"],
        #""text":"rang twice","to":"Terence Waller""#
      ),
      (["escalated", "to=a \"b\" \\", "x"], #""text":"x","to":"a \"b\" \\""#),
      (
        ["diagnosis", "-12m", "verdict=ruled-out", "not DNS"],
        #""at":"2022-01-05T21:18:00+01:00","text":"not DNS","verdict":"ruled_out""#
      ),
      (["note", "-12m", "restarted"], #""at":"2022-01-05T21:18:00+01:00","text":"restarted""#),
      (["note", "-> rebooted"], #""text":"-> rebooted""#),
      (["note", "--", "--yes", "he said"], #""text":"--yes he said""#),
      (["measure-update", "ref=INC.1", "state=done"], ""),
      (
        ["set", "!2"],
        #""kind":"set","incident":"INC-1","at":"2022-01-05T21:30:00+01:00","priority":"P2""#
      ),
    ])
  func kinds(_ words: [String], _ expected: String) throws {
    try desk.ok("new", "Something", at: "20:51:00")
    let result = try desk.run(["add", "INC-1"] + words)
    if expected.isEmpty {
      #expect(
        result
          == Program.Result(
            status: 65, output: "", errors: "loggist: INC.1 is an `opened`, not a `measure`\n"))
    } else {
      #expect(result.output == "INC.3\n", "\(result.errors)")
      #expect(try desk.log.contains(expected))
    }
  }

  @Test("Text comes from standard input where none is given, and for a last -")
  func standardInput() throws {
    try desk.ok("new", input: "20:50 The screen is black\nand so is the other one\n")
    #expect(try desk.log.contains(#""text":"The screen is black\nand so is the other one""#))
    #expect(try desk.log.contains(#""title":"The screen is black""#))
    try desk.ok(
      "add", "INC-1", "root_cause", "category=software", "-", input: "A bug.\n\nAnd another.\n")
    #expect(try desk.log.contains(#""text":"A bug.\n\nAnd another.","category":"software""#))
    let binary = try desk.run("add", "INC-1", "note", input: "")
    #expect(binary.errors == "loggist: nothing is said yet: some words are needed\n")
    #expect(binary.status == 65)
  }

  @Test("An entry of the desk's belongs to no incident")
  func deskWide() throws {
    #expect(try desk.ok("add", "-", "note", "The shift begins") == "INC.1\n")
    #expect(
      try desk.log.contains(
        #""entry":{"kind":"note","at":"2022-01-05T21:30:00+01:00","text":"The shift begins""#))
    let twin = try desk.run("add", "-", "note", "The shift begins", at: "21:30:04")
    #expect(twin.status == 1)
    #expect(
      twin.errors
        == "loggist: you have just logged the same text as INC.1: not logged; add --yes to log it all the same\n"
    )
  }

  @Test("The person is recorded where an account is shared")
  func author() throws {
    let result = try desk.run("new", "Hello", environment: ["LOGGIST_AUTHOR": "Kofi"])
    #expect(result.status == 0)
    #expect(try desk.log.contains(#""text":"Hello","author":"Kofi""#))
  }

  @Test("What was doubtful is said, and logged all the same")
  func doubts() throws {
    try desk.ok("new", "Hello")
    let result = try desk.run("add", "INC-1", "note", "23:00", "from yesterday")
    #expect(
      result
        == Program.Result(
          status: 0, output: "INC.3\n",
          errors: "loggist: later than now, so Tuesday 4 January 2022 is meant\n"))
  }
}

@Suite("Entry objects")
struct EntryObjectTests {
  let desk: Rehearsal

  init() throws {
    desk = try Rehearsal()
  }

  @Test("Objects from standard input go into the log in one write, with fields of other versions")
  func objects() throws {
    let input = """
      {"kind":"opened","title":"Disk full on db1"}
      {"kind":"noticed","how":"monitoring","at":"2022-01-05T21:29:00+01:00","probe":{"id":7}}

      {"kind":"opened","title":"Disk full on db2"}
      {"kind":"note","text":"the second"}
      """
    #expect(try desk.ok("add", "--json", input: input) == "INC.1\nINC.2\nINC.3\nINC.4\n")
    let log = try desk.log
    #expect(
      log.contains(
        #""kind":"noticed","incident":"INC-1","at":"2022-01-05T21:29:00+01:00","how":"monitoring","probe":{"id":7}"#
      ))
    #expect(
      log.contains(
        #""kind":"note","incident":"INC-2","at":"2022-01-05T21:30:00+01:00","text":"the second""#))
  }

  @Test(
    "One bad line, and nothing is logged",
    arguments: [
      (
        "{\"kind\":\"note\",\"text\":\"x\"}\n{\"kind\":",
        "standard input, line 2: not JSON, near byte 9; nothing was logged"
      ),
      ("[1]", "standard input, line 1: not a JSON object; nothing was logged"),
      ("{\"text\":\"x\"}", "standard input, line 1: no \"kind\"; nothing was logged"),
      (
        "{\"kind\":\"noet\",\"text\":\"x\"}",
        "standard input, line 1: there is no kind 'noet': did you mean 'note'? 'loggist kinds' lists them; nothing was logged"
      ),
      (
        "{\"kind\":\"note\",\"text\":\"x\",\"at\":\"20:50\"}",
        "standard input, line 1: \"at\" is no time with an offset like 2022-01-05T20:50:00+01:00: '20:50'; nothing was logged"
      ),
      (
        "{\"kind\":\"diagnosis\",\"text\":\"x\",\"incident\":\"INC-1\"}",
        "standard input, line 1: verdict= is missing; nothing was logged"
      ),
      (
        "{\"kind\":\"note\",\"text\":\"x\",\"incident\":\"INC-7\"}",
        "standard input, line 1: there is no incident INC-7; nothing was logged"
      ),
      (
        "{\"kind\":\"redacted\",\"ref\":\"INC.1\",\"reason\":\"x\"}",
        "standard input, line 1: 'redacted' is not logged by hand; nothing was logged"
      ),
      ("\n \n", "nothing to log: give a text, or entries on standard input"),
    ])
  func badLines(_ input: String, _ sentence: String) throws {
    try desk.ok("new", "Hello")
    let before = try desk.log
    let result = try desk.run("add", "--json", input: input)
    #expect(result == Program.Result(status: 65, output: "", errors: "loggist: \(sentence)\n"))
    #expect(try desk.log == before)
  }
}

@Suite("Correcting")
struct CorrectingTests {
  let desk: Rehearsal

  init() throws {
    desk = try Rehearsal()
    try desk.pharmacy()
  }

  @Test(
    "Fields and lines correct what they say and leave the rest",
    arguments: [
      (["at=20:52"], #""set":{"at":"2022-01-05T20:52:00+01:00"}"#),
      (
        ["at=~20:52", "text=Only once"],
        #""set":{"at":"2022-01-05T20:52:00+01:00","precision":"approximate","text":"Only once"}"#
      ),
      (["20:52", "Only once"], #""set":{"at":"2022-01-05T20:52:00+01:00","text":"Only once"}"#),
      (["Only once"], #""set":{"text":"Only once"}"#),
      (["target=browser of the ward"], #""set":{"target":"browser of the ward"}"#),
      (["tags=cable,#ward", "author=kofi"], #""set":{"tags":["cable","ward"],"author":"kofi"}"#),
    ])
  func corrections(_ words: [String], _ set: String) throws {
    let result = try desk.run(["correct", "INC.3"] + words + ["--reason", "misheard"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(try desk.log.contains(set + #","reason":"misheard""#))
  }

  @Test("A strike takes an entry out, and is taken back")
  func strikes() throws {
    #expect(try desk.ok("strike", "INC.3", "--reason", "other incident") == "INC.6\n")
    #expect(try !desk.ok("show", "INC-1").contains("INC.3"))
    #expect(try desk.ok("show", "INC-1", "--struck").contains("(struck by INC.6: other incident)"))
    let again = try desk.run("strike", "INC.3", "--reason", "x")
    #expect(
      again
        == Program.Result(
          status: 1, output: "", errors: "loggist: INC.3 is struck already, by INC.6\n"))
    #expect(try desk.ok("unstrike", "INC.3", "--reason", "it was ours") == "INC.7\n")
    #expect(try desk.ok("show", "INC-1").contains("INC.3"))
  }

  @Test("A redaction blanks the entry and its corrections, keeps times, and the log still verifies")
  func redaction() throws {
    try desk.ok("correct", "INC.3", "at=20:57", "text=Told by Mrs. Doe", "--reason", "more exact")
    let refused = try desk.run("redact", "INC.3", "--reason", "a patient's name")
    #expect(
      refused
        == Program.Result(
          status: 64, output: "",
          errors: "loggist: redacting INC.3 cannot be taken back: add --yes\n"))
    #expect(
      try desk.ok("redact", "INC.3", "--yes", "--reason", "a patient's name")
        == "INC.7\nINC.8\nINC.9\n")
    #expect(try !desk.log.contains("Doe"))
    #expect(try !desk.log.contains("Refreshed"))
    #expect(try desk.ok("show", "INC-1").contains("INC.3  20:57  observation  ama  [redacted]"))
    #expect(try desk.run("verify").status == 0)
    let title = try desk.run("redact", "INC.2", "--yes", "--reason", "a patient's name")
    #expect(title.errors == "loggist: the same words stand in INC.1: redact them, too\n")
  }
}
