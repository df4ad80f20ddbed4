import Testing

@Suite("Who is on call")
struct OnCallTests {
  let desk: Rehearsal

  init() throws {
    desk = try Rehearsal()
    try Program.write(
      desk.store + "/config.yaml",
      """
      zone: Africa/Lagos
      people:
        t.waller: {name: Terence Waller, phone: "+234 1"}
        f.bello: {name: Femi Bello, mail: femi@example.org}
      on_call:
        - {team: applications, weekly: [t.waller, f.bello], starts: "2022-01-03 08:00"}
        - {team: network, ics: network.ics}
      """)
    try Program.write(
      desk.store + "/network.ics",
      """
      BEGIN:VCALENDAR
      BEGIN:VEVENT
      DTSTART;TZID=Africa/Lagos:20220103T080000
      DTEND;TZID=Africa/Lagos:20220110T080000
      ATTENDEE;CN=K:mailto:femi@example.org
      SUMMARY:Kofi
      END:VEVENT
      BEGIN:VEVENT
      DTSTART:20220110T070000Z
      DTEND:20220111T070000Z
      RRULE:FREQ=YEARLY
      SUMMARY:Kofi
      END:VEVENT
      END:VCALENDAR
      """)
  }

  private let left =
    "loggist: network.ics:11: FREQ=YEARLY is not understood in RRULE; the event is left out\n"

  @Test("Every team, until when and who then; what is left out of a calendar is said")
  func all() throws {
    #expect(
      try desk.run("oncall")
        == Program.Result(
          status: 0,
          output: """
            applications  Terence Waller  +234 1  until Mon 10 Jan 08:00 WAT, then Femi Bello
            network       K                       until Mon 10 Jan 08:00 WAT, then nobody

            """, errors: left))
  }

  @Test("Another moment; where nobody is on call the status says so")
  func at() throws {
    let result = try desk.run("oncall", "Network", "--at", "2022-01-10 09:00")
    #expect(
      result == Program.Result(status: 1, output: "network  nobody  within a year\n", errors: left))
  }

  @Test("JSON for programs")
  func json() throws {
    #expect(
      try desk.run("oncall", "applications", "--json").output
        == #"{"v":1,"at":"2022-01-05T21:30:00+01:00","teams":[{"team":"applications","person":{"key":"t.waller","name":"Terence Waller","phone":"+234 1"},"until":"2022-01-10T08:00:00+01:00","next":{"key":"f.bello","name":"Femi Bello","mail":"femi@example.org"}}]}"#
        + "\n")
  }

  @Test("A team that there is not, and a store without a rota")
  func mistakes() throws {
    let unknown = try desk.run("oncall", "netwrk")
    #expect(unknown.status == 1)
    #expect(
      unknown.errors == left
        + "loggist: no team 'netwrk' is on call: did you mean 'network'? there is applications and network\n"
    )
    try Program.write(desk.store + "/config.yaml", "zone: Africa/Lagos\n")
    #expect(
      try desk.run("oncall")
        == Program.Result(
          status: 1, output: "",
          errors:
            "loggist: nobody is on call: config.yaml has no 'on_call', see docs/config.md for how to write it\n"
        ))
  }

  @Test("A calendar outside the store is not read")
  func outside() throws {
    for path in ["../x.ics", "/etc/hostname", "a/../../x.ics"] {
      try Program.write(
        desk.store + "/config.yaml",
        "zone: Africa/Lagos\non_call: [{team: network, ics: \"\(path)\"}]\n")
      let result = try desk.run("config", "check")
      #expect(result.status == 65)
      #expect(
        result.output
          == "\(path): a calendar file lies in the store's folder, and not behind a link\n")
    }
  }

  @Test("Mistakes in the keymap are named by file and line, by config check and by doctor")
  func keymap() throws {
    try Program.write(
      desk.store + "/config.yaml",
      """
      zone: Africa/Lagos
      keymap:
        log.note: [o, F5]
        log.nots: [x]
        board.new: [F99, n]
      """)
    let lines = [
      "config.yaml:3: \"keymap.log.note\": \"o\" is log.observation on the incident screen already, and stays it",
      "config.yaml:4: \"keymap.log.nots\": there is no such action; did you mean \"log.note\"",
      "config.yaml:5: \"keymap.board.new\": there is no key \"F99\": they are called like n, R, ctrl-x, alt-b, F2, Enter, PageUp",
    ]
    let check = try desk.run("config", "check")
    #expect(check.status == 65)
    let doctor = try desk.run("doctor").output
    for (line, said) in zip(lines, check.output.split(separator: "\n")) {
      #expect(said.hasPrefix(line))
      #expect(doctor.contains(said))
    }
  }
}
