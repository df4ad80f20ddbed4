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
  for mistake in configuration.mistakes where mistake.key.hasPrefix("sync") {
    throw Failure("\(mistake.file):\(mistake.line): \(mistake)", .badInput)
  }
  guard let settings = configuration.sync else {
    throw Failure(
      "\(store.path)/config.yaml says nothing of 'sync': give it 'servers' and 'org', docs/config.md explains them",
      .badInput)
  }
  return (store, settings)
}
