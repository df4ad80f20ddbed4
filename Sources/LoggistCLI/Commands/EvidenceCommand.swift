import ArgumentParser
import LoggistModel
import LoggistStore
import Terminal

/// Files that are kept with the store: pictures of a screen, mails, excerpts of another system's log.
struct EvidenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence",
    abstract: "Keep a file with an incident, list what is kept, hand a file out, or check it.",
    discussion: """
      'add INC-12 FILE [text]' copies the file into the store under its SHA-256 and logs an entry of kind evidence; \
      'list [INC-12]' shows what is kept; 'get INC.812' writes its bytes to standard output or with -o to a new file; \
      'check' reads every file and compares it with its name, exit status 1 where one is missing or altered. \
      At most evidence_mib (64) MiB a file. Nothing that is kept is ever opened or run by Loggist.
      """)

  enum Action: String, ExpressibleByArgument, CaseIterable {
    case add, list, get, check
  }

  @Argument(help: "add, list, get or check.")
  var action: Action

  @Argument(
    help: ArgumentHelp(
      "For add an incident, a file and words; for list an incident; for get an entry.",
      valueName: "what"), completion: .file())
  var words: [Verbatim] = []

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "With get: the file to make; one that exists is not touched.", valueName: "file"))
  var output: String?

  @Flag(help: "With add: log it though it was logged just now.")
  var yes = false

  @OptionGroup var writer: WriterOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if output != nil, action != .get { throw ValidationError("-o goes with get") }
    if yes, action != .add { throw ValidationError("--yes goes with add") }
    let (count, what): (ClosedRange<Int>, String) =
      switch action {
      case .add:
        (2...Int.max, "add takes an incident and a file: loggist evidence add INC-12 screen.png")
      case .list: (0...1, "list takes at most one incident")
      case .get: (1...1, "get takes one entry: loggist evidence get INC.812 -o screen.png")
      case .check: (0...0, "check takes nothing more")
      }
    if !count.contains(words.count) { throw ValidationError(what) }
  }

  func run() throws {
    let words = words.map(\.description)
    switch action {
    case .add: try add(words[0], words[1], words.dropFirst(2).joined(separator: " ").trimmed)
    case .list: try list(words.first)
    case .get: try get(words[0])
    case .check: try check()
    }
  }

  private func add(_ incident: String, _ file: String, _ text: String) throws {
    let id = try IncidentID.named(incident)
    let session = try Session.open(options, writer: writer)
    let journal = try session.journal(about: id)
    _ = try session.incident(id, in: journal)
    let source = Arguments.openable(file)
    let kept = try session.keepEvidence(source)
    var entry = Entry(.evidence, id, at: session.zone.timestamp(session.now().wholeSeconds))
    entry.text = text.isEmpty ? nil : text
    entry[.path] = .string(fileName(file))
    entry[.sha256] = .string(kept.name.description)
    entry[.mediaType] = .string(kept.mediaType)
    let records: [Record]
    do {
      records = try session.log([entry], judgedBy: journal, isAgreed: yes)
    } catch {
      session.dropEvidence(kept)
      throw error
    }
    // Before it is acknowledged: another entry's redaction may have taken the same bytes away in between.
    try session.keepEvidence(kept, again: source)
    session.tell(records)
    defer { session.runHooks(after: records) }
    try StandardOutput.write(records.map { "\($0.ref)\n" }.joined())
  }

  private func list(_ incident: String?) throws {
    let id = try incident.map { try IncidentID.named($0) }
    let session = try Session.open(options)
    let journal = try session.journal()
    if let id { _ = try session.incident(id, in: journal) }
    var columns = Columns(.wrap)
    for record in journal.records where record.entry.kind == .evidence {
      let target = try session.entry(record.ref, in: journal)
      if let id, target.incident != id { continue }
      let entry: Entry = target.entry
      let digest = entry.string(Field.sha256).flatMap { EvidenceName($0) }?.description.prefix(12)
      let name: String = entry.string(Field.path) ?? entry.string(Field.url) ?? "-"
      columns.add([
        .init("\(record.ref)", .key), .init(target.incident?.description ?? "-"),
        .init(entry.string(Field.mediaType) ?? "-"), .init(digest.map(String.init) ?? "-", .muted),
        .init(entry.isRedacted ? "redacted" : name),
      ])
    }
    try StandardOutput.write(columns.text(on: session.paper))
  }

  private func get(_ ref: String) throws {
    let ref = try EntryRef.named(ref)
    let session = try Session.open(options)
    let target = try session.entry(ref, in: try session.journal())
    guard target.entry.kind == .evidence,
      let name = target.entry.string(.sha256).flatMap({ EvidenceName($0) })
    else {
      throw Failure("\(ref) keeps no file")
    }
    guard let bytes = try session.evidence(name) else {
      throw Failure("the evidence of \(ref) is missing: \(name.path)")
    }
    guard SHA256.hex(bytes) == name.description else {
      throw Failure("the evidence of \(ref) was altered and is not handed out: \(name.path)")
    }
    // Others need not see what may be about a patient.
    guard let output else { return try StandardOutput.write(bytes) }
    let file = OutputFile(output, mode: 0o600, canBeForced: false)
    try file.write(bytes, isForced: false)
  }

  private func check() throws {
    let session = try Session.open(options)
    let journal = try session.journal()
    var (whole, isGood) = (0, true)
    var seen: Set<EvidenceName> = []
    for record in journal.records where record.entry.kind == .evidence && record.entry.source == nil
    {
      guard let name = record.entry.string(.sha256).flatMap({ EvidenceName($0) }),
        seen.insert(name).inserted
      else {
        continue
      }
      switch try session.condition(of: name) {
      case .whole: whole += 1
      case .missing:
        isGood = false
        try StandardOutput.write("\(name.path): missing: the evidence of \(record.ref)\n")
      case .altered:
        isGood = false
        try StandardOutput.write(
          "\(name.path): altered: not the bytes that \(record.ref) recorded\n")
      }
    }
    let files = whole == 1 ? "1 file is whole" : "\(whole) files are whole"
    try StandardOutput.write("\(files)\(isGood ? "." : ", others are NOT, see above.")\n")
    if !isGood { throw ExitStatus.failed }
  }

  /// The last part of a path: what a person knows the file by; no path of the store comes of it.
  private func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

