import Glibc
import Testing

@Suite("Hostile input")
struct HostileTextTests {
  /// Escape sequences, overrides and C1 controls in every field that is shown.
  static let desk = Result {
    let desk = try Rehearsal()
    let objects = """
      {"kind":"opened","title":"\\u001b[2J\\u202eTitle\\u009b31m","service":"\\u001b]0;s\\u0007","place":"\\u001b[1mp"}
      {"kind":"complaint","text":"\\u001b[2J\\u202eevil\\u009b31m","caller":"\\u001b[31mcaller","callback":true,"tags":["\\u001b[7m"]}
      {"kind":"escalated","to":"\\u001b[5mTerence","author":"\\u001b[3mauthor"}
      {"kind":"role","role":"lead","who":"\\u001b[3mlead"}
      {"kind":"measure","type":"corrective","text":"\\u001b[2J","owner":"\\u001b[2J","due":"2022-02-01"}
      {"kind":"root_cause","text":"\\u001b[2J\\u009b","category":"\\u001b[2J"}
      """
    try desk.ok("add", "--json", input: objects)
    try desk.ok("correct", "INC.2", "text=\u{1B}[2J\u{9B}2J", "--reason", "\u{1B}[2J")
    try desk.ok("strike", "INC.3", "--reason", "\u{1B}[2J\u{202E}")
    return desk
  }

  let desk: Rehearsal

  init() throws {
    desk = try Self.desk.get()
  }

  @Test(
    "Nothing of it reaches a terminal as a control",
    arguments: [
      ["list"], ["list", "--format", "json"], ["show", "INC-1", "--struck"],
      ["show", "INC-1", "--format", "json"], ["show", "INC.2"], ["show", "INC.3"],
      ["search", "evil", "--struck"], ["search", "2J", "--format", "json"], ["timeline", "INC-1"],
      ["timeline", "INC-1", "--format", "md"], ["timeline", "INC-1", "--format", "json"],
      ["postmortem", "INC-1"], ["postmortem", "INC-1", "--format", "md"],
      ["postmortem", "INC-1", "--format", "json"], ["metrics", "INC-1"],
      ["metrics", "--by", "service"], ["metrics", "--by", "service", "--format", "json"],
      ["verify"], ["verify", "--format", "json"], ["doctor"], ["show", "\u{1B}[2J"],
      ["add", "INC-1", "\u{1B}[2J", "x"],
    ])
  func outputs(_ words: [String]) throws {
    let result = try desk.run(words)
    for scalar in (result.output + result.errors).unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control && scalar != "\n"
      let isOverride = (0x202A...0x202E).contains(scalar.value)
      #expect(!isControl && !isOverride, "U+\(String(scalar.value, radix: 16))")
    }
  }

  @Test("It stays in the log as it was")
  func log() throws {
    #expect(try desk.log.contains(#""title":"\u001b[2J"#))
  }

  @Test("A line that is no UTF-8 is refused, and nothing is logged")
  func notUTF8() throws {
    let result = try Program.run(
      "/bin/sh",
      [
        "-c", "printf 'caf\\351' | \"$0\" \"$@\"", Program.path, "add", "--store", desk.store,
        "INC-1", "note",
      ])
    #expect(result.status == 65)
    #expect(
      result.errors == "loggist: standard input: not UTF-8: convert it with 'iconv -t UTF-8'\n")
  }

  @Test("A reader that goes away is no failure")
  func readerGone() throws {
    let result = try Program.run(
      "/bin/sh",
      [
        "-c",
        "{ \"$0\" watch --all --store \"$1\"; echo $? >\"$2\"; } | head -1",
        Program.path, desk.store, desk.folder + "/status",
      ])
    #expect(result.errors == "")
    #expect(result.output.split(separator: "\n").count == 1)
    for _ in 0..<100 where access(desk.folder + "/status", F_OK) != 0 { usleep(50_000) }
    #expect(try Program.read(desk.folder + "/status") == "0\n")
  }

  @Test("Output that cannot be written is a failure")
  func fullOutput() throws {
    let result = try Program.run(
      "/bin/sh", ["-c", "\"$0\" list --store \"$1\" >/dev/full", Program.path, desk.store])
    #expect(result.status == 74)
    #expect(result.errors == "loggist: cannot write standard output: No space left on device\n")
  }

  @Test("Unsafe stores are refused with the command that mends them")
  func unsafe() throws {
    let desk = try Rehearsal()
    try desk.pharmacy()
    chmod(desk.store, 0o777)
    let open = try desk.run("list")
    #expect(
      open
        == Program.Result(
          status: 1, output: "",
          errors:
            "loggist: everybody may write \(desk.store): take that away with 'chmod o-w \(desk.store)'\n"
        ))
    chmod(desk.store, 0o700)
    let segment = desk.store + "/nodes/INC/2022-01.jsonl"
    rename(segment, desk.folder + "/elsewhere")
    symlink(desk.folder + "/elsewhere", segment)
    let link = try desk.run("add", "INC-1", "note", "x")
    #expect(link.status == 1)
    #expect(
      link.errors == """
        loggist: 1 place of the log not as it should be; 'loggist doctor' shows them
        loggist: INC-1 is not in what can be read of the log (a symbolic link; not followed): 'loggist doctor' names the file
        loggist: not logged: x

        """)
    let new = try desk.run("new", "x")
    #expect(new.status == 1)
    #expect(
      new.errors.hasPrefix(
        "loggist: \(segment) is a symbolic link, and is not followed: put the file itself there\n"))
    #expect(new.errors.contains(#"loggist: not logged: {"kind":"complaint""#))
  }
}
