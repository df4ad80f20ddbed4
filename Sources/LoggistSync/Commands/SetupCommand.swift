import ArgumentParser
import LoggistModel
import LoggistStore

/// Makes the stream, or holds it against what it should be.
struct SetupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "setup",
    abstract: "Make the stream on the servers, or check it and change what can be changed.",
    discussion: "Its user has to be allowed to; the desks' users need not be.")

  @OptionGroup var options: StoreOptions

  func run() throws {
    let (store, settings) = try open(options, access: .readOnly)
    let probe = try EngineProbe(store, settings)
    let problems = probe.connect(within: 10_000)
    if let first = problems.first(where: { $0.isFatal }) {
      throw Failure(first.sentence, .unavailable)
    }
    do {
      EntryPoint.print(try probe.setUp().joined(separator: "\n"))
    } catch {
      throw Failure(probe.problem(error).sentence, .unavailable)
    }
    let left = probe.problems
    for problem in left { EntryPoint.say("loggist-sync: \(problem.sentence)") }
    if !left.isEmpty { throw ExitStatus.failed }
  }
}
