import LoggistModel
import LoggistStore

/// Entries that a program hands over as JSON Lines: each is judged before any is logged.
struct EntryObjects {
  private var entries: [(line: Int, entry: Entry)] = []
  private let session: Session

  /// - Parameters:
  ///   - incident: whose those are that name none.
  ///   - firstLine: the number of the text's first line in what was handed over.
  init(_ text: String, incident: IncidentID?, _ session: Session, firstLine: Int = 1) throws {
    self.session = session
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (place, line) in lines.enumerated() where !line.allSatisfy({ $0 <= 0x20 }) {
      var entry = try entry(line, number: place + firstLine)
      if let incident {
        if let own = entry.incident, own != incident {
          throw Failure(.badLine(number: place + firstLine, "names \(own), not \(incident)"))
        }
        entry.incident = incident
      }
      entries.append((place + firstLine, entry))
    }
    if entries.isEmpty { throw Failure(.nothingToLog) }
  }

  /// An entry object; without `at` it happens now.
  private func entry(_ line: Substring.UTF8View, number: Int) throws -> Entry {
    let json: JSONValue
    do throws(JSONText.Failure) {
      json = try JSONText.parse(line)
    } catch {
      throw Failure(.badLine(number: number, "\(error.reason), near byte \(error.offset + 1)"))
    }
    guard var members = json.members else {
      throw Failure(.badLine(number: number, "not a JSON object"))
    }
    if json["at"] == nil {
      let now = session.zone.timestamp(session.now().wholeSeconds)
      members.append(JSONMember("at", .string(now.description)))
    }
    var entry: Entry
    do throws(Entry.DecodingFailure) {
      entry = try Entry(json: .object(members))
    } catch {
      throw Failure(.badLine(number: number, EntryObjects.sentence(error)))
    }
    if !entry.kind.isKnown {
      let name = entry.kind.name
      throw Failure(
        .badLine(
          number: number,
          "there is no kind \(quoted(name)): \(suggestion(name, among: Kind.allKnown.map(\.name)))"
            + "'loggist kinds' lists them"))
    }
    // A redaction is more than its entry, and nobody but the writer knows of broken disks.
    if entry.kind == .redacted || entry.kind == .ioError {
      throw Failure(.badLine(number: number, "\(quoted(entry.kind.name)) is not logged by hand"))
    }
    entry.salt = nil
    return entry
  }

  private static func sentence(_ failure: Entry.DecodingFailure) -> String {
    switch failure {
    case .notAnObject: "not a JSON object"
    case .missing(let name): "no \"\(name)\""
    case .notATimestamp(let text):
      "\"at\" is no time with an offset like 2022-01-05T20:50:00+01:00: \(quoted(text))"
    }
  }

  /// An `opened` without an incident opens a new one, to which everything behind it belongs that names none.
  func log(isAgreed: Bool) throws -> [Record] {
    var known: [IncidentID?: Journal] = [:]
    return try log(isAgreed: isAgreed, writer: try session.writer(), judgedBy: &known)
  }

  /// The same with a writer that stays open, and with what is known of the incidents from the lines before.
  func log(
    isAgreed: Bool, writer: LogWriter, judgedBy known: inout [IncidentID?: Journal]
  ) throws -> [Record] {
    let subject = subject
    if known[subject] == nil { known[subject] = try journal(of: subject) }
    let entries = session.signed(self.entries.map(\.entry))
    try judge(entries, by: known[subject] ?? Journal(), isAgreed: isAgreed)
    let records = try session.append(entries, with: writer) { try $0.numbered(entries) }
    known[subject]?.apply(records)
    return records
  }

  /// Throws the first thing that speaks against one of the entries; each may build on those before it.
  private func judge(_ entries: [Entry], by journal: Journal, isAgreed: Bool) throws {
    var opened: Set<IncidentID> = []
    var isOpening = false
    for (entry, line) in zip(entries, self.entries.map(\.line)) {
      if entry.kind == .opened {
        if let id = entry.incident { opened.insert(id) } else { isOpening = true }
      }
      var judged = entry
      if entry.incident == nil, isOpening { judged.incident = EntryObjects.itsOwn }
      guard let objection = journal.objection(to: judged, by: session.me, now: session.now()) else {
        continue
      }
      if case .noSuchIncident(let id) = objection,
        id == EntryObjects.itsOwn || opened.contains(id)
      {
        continue
      }
      if objection.isQuestion {
        if !isAgreed {
          throw Failure(.badLine(number: line, "\(objection.words); --yes logs it all the same"))
        }
      } else {
        throw Failure(.badLine(number: line, objection.words))
      }
    }
  }

  /// Stands for the incident that the batch itself opens.
  private static let itsOwn = NodeCode("NEW").map { IncidentID(node: $0, number: Int.max) }

  /// The incident, where all entries are about one; nil: the whole log is needed to judge them.
  private var subject: IncidentID? {
    let incidents = Set(entries.map(\.entry.incident))
    return incidents.count == 1 ? incidents.first ?? nil : nil
  }

  private func journal(of subject: IncidentID?) throws -> Journal {
    guard let subject else { return try session.journal() }
    return try session.journal(about: subject)
  }
}
