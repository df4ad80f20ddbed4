import ArgumentParser
import LoggistModel
import LoggistStore

/// Takes in what 'pack' has put into a file elsewhere.
struct UnpackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unpack",
    abstract: "Take in a pack from another machine: its lines, its evidence, its redactions.",
    discussion: """
      The whole file is checked before anything is taken. A line is taken where it is the next one of its node's log; \
      what is here already is passed over, so that the same pack can be unpacked again. Exit status 1: something was \
      not taken, because lines in front of it are missing, or because another line has its number (a fork: both are \
      kept, nothing is overwritten). Exit status 65: the file is no pack, or was cut off, damaged or altered on the \
      way; nothing of it was taken.
      """)

  @Argument(
    help: ArgumentHelp("A file that 'pack' has made, or - for standard input.", valueName: "file"),
    completion: .file())
  var file: String

  @Flag(help: "Write although the store lies on a network or unknown file system.")
  var acceptNetworkFs = false

  @OptionGroup var options: StoreOptions

  func run() throws {
    let session = try Session.openToReceive(options, acceptNetworkFileSystem: acceptNetworkFs)
    let result: Unpacking
    do {
      result =
        try file == "-" ? StandardInput.asFile { try unpack($0, session) } : unpack(file, session)
    } catch let error as StoreError {
      throw Failure(error)
    }
    try StandardOutput.write(result.sentences.map { $0 + "\n" }.joined())
    let complaints = result.complaints(session.store)
    if !complaints.isEmpty { throw Failure(complaints) }
  }

  private func unpack(_ path: String, _ session: Session) throws -> Unpacking {
    let progress = Progress("unpacking")
    defer { progress.finish() }
    return try Unpacking(
      path, into: session.store, limit: session.configuration.evidenceLimit
    ) { progress.report($0) }
  }
}

extension Unpacking {
  /// What was taken, a line a node.
  fileprivate var sentences: [String] {
    var sentences = nodes.compactMap(\.sentence)
    if files > 0 { sentences.append("\(LoggistCLI.files(files)) of evidence") }
    if !blanked.isEmpty {
      sentences.append("redacted here, too: \(list(blanked.map(\.description)))")
    }
    return sentences
  }

  /// What was not taken, and what to do.
  fileprivate func complaints(_ store: Store) -> [String] {
    nodes.compactMap { $0.complaint(store) }
      + tooLarge.map {
        "\($0.path) is larger than evidence_mib in config.yaml allows, and was not taken"
      }
  }
}

extension Unpacking.NodeResult {
  private var code: NodeCode { run.node.code }

  fileprivate var sentence: String? {
    if let taken {
      let count = taken.upperBound - taken.lowerBound + 1
      let (first, last) = (ref(taken.lowerBound), ref(taken.upperBound))
      let span = count == 1 ? "\(first)" : "\(first) to \(last)"
      let back = isOwn ? ", back in the log that is written here" : ""
      return "\(code): \(entries(count)) taken, \(span)\(back)"
    }
    if missing != nil || fork != nil { return nil }
    return "\(code): nothing new, \(entries(known)) known already"
  }

  fileprivate func complaint(_ store: Store) -> String? {
    if let missing {
      let lack =
        missing.count == 1
        ? "\(ref(missing.lowerBound)) is"
        : "\(ref(missing.lowerBound)) to \(ref(missing.upperBound)) are"
      return
        "\(code): nothing was taken, \(lack) missing in front of \(run.firstRef): ask for a pack "
        + "without --since, or since the head that 'loggist verify' prints here"
    }
    if let fork {
      let cause =
        isOtherMachine
        ? "another machine writes under the code \(code), too"
        : "\(fork) is another line here than in the pack: two machines write under the code \(code), or one log was "
          + "written anew"
      let file = "\(store.path)/\(ForkFile.path(of: code))"
      let kept =
        putAside == forked
        ? "Both are kept, the pack's \(entries(forked)) in \(file), and nothing was overwritten: "
        : "Nothing was overwritten, and of the pack's \(entries(forked)) the first \(putAside) are in \(file), which takes "
          + "\(ForkFile.limit >> 20) MiB at most: keep the pack, "
      return "FORK: \(cause). \(kept)stop one of the two, and see FORKS in 'man loggist'"
    }
    return nil
  }

  private func ref(_ number: Int) -> EntryRef { EntryRef(node: code, sequence: number) }
}
