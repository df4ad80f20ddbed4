internal import ArgumentParser
internal import LoggistModel
internal import LoggistStore

/// Takes an entry's text out of the log for good: for what should never have been written down.
struct RedactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redact",
    abstract: "Blank an entry's text for good; its kind, incident and time stay.",
    discussion: """
      For patient data and passwords. This cannot be taken back: on a terminal it asks first, elsewhere it wants --yes. \
      Do not repeat in the reason what is to go. Prints the name of the entry that says so.
      """)

  @Argument(help: "The entry, INC.812.")
  var ref: String

  @Flag(help: "Do it without asking.")
  var yes = false

  @OptionGroup var reason: ReasonOptions
  @OptionGroup var writer: WriterOptions
  @OptionGroup var options: StoreOptions

  func run() throws {
    let ref = try EntryRef.named(ref)
    let session = try Session.open(options, writer: writer)
    let journal = try session.journal()
    let target = try session.entry(ref, in: journal)
    if target.entry.isRedacted { throw Failure("\(ref) is redacted already") }
    if reason.reason.description.allSatisfy(\.isWhitespace) {
      throw Failure(objection: .invalid(.missing(.reason)))
    }
    if !yes { try confirm(target) }
    let record: Record
    do {
      record = try Redaction.redact(
        ref, reason: reason.reason.description, by: try session.writer(), via: .cli,
        at: session.zone.timestamp(session.now().wholeSeconds))
    } catch let error as StoreError {
      throw Failure(error)
    }
    try StandardOutput.write("\(record.ref)\n")
  }

  private func confirm(_ target: EffectiveEntry) throws {
    guard Question.isPossible else {
      throw Failure("redacting \(target.ref) cannot be taken back: add --yes", .usage)
    }
    let text = Paper.plain.paint(target.entry.phrase)
    guard
      Question.answer("\(target.ref): \(text)\nBlank this for good? yes or no", proposal: "no")
        .lowercased() == "yes"
    else { throw Failure("nothing was redacted") }
  }
}
