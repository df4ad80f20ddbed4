import Testing

@Suite("The manual page")
struct ManualPageTests {
  static let path = Program.root + "/docs/loggist.1"

  /// Every command's name and every option of the program, by its own account of itself.
  private func described() throws -> (commands: Set<String>, options: Set<String>) {
    let dump = try Program.run(Program.path, ["--experimental-dump-help"]).output
    var (commands, options): (Set<String>, Set<String>) = ([], [])
    var isOption = false
    for line in dump.split(separator: "\n").map({ $0.drop { $0 == " " } }) {
      let words = line.split(separator: "\"").map(String.init)
      guard words.count > 2 else { continue }
      switch words[0] {
      case "commandName": commands.insert(words[2])
      // An option's name stands behind whether it is a long or a short one.
      case "kind": isOption = words[2] == "long" || words[2] == "short"
      case "name" where isOption: options.insert(words[2])
      default: break
      }
    }
    return (commands, options)
  }

  @Test("Every command and every option is in it")
  func complete() throws {
    let page = try Program.read(Self.path)
    let (commands, options) = try described()
    #expect(commands.count > 15)
    #expect(options.count > 30)
    for command in commands where command != "loggist" {
      #expect(page.contains("\n.It Cm \(command)"), "\(command)")
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
