import ArgumentParser
import LoggistModel
import Terminal

/// What can be logged, and with which fields.
struct KindsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kinds",
    abstract: "List the kinds of entry, or one kind with its fields.")

  @Argument(help: "A kind.", completion: Kind.completion)
  var kind: String?

  @Option(help: "Colours: auto, always or never.")
  var color: ColorChoice = .auto

  func run() throws {
    let paper = Paper(color)
    var columns = Columns(.wrap)
    guard let name = kind else {
      for kind in Kind.typed {
        let fields = kind.rule.fields.filter(\.isRequired).map { "\($0.field.rawValue)=" }
        columns.add([
          .init(kind.name, .key),
          .init(([kind.rule.summary] + fields).joined(separator: ", ")),
        ])
      }
      return try StandardOutput.write(columns.text(on: paper))
    }
    let kind = try Kind.named(name)
    for rule in kind.rule.fields + KindRule.common where rule.type != .json {
      let isPerson = kind.rule.person == rule.field
      let marks = (rule.isRequired ? "required, " : "") + (isPerson ? "@person, " : "")
      columns.add([.init("\(rule.field.rawValue)=", .key), .init(marks + rule.type.description)])
    }
    let text = kind.rule.needsText ? "text is required" : "text is optional"
    try StandardOutput.write(
      "\(paper.paint(kind.name, .title)): \(kind.rule.summary); \(text)\n"
        + columns.text(on: paper, indent: 2))
  }
}