extension Session {
  fileprivate func keepEvidence(_ path: String) throws -> EvidenceFolder.Kept {
    do throws(StoreError) {
      return try EvidenceFolder(store).keep(path, limit: configuration.evidenceLimit)
    } catch {
      throw Failure(error)
    }
  }

  /// What no entry came of is not kept. Where it cannot be taken away it stays, and `doctor` names it.
  fileprivate func dropEvidence(_ kept: EvidenceFolder.Kept) {
    if kept.isNew { try? EvidenceFolder(store).drop(kept.name) }
  }

  fileprivate func keepEvidence(_ kept: EvidenceFolder.Kept, again path: String) throws {
    do throws(StoreError) {
      try EvidenceFolder(store).restore(kept, from: path, limit: configuration.evidenceLimit)
    } catch {
      throw Failure(error)
    }
  }

  /// The bytes under a name, whatever they are; nil where there is no such file.
  fileprivate func evidence(_ name: EvidenceName) throws -> [UInt8]? {
    do throws(StoreError) {
      var bytes: [UInt8] = []
      return try EvidenceFolder(store).read(name) { bytes += $0 } ? bytes : nil
    } catch {
      throw Failure(error)
    }
  }

  fileprivate func condition(of name: EvidenceName) throws -> EvidenceFolder.Condition {
    do throws(StoreError) {
      return try EvidenceFolder(store).check(name)
    } catch {
      throw Failure(error)
    }
  }
}
