import ArgumentParser
import LoggistModel
import LoggistStore

/// Corrects an entry: the original stays readable.
struct CorrectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correct",
    abstract: "Say how an entry should read; the original stays readable.",
    discussion: """
      Either fields with their new values (at=20:52 text="…" verdict=confirmed; without a value the field goes), or an \
      entry line as it should have been typed, of which what it says is changed and all else stays. Prints the \
      correction's name.
      """)

  @Argument(help: "The entry, INC.812.")
  var ref: String

  @Argument(
    help: "field=value …, or the line as it should read; without it, or for -, standard input.")
  var text: [Verbatim] = []

  @OptionGroup var reason: ReasonOptions
  @OptionGroup var writer: WriterOptions
  @OptionGroup var options: StoreOptions

  func run() throws {
    let ref = try EntryRef.named(ref)
    let session = try Session.open(options, writer: writer)
    let journal = try session.journal()
    let current = try session.entry(ref, in: journal)
    let wanted = try Correction(current.entry, session).wanted(text)
    let changes = current.entry.changes(to: wanted)
    if changes.isEmpty { throw Failure(.nothingChanges(ref)) }
    if let problem = wanted.problem, problem != current.entry.problem {
      throw Failure(objection: .invalid(problem))
    }
    let entry = try session.entry(.corrected, about: current, because: reason) {
      $0[.set] = .object(changes)
    }
    try session.logAndPrint(entry, judgedBy: journal)
  }
}

/// Why an entry is corrected, struck or redacted.
struct ReasonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Why: it is kept beside the original.", valueName: "text"))
  var reason: Verbatim
}

extension Session {
  /// An entry about another one, with the reason for it.
  func entry(
    _ kind: Kind, about target: EffectiveEntry, because reason: ReasonOptions,
    _ fill: (inout Entry) -> Void = { _ in }
  ) throws -> Entry {
    var entry = Entry(kind, target.incident, at: zone.timestamp(now().wholeSeconds))
    entry[.ref] = .string(target.ref.description)
    fill(&entry)
    entry[.reason] = .string(reason.reason.description)
    return entry
  }

  func logAndPrint(_ entry: Entry, judgedBy journal: Journal) throws {
    let records = try log([entry], judgedBy: journal, isAgreed: false)
    tell(records)
    try StandardOutput.write(records.map { "\($0.ref)\n" }.joined())
  }
}
