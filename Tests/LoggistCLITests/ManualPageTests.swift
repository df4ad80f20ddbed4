import Testing

@Suite("The manual page")
struct ManualPageTests {
  static let path = Program.root + "/docs/loggist.1"

  /// Every command's name and every option of the program, by its own account of itself.
  private func described() throws -> (commands: Set<String>, options: Set<String>) {
    let dump = try Program.run(Program.path, ["--experimental-dump-help"]).output
    func values(behind key: String) -> Set<String> {
      Set(
        dump.split(separator: "\n").compactMap { line in
          let line = line.drop { $0 == " " }
          guard line.hasPrefix("\"\(key)\" : \"") else { return nil }
          return line.dropFirst(key.count + 6).split(separator: "\"").first.map(String.init)
        })
    }
    let names = values(behind: "name")
    return (values(behind: "commandName"), names.subtracting(values(behind: "valueName")))
  }

  @Test("Every command and every option is in it")
  func complete() throws {
    let page = try Program.read(Self.path)
    let (commands, options) = try described()
    #expect(commands.count > 15)
    #expect(options.count > 30)
    for command in commands where command != "loggist" {
      #expect(
        page.contains("Cm \(command)") || page.contains("Cm config Cm \(command)"), "\(command)")
    }
    for option in options {
      let name = option.count == 1 ? "Fl \(option) " : "Fl -\(option)"
      #expect(page.contains(name), "--\(option)")
    }
  }

  @Test("Every option with a value may stand before the command")
  func optionsFirst() throws {
    let desk = try Rehearsal()
    for option in ["--zone", "--as-of", "--hours", "--color", "--now"] {
      let value = ["--zone": "UTC", "--as-of": "20:30", "--hours": "12", "--color": "never"][option]
      let result = try Program.run(
        Program.path, [option, value ?? "20:30", "--store", desk.store, "list"])
      #expect(result.status == 0, "\(option): \(result.errors)")
    }
  }

  @Test("groff has nothing to say about it")
  func clean() throws {
    let result = try Program.run("/usr/bin/groff", ["-mandoc", "-ww", "-Tutf8", "-z", Self.path])
    #expect(result == Program.Result(status: 0, output: "", errors: ""))
  }

  @Test("Each shell gets its completions, with the kinds", arguments: ["bash", "zsh", "fish"])
  func completions(_ shell: String) throws {
    let result = try Program.run(Program.path, ["--generate-completion-script", shell])
    #expect(result.status == 0)
    #expect(result.output.contains("root_cause"))
    #expect(!result.output.contains("io_error"))
  }
}
