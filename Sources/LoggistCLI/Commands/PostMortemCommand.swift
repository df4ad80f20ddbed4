import ArgumentParser
import LoggistDocuments

/// An incident's post-mortem.
struct PostMortemCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "postmortem",
    abstract: "Write an incident's post-mortem: summary, timeline, cause and resolution, measures.")

  @Argument(help: "The incident, INC-12.")
  var incident: String

  @OptionGroup var document: DocumentOptions
  @OptionGroup var options: StoreOptions

  func run() throws { try PostMortemDocument.write(of: incident, document, options) }
}
