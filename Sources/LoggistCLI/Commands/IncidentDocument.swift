import LoggistDocuments
import LoggistModel

/// A document about one incident, and the way that all of them go: find the incident, make the document, write it.
protocol IncidentDocument: TemplatedDocument {
  init?(_ journal: Journal, incident: IncidentID, context: DocumentContext)
  var json: JSONValue { get }
}

extension TimelineDocument: IncidentDocument {}
extension PostMortemDocument: IncidentDocument {}

extension IncidentDocument {
  /// Makes the document of an incident by its name on the command line.
  static func write(
    of name: String, _ document: DocumentOptions, _ options: StoreOptions
  ) throws {
    let id = try IncidentID.named(name)
    // A format that there is not is said before the log is read.
    _ = try document.chosenFormat()
    let session = try Session.open(options)
    let made = try make(of: id, session)
    try DocumentPrinter(options: document, color: options.color, store: session.store)
      .print(made, json: made.json)
  }

  static func make(of id: IncidentID, _ session: Session) throws -> Self {
    let journal = try session.journal()
    _ = try session.incident(id, in: journal)
    let context = try session.documentContext(journal)
    guard let made = Self(journal, incident: id, context: context) else {
      throw Failure(.noSuchIncident(id))
    }
    return made
  }
}
