import Glibc
import Testing

@Suite("Hooks")
struct HookTests {
  let desk: Rehearsal
  private var hooks: String { desk.store + "/hooks" }

  init() throws {
    desk = try Rehearsal()
    try desk.ok("new", "Cannot enter new drugs")
    mkdir(hooks, 0o700)
    try Program.write(hooks + "/rehearse", "")
  }

  private func write(_ name: String, _ script: String, mode: mode_t = 0o700) throws {
    try Program.write("\(hooks)/\(name)", "#!/bin/sh\n\(script)\n")
    chmod("\(hooks)/\(name)", mode)
  }

  private var last: String {
    get throws { String(try desk.log.split(separator: "\n").last ?? "") }
  }

  @Test("One is given the entry's line and what it is about, and hostile text stays text")
  func line() throws {
    try write(
      "escalated",
      "cat > \(desk.folder)/got; echo \"$LOGGIST_STORE $LOGGIST_INCIDENT $LOGGIST_KIND $LOGGIST_ENTRY\" > \(desk.folder)/env; pwd > \(desk.folder)/pwd"
    )
    let result = try desk.run(
      "add", "INC-1", "escalated", "to=Bob", #""; $(touch /tmp/x) `id` '\#u{1B}[2J"#)
    #expect(result == Program.Result(status: 0, output: "INC.3\n", errors: ""))
    #expect(try Program.read(desk.folder + "/got") == "\(try last)\n")
    #expect(try Program.read(desk.folder + "/env") == "\(desk.store) INC-1 escalated INC.3\n")
    #expect(try Program.read(desk.folder + "/pwd") == "\(desk.store)\n")
  }

  @Test("A store that is named from where one stands has its hooks found, too")
  func relative() throws {
    try write("escalated", "cat > /dev/null; echo \"$LOGGIST_STORE\" > \(desk.folder)/env")
    let result = try Program.run(
      "/bin/sh",
      [
        "-c", "cd \(desk.folder) && exec \(Program.path) add INC-1 escalated to=Bob --store store",
      ])
    #expect(result == Program.Result(status: 0, output: "INC.3\n", errors: ""))
    #expect(try Program.read(desk.folder + "/env") == "\(desk.store)\n")
  }

  @Test("A failure is said and logged, and the entry is in the log all the same")
  func failure() throws {
    try write("comms", "echo starting; echo 'no route to host' >&2; exit 7")
    let result = try desk.run("add", "INC-1", "comms", "audience=wards", "soon")
    #expect(
      result
        == Program.Result(
          status: 0, output: "INC.3\n",
          errors: "loggist: hook comms failed: exit status 7: no route to host\n"))
    #expect(
      try last.contains(
        #""via":"hook","#)
        && last.contains(
          #""kind":"note","incident":"INC-1","at":"2022-01-05T21:30:00+01:00","text":"hook comms failed: exit status 7: no route to host","refs":["INC.3"]"#
        ))
  }

