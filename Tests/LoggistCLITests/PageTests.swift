import Foundation
import Testing

@Suite("Pages and templates")
struct PageTests {
  let desk: Rehearsal

  init() throws {
    desk = try Rehearsal()
    try desk.pharmacy()
  }

  @discardableResult
  private func write(_ text: String, _ name: String) throws -> String {
    let folder = desk.store + "/templates"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
    return "\(folder)/\(name)"
  }

  /// SHA-256 in Base64, by somebody else than the program.
  private func digest(_ text: Substring) throws -> String {
    let sum = try Program.run("/usr/bin/sha256sum", [], input: String(text)).output.prefix(64)
    let bytes = stride(from: 0, to: 64, by: 2).compactMap { place in
      UInt8(sum.dropFirst(place).prefix(2), radix: 16)
    }
    return Data(bytes).base64EncodedString()
  }

  private func policyAndStyle(_ page: String) throws -> (policy: Substring, style: Substring) {
    let policy = try #require(
      page.firstMatch(of: /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/))
    let style = try #require(page.firstMatch(of: /<style>([^<]*)<\/style>/))
    return (policy.1, style.1)
  }

  @Test(
    "Every document has a page, whose policy admits its own style and nothing else",
    arguments: [["postmortem", "INC-1"], ["timeline", "INC-1"], ["handover"], ["metrics"]])
  func pages(words: [String]) throws {
    let page = try desk.run(words + ["--format", "html"])
    #expect(page.status == 0)
    #expect(page.output.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">\n"))
    let (policy, style) = try policyAndStyle(page.output)
    #expect(
      policy
        == "default-src 'none'; style-src 'sha256-\(try digest(style))'; base-uri 'none'; form-action 'none'"
    )
    #expect(!page.output.contains("http://"))
    #expect(!page.output.contains("https://"))
    #expect(try desk.run(words + ["--format", "html"]) == page)
  }

  @Test("A file's name says that it is to be a page")
  func suffix() throws {
    let path = desk.folder + "/outage.html"
    #expect(try desk.run("postmortem", "INC-1", "-o", path).status == 0)
    #expect(try Program.read(path).hasPrefix("<!DOCTYPE html>\n"))
  }

  @Test("The built-in template, put into the store, changes nothing")
  func same() throws {
    for format in ["md", "html"] {
      for name in ["postmortem", "timeline", "handover"] {
        let words = (name == "handover" ? [name] : [name, "INC-1"]) + ["--format", format]
        let before = try desk.run(words)
        let shown = try desk.run("template", "show", name, "--format", format)
        #expect(shown.status == 0)
        try write(shown.output, "\(name).\(format).mustache")
        #expect(try desk.run(words) == before)
      }
    }
    let page = try desk.run("timeline", "INC-1", "--format", "html")
    try write(try desk.run("template", "show", "style").output, "style.css")
    #expect(try desk.run("timeline", "INC-1", "--format", "html") == page)
  }

  @Test("A store's own template and style sheet lay its documents out")
  func own() throws {
    try write("{{incident}}: {{incident_title}}, {{duration}}\n", "postmortem.md.mustache")
    #expect(
      try desk.ok("postmortem", "INC-1", "--format", "md")
        == "INC-1: Cannot enter new drugs, 40 minutes so far\n")
    try write("body { color: #222 }\r\n", "style.css")
    let (policy, style) = try policyAndStyle(
      try desk.ok("postmortem", "INC-1", "--format", "html"))
    #expect(style == "body { color: #222 }\n")
    #expect(policy.contains("'sha256-\(try digest(style))'"))
    let list = try desk.ok("template")
    #expect(
      list == """
        postmortem.md.mustache    \(desk.store)/templates/postmortem.md.mustache
        postmortem.html.mustache  built in
        timeline.md.mustache      built in
        timeline.html.mustache    built in
        handover.md.mustache      built in
        handover.html.mustache    built in
        style.css                 \(desk.store)/templates/style.css

        """)
  }

  @Test("A broken template is named with its line, and nothing is written")
  func broken() throws {
    let file = try write("# {{title}}\n\n{{sumary}}\n", "postmortem.md.mustache")
    let sentence =
      "loggist: \(file):3: there is no tag 'sumary': did you mean 'summary'? 'loggist template tags' lists them\n"
    #expect(
      try desk.run("postmortem", "INC-1", "--format", "md")
        == Program.Result(status: 65, output: "", errors: sentence))
    #expect(try desk.run("postmortem", "INC-1").status == 0)
    let list = try desk.run("template", "list")
    #expect(list.status == 65)
    #expect(list.errors == sentence)
    #expect(list.output.contains("postmortem.md.mustache    the store's, with a mistake\n"))
    try write("\n{{#owner}}", "postmortem.md.mustache")
    #expect(
      try desk.run("postmortem", "INC-1", "--format", "md").errors
        == "loggist: \(file):2: the section 'owner' is not closed: add {{/owner}}\n")
    let style = try write("p{}\n</STYLE><script>", "style.css")
    #expect(
      try desk.run("timeline", "INC-1", "--format", "html")
        == Program.Result(
          status: 65, output: "",
          errors: "loggist: \(style):2: '</style' cannot stand in a style sheet\n"))
  }

  @Test("What is no plain file of one's own is no template")
  func refused() throws {
    let file = try write("x", "timeline.md.mustache")
    func errors() throws -> Program.Result {
      try desk.run("timeline", "INC-1", "--format", "md")
    }
    func refusal(_ why: String) -> Program.Result {
      Program.Result(status: 65, output: "", errors: "loggist: \(file) \(why)\n")
    }
    _ = try Program.run("/bin/chmod", ["o+w", file])
    #expect(try errors() == refusal("everybody may write it: chmod o-w"))
    _ = try Program.run("/bin/rm", [file])
    _ = try Program.run("/bin/ln", ["-s", "/etc/passwd", file])
    #expect(try errors() == refusal("is a symbolic link: put the file itself there"))
    _ = try Program.run("/bin/rm", [file])
    _ = try Program.run("/usr/bin/mkfifo", [file])
    #expect(try errors() == refusal("is not a regular file"))
    _ = try Program.run("/bin/rm", [file])
    _ = try Program.run("/usr/bin/truncate", ["-s", "300000", file])
    #expect(try errors() == refusal("has 300000 bytes: a template has 262144 at most"))
    try Data([0x66, 0xFF]).write(to: URL(filePath: file))
    #expect(try errors() == refusal("is not UTF-8 text"))
    let stranger = try write("x", "postmortem.mustache")
    #expect(
      try desk.run("template").errors.hasPrefix(
        "loggist: \(stranger) is read by nothing: look at its name\n"))
  }

  @Test("What there is to name, and names that there are not")
  func tags() throws {
    #expect(
      try desk.ok("template", "tags", "handover").contains(
        "{{shift}}           from when to when\n"))
    #expect(try desk.ok("template", "tags", "handover", "--format", "html").contains("{{policy}}"))
    #expect(
      try desk.run("template", "show", "report").errors
        == "loggist: there is no template 'report': there is postmortem, timeline and handover\n")
    #expect(try desk.run("template", "show").status == 64)
    #expect(try desk.run("template", "show", "timeline", "--format", "txt").status == 64)
  }
}
