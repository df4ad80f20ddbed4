import ArgumentParser
import LoggistModel
import LoggistStore

/// Carries the logs, for as long as it lives or once.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Carry the logs until it is stopped, or once.")

  @Flag(help: "End when everything is sent and everything of the others is here.")
  var once = false

  @Option(help: ArgumentHelp("With --once: give up after so many seconds.", valueName: "seconds"))
  var limit = 60

  @OptionGroup var options: StoreOptions

  /// Some eleven days: as good as for ever, and far from where milliseconds end.
  private static let longest = 1_000_000

  func validate() throws {
    if !(1...RunCommand.longest).contains(limit) {
      throw ValidationError("--limit takes 1 to \(RunCommand.longest) seconds, not \(limit)")
    }
  }

  func run() throws {
    let (store, settings) = try open(options, access: .readWrite)
    var service = try Service(store, settings)
    guard once else { return try service.run() }
    if !service.runOnce(within: limit * 1000) {
      let problems = SyncReport.load(store)?.problems ?? []
      for problem in problems { EntryPoint.say("loggist-sync: \(problem.sentence)") }
      if problems.isEmpty {
        EntryPoint.say(
          "loggist-sync: not everything was carried within \(limit) s: 'loggist sync status' says what is open"
        )
      }
      throw ExitStatus.unavailable
    }
  }
}

/// The store that the options name, and what its configuration says of the others.
func open(
  _ options: StoreOptions, access: Store.Access
) throws -> (Store, Configuration.Sync) {
  let store: Store
  do {
    store = try Store.open(options.path, access: access)
  } catch {
    throw Failure(error)
  }
  let configuration = Configuration.load(store)
  // One without a key is about the whole file, of which then nothing was read.
  let mistake = configuration.mistakes.first { $0.key.isEmpty || $0.key.hasPrefix("sync") }
  if let mistake {
    let line = mistake.line > 0 ? ":\(mistake.line)" : ""
    throw Failure("\(store.path)/\(mistake.file)\(line): \(mistake)", .badInput)
  }
  guard let settings = configuration.sync else {
    throw Failure(
      "\(store.path)/config.yaml says nothing of 'sync': give it 'servers' and 'org', docs/config.md explains them",
      .badInput)
  }
  return (store, settings)
}