  @Test("What is not safe is refused, and that is said")
  func refused() throws {
    try write("resolved", "true", mode: 0o702)
    #expect(
      try desk.run("add", "INC-1", "resolved").errors
        == "loggist: hook resolved: everybody may write it, so the hook is not run: chmod o-w\n")
    chmod(hooks + "/resolved", 0o600)
    #expect(
      try desk.run("add", "INC-1", "resolved").errors
        == "loggist: hook resolved: is not executable, so the hook is not run: chmod +x\n")
    unlink(hooks + "/resolved")
    symlink("/bin/true", hooks + "/resolved")
    try write("escalate", "true")
    let doctor = try desk.run("doctor").output
    #expect(
      doctor.contains(
        "hooks/escalate: no hook is called so and nothing starts it: there is escalated, engaged, resolved, comms, overdue\n"
      ))
    #expect(
      doctor.contains(
        "hooks/resolved: is a symbolic link, so the hook is not run: put the file itself here\n"))
    chmod(hooks, 0o707)
    #expect(
      try desk.run("add", "INC-1", "resolved").errors
        == "loggist: hook resolved: no hook is run: everybody may write the folder: chmod o-w\n")
  }

  @Test("A rehearsal runs none unless it is asked to, and what a hook logs starts none")
  func off() throws {
    try write("escalated", "touch \(desk.folder)/ran")
    let inHook = try desk.run(
      "add", "INC-1", "escalated", "to=Bob", environment: ["LOGGIST_HOOK": "resolved"])
    #expect(inHook.status == 0)
    #expect(try last.contains(#""via":"hook""#))
    unlink(hooks + "/rehearse")
    try desk.ok("add", "INC-1", "escalated", "to=Ann")
    #expect(access(desk.folder + "/ran", F_OK) != 0)
  }

  @Test("A hook that reads nothing and writes without end does not hold anybody up")
  func endless() throws {
    try write("engaged", "yes | head -c 1000000; exit 3")
    let escalation = try desk.ok("add", "INC-1", "escalated", "to=Bob")
    #expect(escalation == "INC.3\n")
    let text = String(repeating: "x", count: 300_000)
    let result = try desk.run("add", "INC-1", "engaged", "ref=INC.3", "-", input: text)
    #expect(result.output == "INC.4\n")
    #expect(result.errors.hasPrefix("loggist: hook engaged failed: exit status 3: y"))
  }

  @Test("They are listed and tested")
  func commands() throws {
    try write("escalated", "jq -r '.entry.kind + \" \" + env.LOGGIST_TEST'")
    let listed = try desk.run("hooks")
    #expect(listed.status == 0)
    #expect(
      listed.output.hasPrefix(
        "escalated  runs  when somebody logs a call to the on-call officer, a team, a vendor\nengaged    -     when"
      ))
    #expect(
      try desk.run("hooks", "test", "escalated")
        == Program.Result(
          status: 0, output: "escalated 1\n", errors: "loggist: hook escalated ended well\n"))
    #expect(try desk.run("hooks", "test", "comms").status == 1)
    #expect(try desk.run("hooks", "test", "comm").status == 64)
  }

  /// The three programs of docs/hooks.md, by the hook that they are for.
  private static func examples() throws -> [(name: String, script: String)] {
    let page = try Program.read(Program.root + "/docs/hooks.md")
    var examples: [(name: String, script: String)] = []
    var open: (name: String, lines: [Substring])?
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "```", let example = open {
        examples.append((example.name, example.lines.joined(separator: "\n") + "\n"))
        open = nil
      } else if line.hasPrefix("```sh ") {
        open = (String(line.dropFirst(6)), [])
      } else {
        open?.lines.append(line)
      }
    }
    return examples
  }

  @Test("The examples of the documentation run, and hostile text stays text")
  func documented() throws {
    let examples = try HookTests.examples()
    #expect(examples.map(\.name) == ["escalated", "comms", "overdue"])
    let bin = desk.folder + "/bin"
    mkdir(bin, 0o700)
    for tool in ["curl", "sendmail"] {
      try Program.write(
        "\(bin)/\(tool)",
        "#!/bin/sh\nprintf '%s\\n' \(tool) \"$@\" >> \(desk.folder)/called\ncat >> \(desk.folder)/called\n"
      )
      chmod("\(bin)/\(tool)", 0o700)
    }
    for example in examples {
      #expect(example.script.split(separator: "\n").count <= 7, "\(example.name)")
      try Program.write("\(hooks)/\(example.name)", example.script)
      chmod("\(hooks)/\(example.name)", 0o700)
      #expect(try Program.run("/bin/sh", ["-n", "\(hooks)/\(example.name)"]).status == 0)
    }
    let path = ["PATH": "\(bin):/usr/bin:/bin"]
    let hostile = #""; touch \#(desk.folder)/pwned; $(touch \#(desk.folder)/pwned) `id`"#
    for words in [
      ["escalated", "to=Bob\nX-Evil: 1 $(touch \(desk.folder)/pwned)"],
      ["comms", "audience=wards"],
    ] {
      let result = try desk.run(["add", "INC-1"] + words + [hostile], environment: path)
      #expect(result.errors == "")
    }
    #expect(try desk.run("hooks", "test", "overdue", environment: path).status == 0)
    let called = try Program.read(desk.folder + "/called")
    #expect(called.contains("INC-1: \(hostile)"))
    #expect(called.contains("Subject: INC-1\n"))
    #expect(called.contains("To wards: \(hostile)"))
    #expect(
      called.contains(
        #"{"text":"INC-1 A test of the hook: nobody has to do anything.: ack was due"#))
    #expect(!called.contains("\nX-Evil"))
    #expect(access(desk.folder + "/pwned", F_OK) != 0)
  }

  @Test("A priority that is not the matrix's needs a reason on the command line, too")
  func matrix() throws {
    try desk.ok("add", "INC-1", "set", "impact=high", "urgency=high")
    #expect(try last.contains(#""impact":"high","urgency":"high","priority":"P1""#))
    let before = try desk.log
    #expect(
      try desk.run("add", "INC-1", "set", "priority=P3")
        == Program.Result(
          status: 65, output: "",
          errors: "loggist: impact high and urgency high make P1: say why P3, in words behind it\n")
    )
    #expect(try desk.log == before)
    try desk.ok("add", "INC-1", "set", "priority=P3", "one desk only")
  }
}
