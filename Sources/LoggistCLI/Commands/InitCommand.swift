import ArgumentParser
import LoggistModel
import LoggistStore

/// Makes a store.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make a store.",
    discussion: "On a terminal it asks for what is not given; elsewhere it takes the defaults.")

  @Option(
    help: ArgumentHelp(
      "The store's folder (default: $LOGGIST_STORE, else ~/.local/share/loggist).", valueName: "dir"
    ),
    completion: .directory)
  var store: String?

  @Option(
    help: ArgumentHelp(
      "This machine's code, in front of every number (default: INC).", valueName: "code"))
  var node: String?

  @Option(help: ArgumentHelp("The desk's time zone (default: this machine's).", valueName: "zone"))
  var zone: String?

  @Option(help: ArgumentHelp("The desk's name, for documents.", valueName: "name"))
  var desk: String?

  @Flag(help: "Several accounts log here: files and folders are writable by their group.")
  var shared = false

  @Flag(help: "For training, samples and tests: the clock can be chosen, and documents say so.")
  var rehearsal = false

  @Option(
    help: ArgumentHelp(
      "What is random follows from this text (rehearsal stores only).", valueName: "text"))
  var seed: String?

  @Option(help: ArgumentHelp("The time it is (rehearsal stores only).", valueName: "time"))
  var now: Verbatim?

  @Flag(help: "Make it although it lies on a network or unknown file system.")
  var acceptNetworkFs = false

  func run() throws {
    if !rehearsal {
      if seed != nil { throw Failure(.onlyInRehearsal("--seed")) }
      if now != nil { throw Failure(.onlyInRehearsal("--now")) }
    }
    let path = store ?? Environment.defaultStore
    let node = try code()
    let zone = try chosenZone()
    let desk = desk ?? Question.answer("The desk's name, for documents", proposal: "")
    let clock = ClockStyle(zone: zone)
    let moment = try now.map { try Session.moment($0, option: "--now", clock, now: systemClock()) }
    let creation = StoreCreation(
      node: node, desk: desk.isEmpty ? nil : desk, zone: zone.name == "local" ? nil : zone.name,
      isShared: shared, isRehearsal: rehearsal, seed: seed, now: moment ?? systemClock())
    do {
      _ = try Store.create(
        at: path, options: creation, acceptNetworkFileSystem: acceptNetworkFs)
    } catch {
      throw Failure(error)
    }
    let kind = rehearsal ? "rehearsal store" : "store"
    try StandardOutput.write(
      Paper.plain.paint("Made a \(kind) at \(path): node \(node), times in \(zone.name).") + "\n")
  }

  private func code() throws -> NodeCode {
    if let node { return try NodeCode.named(node) }
    return try NodeCode.named(
      Question.answer("This machine's code, in front of every number", proposal: "INC"))
  }

  private func chosenZone() throws -> Zone {
    if let zone { return try Session.zone(zone) }
    let local = SystemZone.local
    let answer = Question.answer("The desk's time zone", proposal: local.name)
    return answer == local.name ? local : try Session.zone(answer)
  }
}
