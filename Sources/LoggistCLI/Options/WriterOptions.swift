import ArgumentParser

/// The options of the commands that log: for which node, and as whom.
struct WriterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The node to write, where the store has several of this machine's.", valueName: "code"))
  var node: String?

  @Option(help: ArgumentHelp("Who logs (rehearsal stores only).", valueName: "user"))
  var by: String?

  @Flag(help: "Write although the store lies on a network or unknown file system.")
  var acceptNetworkFs = false
}
