import Testing

@Suite("Evidence on the command line")
struct EvidenceCommandTests {
  private func evidence(_ desk: Rehearsal, _ words: String..., isWriting: Bool = false) throws
    -> Program.Result
  {
    try Program.run(
      Program.path,
      ["evidence", "--store", desk.store, "--now", "2022-01-05T21:30:00+01:00"]
        + (isWriting ? ["--by", "ama"] : []) + words)
  }

  @Test("A file is kept, listed, handed out, checked, and gone when its entry is redacted")
  func keeps() throws {
    let desk = try Rehearsal()
    try desk.pharmacy()
    let file = desk.folder + "/a b;$(c).txt"
    _ = try Program.run("/bin/sh", ["-c", "printf 'patient Miller' > \"$0\"", file])
    let added = try evidence(desk, "add", "INC-1", file, "the screen", isWriting: true)
    #expect(added.status == 0, "\(added.errors)")
    let ref = String(added.output.dropLast())
    let list = try evidence(desk, "list", "INC-1").output
    #expect(list.contains(ref) && list.contains("text/plain") && list.contains("a b;$(c).txt"))
    #expect(try evidence(desk, "get", ref).output == "patient Miller")
    #expect(try evidence(desk, "check").output == "1 file is whole.\n")
    let copy = try evidence(desk, "get", ref, "-o", file)
    #expect(copy.status == 73)
    try desk.ok("redact", ref, "--reason", "a patient", "--yes")
    #expect(try evidence(desk, "get", ref).errors == "loggist: \(ref) keeps no file\n")
    #expect(
      try Program.run("/usr/bin/find", [desk.store + "/evidence", "-type", "f"]).output == "")
    #expect(try Program.run("/bin/grep", ["-r", "Miller", desk.store]).output == "")
    #expect(try desk.run("verify").status == 0)
  }

  @Test("What cannot be kept says why and what next")
  func refuses() throws {
    let desk = try Rehearsal()
    try desk.pharmacy()
    let folder = try evidence(desk, "add", "INC-1", "/tmp", isWriting: true)
    #expect(folder.errors == "loggist: /tmp is not a regular file, and is not kept\n")
    let missing = try evidence(desk, "add", "INC-1", desk.folder + "/none", isWriting: true)
    #expect(missing.status != 0)
    #expect(try evidence(desk, "add", "INC-1").status == 64)
    #expect(try evidence(desk, "get", "INC.1").errors == "loggist: INC.1 keeps no file\n")
  }
}
