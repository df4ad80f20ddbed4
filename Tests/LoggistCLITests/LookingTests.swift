import Testing

@Suite("Looking")
struct LookingTests {
  let desk: Rehearsal

  init() throws {
    desk = try Rehearsal()
    try desk.pharmacy()
  }

  @Test("The board in columns")
  func list() throws {
    try desk.ok("new", "!major", "Wifi is down", "#wifi", at: "21:09:00")
    try desk.ok(
      "add", "-", "complaint", "The printer is out of toner", "place=Ward A", at: "21:10:00")
    #expect(
      try desk.ok("list") == """
        INCIDENT  PRIO   STATUS  SINCE  AGE   CALLS          OWNER  TITLE
        INC-2     MAJOR  open    21:09  0:21  1              -      Wifi is down
        INC-1     P1     open    20:50  0:40  1 (1 to call)  -      Cannot enter new drugs (Pharmacy)

        Complaints without an incident
        INC.9  21:10  Ward A: The printer is out of toner

        """)
    #expect(try desk.ok("list", "--as-of", "20:30") == "Nothing is open.\n")
  }

  @Test("Options may stand before the command")
  func optionsFirst() throws {
    let result = try Program.run(
      Program.path, ["--store", desk.store, "--hours", "12", "--as-of=2022-01-05 20:52", "list"])
    #expect(
      result
        == Program.Result(
          status: 0,
          output: """
            INCIDENT  PRIO  STATUS  SINCE    AGE   CALLS          OWNER  TITLE
            INC-1     -     open    8:50 pm  0:02  1 (1 to call)  -      Cannot enter new drugs (Pharmacy)

            """, errors: ""))
  }

  @Test("An incident with its entries, hints and measures")
  func incident() throws {
    try desk.ok("correct", "INC.3", "at=20:57", "--reason", "misheard", at: "21:05:00")
    try desk.ok(
      "add", "INC-1", "measure", "type=corrective", "@ama", "due=+7d", "Replace the cable",
      at: "21:06:00")
    try desk.ok("add", "INC-1", "note", "20:10", "about something else", at: "21:07:00")
    try desk.ok("strike", "INC.8", "--reason", "other incident", at: "21:08:00")
    #expect(
      try desk.ok("show", "INC-1", "--struck") == """
        INC-1  Cannot enter new drugs
        Status    open, P1
        Place     Pharmacy
        Reported  5 January 2022, 20:50 WAT, complaint
        Calls     1, to be called back: INC.2

        Wednesday 5 January 2022, WAT (UTC+01:00)
        INC.8  20:10  note         ama  about something else (logged 21:07; struck by INC.9: other incident)
        INC.1  20:50  opened       ama  Cannot enter new drugs, place Pharmacy
        INC.2  20:50  complaint    ama  pharmacist on call, Pharmacy: Cannot enter new drugs
        INC.3  20:57  observation  ama  Refreshed the browser several times (corrected by INC.6)
        INC.4  21:02  escalated    ama  → Terence Waller, by phone
        INC.5  21:04  set          ama  priority P1
        INC.7  21:06  measure      ama  corrective, owner ama, due 2022-01-12: Replace the cable

        Measures
        INC.7  open  corrective  ama  2022-01-12  Replace the cable

        Worth a look
        no answer recorded from Terence Waller (INC.4)
        no start of the impact recorded: time to detect is unknown
        no acknowledgement recorded
        no confirmed diagnosis recorded
        no root cause recorded
        no resolution recorded

        """)
  }

  @Test("One entry whole, with its original and its corrections")
  func entry() throws {
    try desk.ok(
      "correct", "INC.3", "at=20:57", "text=Only once", "--reason", "misheard", at: "21:05:00")
    #expect(
      try desk.ok("show", "inc.3") == """
        INC.3  observation of INC-1
        at      5 January 2022, 20:57 WAT (2022-01-05T20:57:00+01:00)
        logged  5 January 2022, 20:56 WAT (2022-01-05T19:56:20.000Z)
        by      ama
        via     cli
        text    Only once

        Corrected by INC.6, ama, 5 January 2022, 21:05 WAT: misheard
          at    2022-01-05T20:57:00+01:00
          text  Only once

        As it was recorded
        at    5 January 2022, 20:55 WAT (2022-01-05T20:55:00+01:00)
        text  Refreshed the browser several times

        """)
    #expect(
      try desk.ok("show", "INC.3", "--format", "json")
        == #"{"v":1,"ref":"INC.3","logged":"2022-01-05T19:56:20.000Z","by":"ama","via":"cli","author":"ama","incident":"INC-1","late":false,"entry":{"kind":"observation","incident":"INC-1","at":"2022-01-05T20:57:00+01:00","text":"Only once"},"original":{"kind":"observation","incident":"INC-1","at":"2022-01-05T20:55:00+01:00","text":"Refreshed the browser several times"},"corrections":[{"ref":"INC.6","author":"ama","logged":"2022-01-05T20:05:00.000Z","reason":"misheard","set":{"at":"2022-01-05T20:57:00+01:00","text":"Only once"}}]}"#
        + "\n")
  }

  @Test("Words find entries")
  func search() throws {
    #expect(
      try desk.ok("search", "browser", "REFRESHED")
        == "INC.3  INC-1  2022-01-05 20:55  observation  ama  Refreshed the browser several times\n"
    )
    #expect(
      try desk.run("search", "nothing of the kind")
        == Program.Result(status: 1, output: "", errors: ""))
  }

  @Test("As it was known then")
  func asOf() throws {
    #expect(try desk.ok("show", "INC-1", "--as-of", "20:58").contains("INC.3"))
    #expect(try !desk.ok("show", "INC-1", "--as-of", "20:58").contains("INC.4"))
    #expect(try !desk.ok("show", "INC-1", "--as-of", "-35m").contains("INC.3"))
  }

  @Test("The log verifies, and a noted head proves it")
  func verify() throws {
    let output = try desk.ok("verify")
    let head = try #require(output.split(separator: "\n").first)
    #expect(head.hasPrefix("INC.5:"))
    #expect(output.contains("clean, 5 entries: every digest and every link holds.\n"))
    try desk.ok("add", "INC-1", "note", "later")
    #expect(
      try desk.ok("verify", "--since", String(head)).contains(
        "Nothing up to INC.5 was changed since it was noted.\n"))
    let log = try desk.log
    try Program.write(
      desk.store + "/nodes/INC/2022-01.jsonl", log.replacing("several times", with: "hundred times")
    )
    let altered = try desk.run("verify", "--since", String(head))
    #expect(altered.status == 1)
    #expect(
      altered.output.hasPrefix(
        "altered: nodes/INC/2022-01.jsonl:3: the entry of INC.3 was altered: its digest differs\n"))
    #expect(altered.output.contains("6 entries: NOT as they were recorded: 1 altered.\n"))
  }

  @Test("Foreign bytes are counted on standard error, and doctor shows them")
  func damage() throws {
    let path = desk.store + "/nodes/INC/2022-01.jsonl"
    try Program.write(path, try desk.log + "garbage\n")
    let list = try desk.run("list")
    #expect(list.status == 0)
    #expect(
      list.errors
        == "loggist: 1 place of the log not as it should be; 'loggist doctor' shows them\n")
    let doctor = try desk.run("doctor")
    #expect(doctor.status == 1)
    #expect(doctor.output.contains("nodes/INC/2022-01.jsonl:6: not a JSON object"))
  }

  @Test("Settings: what they come to, and their mistakes")
  func configuration() throws {
    try Program.write(
      desk.store + "/config.yaml", "hours: 13\nzoen: Africa/Lagos\nservices: [pharmacy]\n")
    let check = try desk.run("config", "check")
    #expect(check.status == 65)
    #expect(check.output.contains("config.yaml:1: \"hours\": expected 12 or 24"))
    #expect(check.output.contains("config.yaml:2: \"zoen\": unknown key; did you mean \"zone\"?"))
    #expect(try desk.ok("config", "show").contains("services   config.yaml  pharmacy\n"))
  }
}
