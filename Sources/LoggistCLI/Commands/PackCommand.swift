import ArgumentParser
import LoggistModel
import LoggistStore

/// Puts what this store knows into one file, for a machine that no network reaches.
struct PackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: "Put every node's log and its evidence into one file, for a memory stick or a mail.",
    discussion: """
      The file is JSON Lines: a first line that says what is in it, the logs' lines as they are, the files of \
      evidence, and a last line with a sum; - writes it to standard output. Everything is checked first: what the \
      other side would refuse is not packed, and exit status 1 says so. 'unpack' takes it in at the other place, as \
      often as one likes.
      """)

  @Argument(help: ArgumentHelp("The file to make, or -.", valueName: "file"), completion: .file())
  var file: String

  @Option(
    help: ArgumentHelp(
      "Only what came after a head that the other place has (INC.700:digest, as 'verify' there prints it; can be given again), or since a time (-7d, '2022-01-05 08:00').",
      valueName: "since"))
  var since: [Verbatim] = []

  @Flag(help: "Leave the files of evidence out, for a small mail.")
  var noEvidence = false

  @Flag(help: "Overwrite the file.")
  var force = false

  @OptionGroup var options: StoreOptions

  func run() throws {
    let session = try Session.open(options)
    let since = try self.since.reduce(into: PackPlan.Since()) { since, word in
      if let head = LogHead(word.description) {
        since.heads.append(head)
      } else {
        let time = try Session.moment(
          word, option: "--since", session.style, now: session.now())
        since.time = since.time.map { min($0, time) } ?? time
      }
    }
    if file != "-" { try OutputFile(file).check(isForced: force) }
    let progress = Progress("packing")
    defer { progress.finish() }
    let plan: PackPlan
    do {
      // A redaction that a crash has cut off is finished first, where that may be done here.
      if let store = try? Store.open(options.path) { _ = try? Redaction.finish(store) }
      plan = try PackPlan(session.store, since: since, withEvidence: !noEvidence) {
        progress.report($0)
      }
    } catch {
      throw Failure(error)
    }
    try write(plan, made: session.now(), progress)
    progress.finish()
    for sentence in plan.sentences { Messages.write(sentence) }
    let complaints = plan.complaints
    if !complaints.isEmpty { throw Failure(complaints) }
  }

  private func write(_ plan: PackPlan, made: Instant, _ progress: Progress) throws {
    let report: PackProgress.Report = { progress.report($0) }
    do {
      if file == "-" {
        try plan.write(made: made, report: report) { (bytes) throws(StoreError) in
          do { try StandardOutput.write(bytes) } catch { throw .refused(error) }
        }
      } else {
        // It holds what the store holds: others need not see it.
        try OutputFile(file, mode: 0o600).write(isForced: force) { (put) throws(StoreError) in
          try plan.write(made: made, report: report) { (bytes) throws(StoreError) in
            do { try put(bytes) } catch { throw .refused(error) }
          }
        }
      }
    } catch let error as StoreError {
      if case .refused(let reason) = error, reason is ReaderGone { throw reason }
      throw Failure(error)
    }
  }
}

extension PackPlan {
  /// What is in it, a line a node.
  fileprivate var sentences: [String] {
    var sentences = runs.map { run in
      "\(run.node.code): \(entries(run.count)), \(run.firstRef)"
        + (run.count > 1 ? " to \(run.lastRef)" : "")
    }
    sentences += unchanged.map { "\($0): nothing new" }
    if !evidence.isEmpty { sentences.append("\(files(evidence.count)) of evidence") }
    return sentences
  }

  /// What is not in it, and should be.
  fileprivate var complaints: [String] {
    flaws.map { ref, flaw in
      "\(ref) and what comes after it is not packed: \(flaw.words); 'loggist verify' says more"
    }
      + missingEvidence.map { "\($0.path) is missing or altered, and is not packed" }
  }
}

extension PackPlan.Flaw {
  fileprivate var words: String {
    switch self {
    case .missing: "there is no such line"
    case .chain: "it does not follow from the line before it"
    case .line(let flaw): flaw.words
    case .unfinishedRedaction: "it is redacted and its text still stands here"
    case .unproved: "its text is gone and no entry says why"
    }
  }
}

extension ForeignLineFlaw {
  /// What is wrong with a line, behind its name and a colon.
  var words: String {
    switch self {
    case .notALine(let reason): "no line of a log (\(reason))"
    case .altered(let ref): "the entry of \(ref) was altered: its digest differs"
    case .uncovered(let ref): "\(ref) has bytes that no digest covers"
    case .gapDiffers(let ref): "the bytes before \(ref) are not those that it accounts for"
    case .uncheckable(let ref): "\(ref) cannot be checked by this version"
    }
  }
}

extension Progress {
  /// `checked, 12 %`.
  func report(_ pack: PackProgress) {
    switch pack {
    case .checked(let count, let total):
      report("checked, \(min(100, count * 100 / max(total, 1))) %")
    case .written(let count, let total): report("written, \(count * 100 / max(total, 1)) %")
    }
  }
}

/// `1 entry`, `12 entries`.
func entries(_ count: Int) -> String { count == 1 ? "1 entry" : "\(count) entries" }

/// `1 file`, `12 files`.
func files(_ count: Int) -> String { count == 1 ? "1 file" : "\(count) files" }
