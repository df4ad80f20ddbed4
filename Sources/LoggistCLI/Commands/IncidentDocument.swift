import LoggistDocuments
import LoggistModel

/// A document about one incident, and the way that all of them go: find the incident, make the document, write it.
protocol IncidentDocument {
  init?(_ journal: Journal, incident: IncidentID, context: DocumentContext)
  var document: Document { get }
  var json: JSONValue { get }

  /// What it can be had as.
  static var formats: [Format] { get }
  var forms: DocumentForms { get }
}

extension TimelineDocument: IncidentDocument {
  static var formats: [Format] { Format.ofEveryDocument + [.csv] }

  var forms: DocumentForms {
    var forms = DocumentForms(self, json: json)
    forms.csv = { csv }
    return forms
  }
}

extension PostMortemDocument: IncidentDocument {
  static var formats: [Format] { Format.ofEveryDocument + [.csv, .ics] }

  var forms: DocumentForms {
    var forms = DocumentForms(self, json: json)
    (forms.csv, forms.calendar) = ({ csv }, { calendar })
    return forms
  }
}

extension IncidentDocument {
  /// Makes the document of an incident by its name on the command line.
  static func write(
    of name: String, _ document: DocumentOptions, _ options: StoreOptions
  ) throws {
    let id = try IncidentID.named(name)
    // A format that there is not is said before the log is read.
    _ = try document.chosenFormat(among: formats)
    let session = try Session.open(options)
    let made = try make(of: id, session, document.disclosure)
    try DocumentPrinter(
      options: document, color: options.color, formats: formats, store: session.store
    )
    .print(made.forms)
  }

  static func make(
    of id: IncidentID, _ session: Session, _ disclosure: Disclosure = .everything
  ) throws -> Self {
    let material = try session.material(disclosure, about: id)
    guard let made = Self(material.journal, incident: id, context: material.context) else {
      throw Failure(.noSuchIncident(id))
    }
    return made
  }
}
