import ArgumentParser
import LoggistDocuments
import LoggistModel
import LoggistStore

/// An incident's post-mortem.
struct PostMortemCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "postmortem",
    abstract: "Write an incident's post-mortem: summary, timeline, cause and resolution, measures.")

  @Argument(help: "The incident, INC-12.")
  var incident: String

  @OptionGroup var document: DocumentOptions
  @OptionGroup var options: StoreOptions

  func run() throws {
    let id = try IncidentID.named(incident)
    _ = try document.chosenFormat()
    let session = try Session.open(options)
    let journal = try session.journal()
    _ = try session.incident(id, in: journal)
    guard
      let postMortem = PostMortemDocument(
        journal, incident: id, context: try session.documentContext(journal))
    else { throw Failure(.noSuchIncident(id)) }
    try DocumentPrinter(options: document, color: options.color)
      .print(postMortem.document, json: postMortem.json)
  }
}
