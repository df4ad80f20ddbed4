import ArgumentParser
import LoggistModel
import LoggistStore

/// A call: logs the complaint and opens an incident from it.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Log a call and open an incident from it.",
    discussion: """
      Prints the incident, INC-12. The text is an entry line: a time first (20:45, -12m), then @caller, #place, \
      !priority and field=value anywhere. Its first line becomes the title.
      """)

  @Argument(help: "What the caller said; without it, or for -, standard input.")
  var text: [Verbatim] = []

  @Option(
    help: ArgumentHelp("The call belongs to this incident: none is opened.", valueName: "incident"))
  var attach: String?

  @Flag(help: "Nobody called: monitoring or a colleague noticed it.")
  var noticed = false

  @Flag(help: "Answer questions with yes: it may lie in the future, it may be said twice.")
  var yes = false

  @OptionGroup var format: ListFormatOptions
  @OptionGroup var writer: WriterOptions
  @OptionGroup var options: StoreOptions

  func run() throws {
    let isJSON = try format.isJSON()
    let kind: Kind = noticed ? .noticed : .complaint
    let line = try EntryWords.line(text, as: kind)
    if line.isEmpty { throw Failure(.nothingToLog) }
    let session = try givingBack(line) { try Session.open(options, writer: writer) }
    let preview = try session.reading(line, as: kind, isAgreed: yes)
    let records =
      try attach.map { try add(preview, to: IncidentID.named($0), session, saying: line) }
      ?? open(preview, session)
    session.tell(records)
    let name =
      attach == nil ? records.first?.entry.incident?.description : records.first?.ref.description
    defer { session.runHooks(after: records) }
    try StandardOutput.write(isJSON ? Receipt(records).json.line : "\(name ?? "")\n")
  }

  private func add(
    _ preview: EntryLinePreview, to id: IncidentID, _ session: Session, saying line: String
  ) throws -> [Record] {
    try session.log(
      preview.entries(incident: id), judgedBy: givingBack(line) { try session.journal(about: id) },
      isAgreed: yes || preview.problem != nil)
  }

  private func open(_ preview: EntryLinePreview, _ session: Session) throws -> [Record] {
    let entries = session.signed(
      Entry.opening(from: preview.entries(incident: nil), services: session.settings.services))
    // Its number is not known before the log is locked; whatever it is, the entries have one.
    let anyIncident = IncidentID(node: session.store.nodes[0].code, number: 1)
    for entry in entries {
      var entry = entry
      entry.incident = anyIncident
      if let problem = entry.problem { throw Failure(objection: .invalid(problem)) }
      let ahead = entry.at.instant - session.now()
      if ahead > .minutes(2), !yes, preview.problem == nil {
        try Question.ask(Objection.inTheFuture(by: ahead).words)
      }
    }
    return try session.append(entries) { try $0.numbered(entries) }
  }
}

/// What was logged, for programs.
struct Receipt {
  let records: [Record]

  init(_ records: [Record]) {
    self.records = records
  }

  var json: JSONValue {
    let incident = records.lazy.compactMap(\.entry.incident).first
    return .object(
      [JSONMember("v", .integer(1))]
        + (incident.map { [JSONMember("incident", .string($0.description))] } ?? [])
        + [JSONMember("entries", .array(records.map { .string($0.ref.description) }))])
  }
}
