import ArgumentParser
import LoggistDocuments

/// An incident's timeline.
struct TimelineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline",
    abstract: "Write an incident's timeline.")

  @Argument(help: "The incident, INC-12.")
  var incident: String

  @OptionGroup var document: DocumentOptions
  @OptionGroup var options: StoreOptions

  func run() throws { try TimelineDocument.write(of: incident, document, options) }
}
