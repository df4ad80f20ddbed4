import ArgumentParser
import LoggistModel
import LoggistStore
import Terminal

/// Shows everything about a store that is not as it should be; changes nothing.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Show what is not as it should be with the store, by file and line; changes nothing.",
    discussion: "Exit status 1 where there is something to show.")

  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  func run() throws {
    let isJSON = try format.isJSON()
    let findings = findings()
    if isJSON {
      let json = JSONValue.object([
        JSONMember("v", .integer(1)), JSONMember("store", .string(options.path)),
        JSONMember("findings", .array(findings.map(\.json))),
      ])
      try StandardOutput.write(json.line)
    } else {
      let paper = Paper(options.color)
      let lines = findings.map { paper.paint("\($0)") + "\n" }.joined()
      try StandardOutput.write(
        findings.isEmpty
          ? paper.paint("\(options.path): everything is as it should be.", .good) + "\n" : lines)
    }
    if !findings.isEmpty { throw ExitStatus.failed }
  }

  /// What the store can say of itself, and in front of its logs what the screens say of its keymap.
  private func findings() -> [Finding] {
    var findings = Doctor.examine(options.path)
    guard let store = try? Store.open(options.path, access: .readOnly) else { return findings }
    let place = findings.firstIndex { $0.path.hasPrefix("nodes") } ?? findings.count
    findings.insert(
      contentsOf: Configuration.load(store).keymapMistakes.map { mistake in
        Finding(
          path: mistake.file, line: mistake.line > 0 ? mistake.line : nil,
          reason: .configuration(mistake))
      }, at: place)
    return findings
  }
}
