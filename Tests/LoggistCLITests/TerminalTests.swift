import Testing

/// On a terminal of 80 columns, by way of script(1).
@Suite("On a terminal")
struct TerminalTests {
  let desk: Rehearsal

  init() throws {
    desk = try Rehearsal()
    try desk.pharmacy()
  }

  private func typescript(_ command: String, _ environment: [String: String]) throws -> String {
    let line =
      "stty cols 80 rows 24; \(Program.path) \(command) --store \(desk.store) --now 2022-01-05T21:30+01:00"
    let result = try Program.run(
      "/usr/bin/script", ["-qec", line, "/dev/null"], environment: environment)
    // A line feed behind a carriage return is one character to Swift.
    return String(String.UnicodeScalarView(result.output.unicodeScalars.filter { $0 != "\r" }))
  }

  @Test("Lists are cut to its width, and coloured")
  func list() throws {
    let output = try typescript("list", ["TERM": "xterm-256color"])
    #expect(
      output == """
        \u{1B}[4mINCIDENT\u{1B}[0m  \u{1B}[4mPRIO\u{1B}[0m  \u{1B}[4mSTATUS\u{1B}[0m  \u{1B}[4mSINCE\u{1B}[0m  \u{1B}[4mAGE\u{1B}[0m   \u{1B}[4mCALLS\u{1B}[0m          \u{1B}[4mOWNER\u{1B}[0m  \u{1B}[4mTITLE\u{1B}[0m
        \u{1B}[1mINC-1\u{1B}[0m     \u{1B}[1;38;5;231;48;5;160mP1\u{1B}[0m    open    20:50  0:40  \u{1B}[1;38;5;16;48;5;214m1 (1 to call)\u{1B}[0m  \u{1B}[1;38;5;16;48;5;214m-\u{1B}[0m      Cannot enter new dru…

        """)
  }

  @Test("Lists have the colours of the theme")
  func theme() throws {
    let configuration = desk.store + "/config.yaml"
    try Program.write(configuration, "theme: dark\n")
    #expect(try typescript("list", ["TERM": "xterm-256color"]).contains("\u{1B}[1;38;5;203mP1"))
  }

  @Test(
    "Colours go with NO_COLOR, on a dumb terminal, and when told so",
    arguments: [
      ("list", ["TERM": "xterm", "NO_COLOR": "1"]), ("list", ["TERM": "dumb"]),
      ("list --color never", ["TERM": "xterm"]),
    ])
  func plain(_ command: String, _ environment: [String: String]) throws {
    #expect(try !typescript(command, environment).contains("\u{1B}"))
  }

  @Test("Colours come through a pipe when asked for")
  func always() throws {
    let output = try desk.run("list", "--color", "always", environment: ["TERM": "xterm"]).output
    #expect(output.contains("\u{1B}[1;31mP1\u{1B}[0m"))
  }

  @Test("A question is asked, and its answer counts")
  func question() throws {
    let command = "add INC-1 note '2022-01-05 23:00' planned --by ama"
    for (answer, isLogged) in [("n", false), ("y", true)] {
      let result = try Program.run(
        "/bin/sh",
        [
          "-c",
          "(sleep 0.5; echo \(answer)) | script -qec \"\(Program.path) \(command) --store \(desk.store) --now 2022-01-05T21:30+01:00\" /dev/null",
        ], environment: ["TERM": "xterm"])
      #expect(
        result.output.contains(
          "5 January 2022, 23:00 WAT is in the future. Log it all the same? [y/N]"))
      #expect(try desk.log.contains("planned") == isLogged)
    }
  }
}
