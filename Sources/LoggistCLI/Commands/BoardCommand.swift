import ArgumentParser
import LoggistStore
import Terminal

/// How the screens are shown.
struct ScreenOptions: ParsableArguments {
  @Flag(help: "Line by line, without drawing: for a screen reader or a plain terminal.")
  var plain = false

  @Option(
    help: ArgumentHelp("Play a script of keys, and print it with its screens.", valueName: "file"),
    completion: .file())
  var script: String?

  @Option(help: ArgumentHelp("The size of a script's screen.", valueName: "columns x rows"))
  var screen = "80x24"

  @Option(
    help: ArgumentHelp(
      "Colours for this terminal: \(Theme.choices) (default: the configuration's).",
      valueName: "name"))
  var theme: Theme?
}

extension Theme: ExpressibleByArgument {}

/// `loggist` without a command.
struct BoardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "board",
    abstract: "The board of open incidents, full screen (without a command, too).")

  @OptionGroup var screen: ScreenOptions
  @OptionGroup var writer: WriterOptions
  @OptionGroup var options: StoreOptions

  func run() throws {
    // A script plays on a log in memory, and a past state cannot be written.
    let isReading = screen.script != nil || options.asOf != nil
    var welcome: String?
    if !isReading, StandardInput.isTerminal, Store.isMissing(at: options.path) {
      guard try FirstRun(path: options.path, options, writer).run(isPlain: screen.plain) else {
        return
      }
      welcome = "The log is in \(options.path). The phone rings? Press n"
    }
    let session = try Session.openForScreens(options, writer, isReading: isReading)
    let status = try openScreens(session, options: screen, welcome: welcome)
    if status != 0 { throw ExitStatus(rawValue: status) ?? .failed }
  }
}
