import LoggistDocuments
import LoggistModel
import LoggistStore

/// What a document is made of: the journal as it may be shown, and what the document states besides.
struct DocumentMaterial {
  var journal: Journal
  var context: DocumentContext
}

extension Session {
  /// Everything that a document may show as of the moment that was asked for: the one way in which a command gets at a
  /// journal for a document, so that none can forget `--public` and `--redact-names`.
  ///
  /// - Parameters:
  ///   - incident: the one that the document is about.
  ///   - detail: what of each entry it is made of, where nobody's words have to be hidden in it.
  func material(
    _ disclosure: Disclosure, about incident: IncidentID? = nil,
    from detail: EntryDetail = .everything
  ) throws -> DocumentMaterial {
    if disclosure == .everything, asOf == nil, let incident {
      // In front of the journal: what stands before these heads is in the document, whoever logs meanwhile.
      let context = try documentContextNow()
      let journal = try journal(about: incident, isShown: true)
      _ = try self.incident(incident, in: journal)
      return DocumentMaterial(journal: journal, context: context)
    }
    let journal = try journal(disclosure == .everything ? detail : .everything)
    if let incident { _ = try self.incident(incident, in: journal) }
    var context = try documentContext(journal)
    if disclosure == .everything { return DocumentMaterial(journal: journal, context: context) }
    let (shown, withheld) = journal.disclosed(
      disclosure, about: incident, aliases: settings.aliases)
    if let incident, shown.incidents[incident] == nil { throw Failure(.nothingPublic(incident)) }
    context.withheld = withheld
    return DocumentMaterial(journal: shown, context: context)
  }

  /// The incidents that a document about a period is made of, and what it states besides; by the same one way.
  ///
  /// - Parameter kept: the kinds of entries whose text is wanted.
  func incidents(
    _ disclosure: Disclosure, textsOf kept: Set<Kind> = []
  ) throws -> (source: IncidentSource, context: DocumentContext) {
    guard disclosure == .everything else {
      let material = try material(disclosure)
      return (.journal(material.journal), material.context)
    }
    let source = try incidents(textsOf: kept)
    return (source, try documentContext(lastEntries: source.lastEntries))
  }
}

extension DocumentOptions {
  var disclosure: Disclosure { Disclosure(isPublic: publicOnly, hidesNames: redactNames) }
}

extension Settings {
  /// The names of each configured person: the account and what is shown for it.
  fileprivate var aliases: [[String]] {
    configuration.people.map { [$0.id] + ($0.name.map { [$0] } ?? []) }
  }
}
