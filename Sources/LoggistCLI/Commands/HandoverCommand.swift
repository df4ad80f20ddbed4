import ArgumentParser
import LoggistDocuments
import LoggistModel
import LoggistStore

/// The shift's handover: shown, given, accepted.
struct HandoverCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "handover",
    abstract: "Show what the next shift has to know; give it, or accept it.",
    discussion: "With --give or --accept it prints the name of the entry that says so.")

  @Flag(help: "Give the handover: log who had the shift, what is open, and where each log ends.")
  var give = false

  @Option(help: ArgumentHelp("Who takes it.", valueName: "name"))
  var to: String?

  @Option(help: ArgumentHelp("Accept this handover, INC.812.", valueName: "entry"))
  var accept: String?

  @Option(
    help: ArgumentHelp(
      "When the shift began (default: when the last handover was given).", valueName: "time"))
  var since: Verbatim?

  @Flag(help: "Answer questions with yes: accept what you gave yourself.")
  var yes = false

  @Argument(help: "A note for the next shift, with --give, or a remark, with --accept.")
  var text: [Verbatim] = []

  @OptionGroup var document: DocumentOptions
  @OptionGroup var writer: WriterOptions
  @OptionGroup var options: StoreOptions

  private static let formats = Format.ofEveryDocument + [.csv, .ics]

  func validate() throws {
    if give, accept != nil {
      throw ValidationError("a handover is given or accepted: leave out one or the other")
    }
    if to != nil, !give { throw ValidationError("--to goes with --give") }
    if !text.isEmpty, !give, accept == nil {
      throw ValidationError("a note goes with --give, a remark with --accept")
    }
    if give || accept != nil, !document.isEmpty {
      throw ValidationError("--give and --accept print the entry's name and no document")
    }
  }

  func run() throws {
    let words = text.map(\.description).joined(separator: " ").trimmed
    if give { return try log(giving: words) }
    if let accept { return try log(accepting: try EntryRef.named(accept), words) }
    _ = try document.chosenFormat(among: HandoverCommand.formats)
    let session = try Session.open(options)
    let material = try session.material(document.disclosure)
    let handovers = Handovers(material.journal)
    let made = HandoverDocument(
      try shift(session, material.journal, handovers), last: handovers.last,
      targets: session.targets, context: material.context)
    var forms = DocumentForms(made, json: made.json)
    (forms.csv, forms.calendar) = ({ made.csv }, { made.calendar })
    try DocumentPrinter(
      options: document, color: options.color, formats: HandoverCommand.formats,
      store: session.store
    ).print(forms)
  }

  private func shift(_ session: Session, _ journal: Journal, _ handovers: Handovers) throws -> Shift
  {
    let start = try since.map {
      try Session.moment($0, option: "--since", session.style, now: session.now())
    }
    return Shift(
      journal, since: start ?? handovers.shiftStart(at: session.moment), now: session.moment,
      zone: session.zone)
  }

  private func log(giving words: String) throws {
    let session = try Session.open(options, writer: writer)
    let journal = try session.journal()
    let shift = try shift(session, journal, Handovers(journal))
    var entry = Entry(.handover, at: session.zone.timestamp(session.now().wholeSeconds))
    entry.text = words.isEmpty ? nil : words
    entry[.from] = .string(session.me)
    entry[.to] = to.map { .string($0) }
    entry[.open] = .array(shift.open.map { .string($0.id.description) })
    try print(session.log([entry], judgedBy: journal, isAgreed: yes))
  }

  private func log(accepting ref: EntryRef, _ words: String) throws {
    let session = try Session.open(options, writer: writer)
    let journal = try session.journal()
    let handovers = Handovers(journal)
    if let accepted = handovers[ref]?.accepted {
      throw Failure(.alreadyAccepted(ref, by: accepted.author, accepted.ref))
    }
    if handovers[ref]?.from == session.me, !yes {
      try Question.ask("you gave \(ref) yourself")
    }
    var entry = Entry(.accepted, at: session.zone.timestamp(session.now().wholeSeconds))
    entry.text = words.isEmpty ? nil : words
    entry[.ref] = .string(ref.description)
    try print(session.log([entry], judgedBy: journal, isAgreed: yes))
  }

  private func print(_ records: [Record]) throws {
    try StandardOutput.write(records.map { "\($0.ref)\n" }.joined())
  }
}
