import ArgumentParser
import LoggistModel
import LoggistStore
import LoggistUI

/// Takes an entry's text out of the log for good: for what should never have been written down.
struct RedactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redact",
    abstract: "Blank an entry's text for good; its kind, incident and time stay.",
    discussion: """
      For patient data and passwords. This cannot be taken back: on a terminal it asks first, elsewhere it wants --yes. \
      Its corrections go with it, and other \
      entries with the same words are named, and so do the drafts about it. Do not repeat in the reason what is to go. \
      Prints the names of the entries that say so. A redaction that a crash cut off is finished first.
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
    if try finish(session).contains(ref) { return }
    let journal = try session.journal()
    let target = try session.entry(ref, in: journal)
    if target.entry.isRedacted { throw Failure("\(ref) is redacted already") }
    if reason.reason.description.allSatisfy(\.isWhitespace) {
      throw Failure(objection: .invalid(.missing(.reason)))
    }
    if !yes { try confirm(target) }
    let corrections = target.corrections.filter(\.holdsText)
    let drafts = DraftFolder(
      path: DraftFolder.standardPath { Environment[$0] }, store: session.store.uuid)
    for name in Purpose.draftNames(about: ref) { drafts.drop(name: name) }
    try keepTimes(of: target, from: corrections, session)
    for ref in corrections.map(\.ref) + [ref] {
      try StandardOutput.write("\(try blank(ref, session))\n")
    }
    warn(of: target, in: journal, drafts)
  }

  /// Carries out what was recorded and cut off between its entry and its deed, of this entry or of others.
  private func finish(_ session: Session) throws -> [EntryRef] {
    do {
      let finished = try Redaction.finish(session.store)
      for ref in finished {
        Messages.write("loggist: \(ref): a redaction that was cut off has been finished")
      }
      return finished
    } catch {
      throw Failure(error)
    }
  }

  /// When it happened and where it belongs stays as it was corrected, though the correction goes.
  private func keepTimes(
    of target: EffectiveEntry, from corrections: [EffectiveEntry.Correction], _ session: Session
  ) throws {
    let kept = corrections.flatMap(\.changes)
      .filter { EffectiveEntry.Correction.textless.contains($0.name) }
    guard !kept.isEmpty else { return }
    var entry = Entry(
      .corrected, target.incident, at: session.zone.timestamp(session.now().wholeSeconds))
    entry[.ref] = .string(target.ref.description)
    // The last of each: what holds now.
    let names = Set(kept.map(\.name)).sorted()
    entry[.set] = .object(names.compactMap { name in kept.last { $0.name == name } })
    entry[.reason] = .string(
      "kept from \(list(corrections.map(\.ref.description))), redacted with it")
    for record in try session.append(session.signed([entry]), { _ in session.signed([entry]) }) {
      try StandardOutput.write("\(record.ref)\n")
    }
  }

  /// What a correction says is what the entry says: it goes as well, and goes first.
  private func blank(_ ref: EntryRef, _ session: Session) throws -> EntryRef {
    do {
      return try Redaction.redact(
        ref, reason: reason.reason.description, by: try session.writer(), via: .cli,
        at: session.zone.timestamp(session.now().wholeSeconds)
      ).ref
    } catch let error as StoreError {
      throw Failure(error)
    }
  }

  /// Names the entries in which the same words stand: an incident's title is a call's first line. And the lines that
  /// wait to be logged.
  private func warn(of target: EffectiveEntry, in journal: Journal, _ drafts: DraftFolder) {
    let gone = target.corrections.map(\.ref) + [target.ref]
    let words = gone.flatMap { journal.entry($0)?.record.entry.ownWords ?? [] }
    let lines = words.flatMap { $0.split(whereSeparator: \.isNewline) }.map(String.init)
    let texts = Set(lines.filter { $0.count > 3 })
    let others = journal.records.filter { record in
      !gone.contains(record.ref)
        && record.entry.ownWords.contains { words in texts.contains { words.contains($0) } }
    }
    if !others.isEmpty {
      let names = list(others.map(\.ref.description))
      Messages.write("loggist: the same words stand in \(names): redact them, too")
    }
    let waiting = drafts.load().filter { draft in texts.contains { draft.text.contains($0) } }
    if !waiting.isEmpty {
      let names = list(waiting.map { "'\($0.name)'" })
      Messages.write("loggist: the same words wait in \(names), not logged: log or clear that line")
    }
  }

  private func confirm(_ target: EffectiveEntry) throws {
    guard Question.isPossible else {
      throw Failure("redacting \(target.ref) cannot be taken back: add --yes", .usage)
    }
    Messages.write("\(target.ref): \(target.entry.phrase)")
    guard Question.answer("Blank this for good? yes or no", proposal: "no").lowercased() == "yes"
    else { throw Failure("nothing was redacted") }
  }
}

extension EffectiveEntry.Correction {
  /// What can be corrected without a word of anybody's.
  fileprivate static let textless: Set = ["at", "until", "precision", "incident"]

  fileprivate var holdsText: Bool {
    changes.contains { !EffectiveEntry.Correction.textless.contains($0.name) }
  }
}
