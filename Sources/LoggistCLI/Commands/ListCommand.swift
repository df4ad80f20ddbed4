import ArgumentParser
import LoggistModel
import LoggistStore

/// The board as columns.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the open incidents, the most urgent first, and those resolved today.")

  @Flag(help: "All that ever were.")
  var all = false

  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  func run() throws {
    let isJSON = try format.isJSON()
    let session = try Session.open(options)
    let journal = all ? try session.journal() : try session.boardJournal()
    let listing = BoardListing(journal, session, includesEarlier: all)
    try StandardOutput.write(isJSON ? listing.json.line : listing.text(on: session.paper))
  }
}
