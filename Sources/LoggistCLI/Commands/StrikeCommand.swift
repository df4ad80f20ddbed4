import ArgumentParser
import LoggistModel
import LoggistStore

/// Takes an entry out of documents and figures; it stays in the log, crossed out.
struct StrikeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strike",
    abstract: "Strike an entry out: it stays in the log and counts no more.",
    discussion: "Prints the name of the entry that strikes it.")

  @Argument(help: "The entry, INC.812.")
  var ref: String

  @OptionGroup var reason: ReasonOptions
  @OptionGroup var writer: WriterOptions
  @OptionGroup var options: StoreOptions

  func run() throws {
    let ref = try EntryRef.named(ref)
    let session = try Session.open(options, writer: writer)
    let journal = try session.journal()
    let target = try session.entry(ref, in: journal)
    if let strike = target.strike { throw Failure(.alreadyStruck(ref, by: strike.ref)) }
    try session.logAndPrint(
      session.entry(.struck, about: target, because: reason), judgedBy: journal)
  }
}

/// Takes a strike back.
struct UnstrikeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unstrike",
    abstract: "Let a struck entry count again.",
    discussion: "Prints the name of the entry that says so.")

  @Argument(help: "The struck entry, INC.812.")
  var ref: String

  @OptionGroup var reason: ReasonOptions
  @OptionGroup var writer: WriterOptions
  @OptionGroup var options: StoreOptions

  func run() throws {
    let ref = try EntryRef.named(ref)
    let session = try Session.open(options, writer: writer)
    let journal = try session.journal()
    let target = try session.entry(ref, in: journal)
    guard target.isStruck else { throw Failure(.notStruck(ref)) }
    try session.logAndPrint(
      session.entry(.unstruck, about: target, because: reason), judgedBy: journal)
  }
}
