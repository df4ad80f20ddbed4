import ArgumentParser
import LoggistModel

/// The options that every command has: which store, which moment, and how times look.
struct StoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The store's folder (default: $LOGGIST_STORE, else ~/.local/share/loggist).", valueName: "dir"
    ),
    completion: .directory)
  var store: String?

  @Option(
    help: ArgumentHelp("Show what had been recorded by then, and nothing later.", valueName: "time")
  )
  var asOf: Verbatim?

  @Option(
    help: ArgumentHelp(
      "Show and read times in this zone (default: the store's).", valueName: "zone"))
  var zone: String?

  @Option(help: "Show times on a 12- or 24-hour clock (default: the store's).")
  var hours: Hours?

  @Option(help: "Colours: auto, always or never.")
  var color: ColorChoice = .auto

  @Option(help: ArgumentHelp("The time it is (rehearsal stores only).", valueName: "time"))
  var now: Verbatim?

  /// The folder that is meant.
  var path: String { store ?? Environment.defaultStore }

  /// Whether an option takes the next word as its value: asked where options stand before the command.
  static func takesValue(_ word: String) -> Bool { withValue.contains(word) }

  static let withValue: Set<String> = [
    "--accept", "--as-of", "--at", "--attach", "--by", "--color", "--desk", "--format", "--hours",
    "--into", "--map",
    "--metric", "--node",
    "--now", "--output", "--period", "--reason", "--rejects", "--screen", "--script", "--seed",
    "--since",
    "--source", "--store", "--theme", "--to", "--zone", "-o",
  ]
}

enum Hours: Int, ExpressibleByArgument, CaseIterable {
  case twelve = 12
  case twentyFour = 24

  init?(argument: String) {
    guard let number = Int(argument) else { return nil }
    self.init(rawValue: number)
  }

  static var allValueStrings: [String] { ["12", "24"] }

  var style: HourStyle { self == .twelve ? .twelve : .twentyFour }
}

enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never
}
