import Glibc
import Testing

@Suite("Documents")
struct DocumentTests {
  let desk: Rehearsal

  init() throws {
    desk = try Rehearsal()
    try desk.pharmacy()
  }

  @Test("A document goes into a file whole, and never over another one unasked")
  func output() throws {
    let path = desk.folder + "/outage.md"
    let first = try desk.run("postmortem", "INC-1", "-o", path)
    let text = try Program.read(path)
    #expect(text.hasPrefix("# Post-mortem: Cannot enter new drugs\n"))
    #expect(
      first
        == Program.Result(
          status: 0, output: "", errors: "wrote \(path) (\(text.utf8.count) bytes)\n"))
    let second = try desk.run("postmortem", "INC-1", "-o", path)
    #expect(
      second
        == Program.Result(
          status: 73, output: "",
          errors: "loggist: \(path) is there already: add --force to write over it\n"))
    let third = try desk.run("timeline", "INC-1", "-o", path, "--force")
    #expect(third.status == 0)
    #expect(try Program.read(path).hasPrefix("# Timeline: Cannot enter new drugs\n"))
    let nowhere = try desk.run("timeline", "INC-1", "-o", "/nowhere/x.md")
    #expect(
      nowhere
        == Program.Result(
          status: 73, output: "",
          errors: "loggist: cannot make /nowhere/x.md: No such file or directory\n"))
  }

  @Test("A document states the head of the log at its moment")
  func heads() throws {
    let verified = try desk.ok("verify").split(separator: "\n").first.map(String.init)
    let head = try #require(verified).replacing(":", with: " ")
    #expect(try desk.ok("timeline", "INC-1").contains("Log head INC  \(head)\n"))
    try desk.ok("add", "INC-1", "note", "later", at: "21:31:00")
    #expect(
      try desk.ok("timeline", "INC-1", "--as-of", "21:30:30", at: "21:40:00").contains(
        "Log head INC  \(head)\n"))
  }

  @Test("Figures of one incident, of a period, and of some metrics alone")
  func metrics() throws {
    #expect(
      try desk.ok("metrics", "INC-1", "--metric", "tte", "--format", "json")
        == #"{"v":1,"as_of":"2022-01-05T21:30:00+01:00","incident":"INC-1","clocks":[{"id":"tte.1","seconds":720,"from":{"ref":"INC.2","at":"2022-01-05T20:50:00+01:00"},"to":{"ref":"INC.4","at":"2022-01-05T21:02:00+01:00"},"flags":[]}]}"#
        + "\n")
    let period = try desk.ok("metrics", "--by", "priority", "--metric", "ttr.1")
    #expect(period.hasPrefix("Metrics: 2022-01\n"))
    #expect(period.contains("By priority: P1"))
    #expect(period.contains("\nttr.1 "))
    #expect(!period.contains("\ntte.1 "))
    let both = try desk.run("metrics", "INC-1", "--period", "2022")
    #expect(both.status == 64)
    #expect(
      both.errors.hasPrefix("loggist: an incident has no period: leave out one or the other\n"))
  }

  @Test(
    "The same moment and options give the same bytes", arguments: ["txt", "md", "html", "json"])
  func sameBytes(_ format: String) throws {
    let words = ["postmortem", "INC-1", "--format", format, "--as-of", "21:10"]
    let first = try desk.run(words)
    try desk.ok("add", "INC-1", "note", "later")
    #expect(try desk.run(words) == first)
  }
}

@Suite("The reference incident")
struct PharmacyTests {
  static let folder = Program.root + "/data/pharmacy-outage"

  @Test("Its commands make it again byte for byte")
  func make() throws {
    let desk = try Rehearsal()
    let target = desk.folder + "/pharmacy"
    let made = try Program.run(Self.folder + "/make", [Program.path, target])
    #expect(made == Program.Result(status: 0, output: "", errors: ""))
    for name in ["store.json", "config.yaml", "nodes/INC/node.json", "nodes/INC/2022-01.jsonl"] {
      #expect(
        try Program.read("\(target)/\(name)") == Program.read("\(Self.folder)/\(name)"), "\(name)")
    }
  }

  @Test("A checkout can be read: no lock, no reserve, other files beside it")
  func read() throws {
    let list = try Program.run(
      Program.path, ["list", "--all", "--store", Self.folder, "--as-of", "2022-01-06 10:00"])
    #expect(list.errors == "")
    #expect(list.status == 0)
    #expect(
      list.output == """
        INCIDENT  PRIO  STATUS    SINCE      AGE    CALLS  OWNER  TITLE
        INC-1     -     restored  Wed 5 Jan  13:15  1      -      Pharmacy outage (pharmacy, Pharmacy)

        """)
    let verify = try Program.run(Program.path, ["verify", "--store", Self.folder])
    #expect(verify.status == 0)
    let doctor = try Program.run(Program.path, ["doctor", "--store", Self.folder])
    #expect(!doctor.output.contains("README"))
    #expect(!doctor.output.contains("make"))
  }

  @Test(
    "Its figures are those of the source",
    arguments: [
      ("tte.1", "1020"), ("ttx.1", "1500"), ("ttm.1", "2100"), ("ttr.1", "2280"),
      ("downtime.1", "2280"), ("tta.1", "null"),
    ])
  func figures(_ metric: String, _ seconds: String) throws {
    let result = try Program.run(
      Program.path,
      [
        "metrics", "INC-1", "--store", Self.folder, "--metric", metric, "--format", "json",
        "--as-of", "2022-01-06 10:00",
      ])
    #expect(
      result.output.contains("\"id\":\"\(metric)\",\"seconds\":\(seconds)"), "\(result.output)")
  }

  @Test("Its post-mortem tells what the source tells")
  func postMortem() throws {
    let result = try Program.run(
      Program.path, ["postmortem", "INC-1", "--store", Self.folder, "--format", "md"])
    // Markdown's escapes stand between a reader and no fact.
    let text = result.output.replacing("`", with: "").replacing("\\", with: "")
    for words in [
      "8:45 pm", "8:50 pm", "8:55 pm", "9:02 pm", "9:10 pm", "9:20 pm", "9:23 pm",
      "Terence Waller", "0.2.6", "0.3.0", "/api/views/pharmacy/drugs.py", "line 254",
      "add_drugs(details)", "not recorded", "debug=True", "error.txt", "strict mode",
    ] {
      #expect(text.contains(words))
    }
  }
}
