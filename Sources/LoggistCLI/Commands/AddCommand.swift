import ArgumentParser
import LoggistModel
import LoggistStore

/// Logs an entry, or with `--json` many in one write.
struct AddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Log an entry.",
    discussion: """
      Prints the entry's name, INC.812. The text is an entry line: a time first (20:45, -12m), then @person, #place, \
      !priority and field=value anywhere; 'loggist kinds KIND' lists the fields. A word of the command line that begins \
      with field= is that field's value as a whole, spaces and all.
      """)

  @Argument(help: "The incident, INC-12; - for an entry of the desk's that belongs to none.")
  var incident: String?

  @Argument(
    help: "What sort of thing happened: 'loggist kinds' lists them.", completion: Kind.completion)
  var kind: String?

  @Argument(help: "What happened; without it, or for -, standard input.")
  var text: [Verbatim] = []

  @Flag(help: "Read entry objects from standard input, one a line, and log them all in one write.")
  var json = false

  @Flag(help: "With --json: log each line by itself, and name it before the next one is read.")
  var each = false

  @Flag(help: "Answer questions with yes: it may lie in the future, it may be said twice.")
  var yes = false

  @OptionGroup var format: ListFormatOptions
  @OptionGroup var writer: WriterOptions
  @OptionGroup var options: StoreOptions

  func run() throws {
    if each { return try addEach() }
    let isJSON = try format.isJSON()
    let (records, session) = try json ? addObjects() : addLine()
    let names = records.map { "\($0.ref)\n" }.joined()
    // The hooks run whether or not anybody reads the names, and behind them: a script need not wait for a pager.
    defer { session.runHooks(after: records) }
    try StandardOutput.write(isJSON ? Receipt(records).json.line : names)
  }

  private func addLine() throws -> ([Record], Session) {
    guard let incident, let kindName = kind else { throw Failure(.missingKind) }
    let kind = try Kind.named(kindName)
    let id = incident == "-" ? nil : try IncidentID.named(incident)
    if id == nil, !kind.rule.isDeskWide { throw Failure(.missingIncident(kind)) }
    let line = try EntryWords.line(text, as: kind)
    let session = try givingBack(line) { try Session.open(options, writer: writer) }
    let preview = try session.reading(line, as: kind, isAgreed: yes)
    let entries = preview.entries(incident: id)
    let journal = try givingBack(line) {
      try id.map { try session.journal(judging: entries, of: $0) }
        ?? session.journal(forDeskWide: entries)
    }
    let records = try session.log(
      entries, judgedBy: journal, isAgreed: yes || preview.problem != nil)
    session.tell(records)
    return (records, session)
  }

  private func addObjects() throws -> ([Record], Session) {
    if kind != nil || !text.isEmpty { throw Failure(.jsonWithWords) }
    let id = try incident.flatMap { $0 == "-" ? nil : try IncidentID.named($0) }
    let session = try Session.open(options, writer: writer)
    let objects = try EntryObjects(StandardInput.read(), incident: id, session)
    return (try objects.log(isAgreed: yes), session)
  }

  /// A line is answered before the next one is read: for a program that hands over entries as they happen.
  private func addEach() throws {
    if !json { throw Failure(.eachWithoutJSON) }
    if kind != nil || !text.isEmpty { throw Failure(.jsonWithWords) }
    let id = try incident.flatMap { $0 == "-" ? nil : try IncidentID.named($0) }
    let session = try Session.open(options, writer: writer)
    let writer = try session.writer()
    var known: [IncidentID?: Journal] = [:]
    var lines = StandardInput.Lines()
    while let line = try lines.next() {
      let objects = try EntryObjects(line.text, incident: id, session, firstLine: line.number)
      let records = try objects.log(isAgreed: yes, writer: writer, judgedBy: &known)
      defer { session.runHooks(after: records, writer) }
      try StandardOutput.write(records.map { "\($0.ref)\n" }.joined())
    }
  }
}
