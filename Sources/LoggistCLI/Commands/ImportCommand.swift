import ArgumentParser
import LoggistImport
import LoggistModel
import LoggistStore

/// Logs what stands in somebody else's file.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Log what stands in a table, a status page's JSON or another log.",
    discussion: """
      The file's form is recognised: CSV (with any separator; --map says what its columns mean), the JSON of a status \
      page, or Loggist's own JSON Lines. Entries are marked as imported. What is in the log already is skipped: after \
      an interruption the same command goes on. A record that cannot be read is named and left out, the rest goes in; \
      exit status 65 says that there were such records. docs/import.md explains maps.
      """)

  @Argument(help: "The file; - for standard input.", completion: .file())
  var file: Verbatim

  @Option(
    help: ArgumentHelp("What the columns mean (YAML).", valueName: "map.yaml"), completion: .file())
  var map: String?

  @Option(
    help: ArgumentHelp("Log everything on this incident of the store.", valueName: "incident"))
  var into: String?

  @Option(
    help: ArgumentHelp(
      "What the source is called: files of one source belong together (default: the map's 'source', "
        + "else its name, else the file's).", valueName: "name"))
  var source: String?

  @Flag(help: "Print what would be logged and everything doubtful; log nothing.")
  var dryRun = false

  @Option(
    help: ArgumentHelp("Write the records that cannot be read to this file.", valueName: "file"),
    completion: .file())
  var rejects: String?

  @Flag(help: "Overwrite the file of --rejects.")
  var force = false

  @OptionGroup var writer: WriterOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if force, rejects == nil { throw ValidationError("--force is for --rejects") }
  }

  func run() throws {
    let target = try into.map { try IncidentID.named($0) }
    let session = try Session.open(options, writer: dryRun ? nil : writer)
    if let target { _ = try session.incident(target, in: session.journal(about: target)) }
    let rejected = try rejects.map { path in
      let output = OutputFile(path)
      try output.check(isForced: force)
      return output
    }
    var run = try ImportRun(file: file.description, map: map, source: source, into: target, session)
    let paper = session.paper
    do {
      try run.read()
      if dryRun {
        let trial = try run.rehearse()
        try StandardOutput.write(trial.text(on: paper, session))
      } else {
        try run.log()
        try StandardOutput.write(run.tally.text)
        run.complain()
      }
    } catch let failure as ImportFailure {
      throw Failure(failure, file: run.input.name)
    }
    if !run.rejects.isEmpty {
      try rejected?.write(run.rejectedText, isForced: force)
      throw ExitStatus.badInput
    }
  }
}
