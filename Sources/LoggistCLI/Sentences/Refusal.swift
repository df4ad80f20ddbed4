import LoggistDocuments
import LoggistMetrics
import LoggistModel
import LoggistStore

/// What can be wrong with a command line or with what is to be logged: facts, whose sentences stand below and
/// nowhere else.
enum Refusal {
  // The command line.
  case unknownCommand(String)
  case onlyInRehearsal(String)
  case unknownFormat(String, [Format])
  case excelIsForCSV
  case unknownKind(String)
  case kindHasItsCommand(Kind)
  case notAnIncident(String)
  case notAnEntry(String)
  case notANode(String)
  case notAnIncidentOrEntry(String)
  case unknownZone(String)
  case notATime(String, option: String)
  case unclearTime(String, option: String, EntryLineProblem, ClockStyle)
  case notAPeriod(String)
  case unknownMetric(String)
  case unknownTemplate(String)
  case nothingToSearch
  case notAHead(String)
  case asOfIsForReading
  case missingIncident(Kind)
  case missingKind
  case jsonWithWords
  case eachWithoutJSON
  case notAnAssignment(String, Kind)
  case unknownHook(String)
  case missingHook

  // The configuration.
  case noRota
  case noSuchTeam(String, [String])
  case noSuchHook(String, path: String)

  // The record.
  case noSuchIncident(IncidentID)
  /// It may well be there: a file of the log cannot be read, with the system's reason.
  case notInWhatCanBeRead(IncidentID, reason: String)
  case noSuchEntry(EntryRef)
  case nothingKnown(IncidentID, asOf: String)
  case nothingPublic(IncidentID)
  case nothingToLog
  case nothingChanges(EntryRef)
  case alreadyStruck(EntryRef, by: EntryRef)
  case notStruck(EntryRef)
  case alreadyAccepted(EntryRef, by: String, EntryRef)
  case question(String)
  case declined
  case unreadableInput(String)
  case unreadableFile(String, String)
  case compressedFile(String)
  case badLine(number: Int, String)
  case fileExists(String, canBeForced: Bool)
  /// A device, a pipe or a folder.
  case notAFile(String)
  case cannotWrite(String, String)
  case cannotCreate(String, String)
}

extension Failure {
  init(_ refusal: Refusal) {
    self.init(refusal.sentence, refusal.status)
  }
}

extension Refusal {
  var status: ExitStatus {
    switch self {
    case .unknownCommand, .onlyInRehearsal, .unknownFormat, .excelIsForCSV, .unknownKind,
      .kindHasItsCommand, .notAnIncident, .notAnEntry, .notANode, .notAnIncidentOrEntry,
      .unknownZone, .notATime, .notAPeriod,
      .unknownMetric, .unknownTemplate, .nothingToSearch, .notAHead, .asOfIsForReading,
      .missingIncident,
      .missingKind, .jsonWithWords, .eachWithoutJSON, .notAnAssignment, .unknownHook,
      .missingHook:
      .usage
    case .unclearTime, .nothingToLog, .unreadableInput, .unreadableFile, .compressedFile, .badLine:
      .badInput
    case .noSuchIncident, .notInWhatCanBeRead, .noSuchEntry, .nothingKnown, .nothingPublic,
      .nothingChanges,
      .alreadyStruck, .notStruck, .alreadyAccepted, .question, .declined, .noRota, .noSuchTeam,
      .noSuchHook:
      .failed
    case .fileExists, .notAFile, .cannotCreate: .cannotCreate
    case .cannotWrite: .cannotWrite
    }
  }

  var sentence: String {
    switch self {
    case .unknownCommand(let name):
      "there is no command \(quoted(name)): \(suggestion(name, among: Loggist.commandNames))"
        + "'loggist --help' lists them"
    case .onlyInRehearsal(let option):
      "\(option) is for rehearsal stores, made with 'loggist init --rehearsal': nobody back-dates a "
        + "real record"
    case .unknownFormat(let name, let formats):
      "there is no format \(quoted(name)) here: there is \(list(formats.map(\.rawValue)))"
    case .excelIsForCSV: "--excel goes with --format csv"
    case .unknownKind(let name):
      "there is no kind \(quoted(name)): \(suggestion(name, among: Kind.typed.map(\.name)))"
        + "'loggist kinds' lists them"
    case .kindHasItsCommand(let kind):
      "\(quoted(kind.name)) is not added by hand: use 'loggist \(kind.command ?? "new")'"
    case .notAnIncident(let text): "\(quoted(text)) is no incident: they are called like INC-12"
    case .notAnEntry(let text): "\(quoted(text)) is no entry: they are called like INC.812"
    case .notANode(let text):
      "\(quoted(text)) is no code of a node: 1 to 8 capital letters and digits, a letter first"
    case .notAnIncidentOrEntry(let text):
      "\(quoted(text)) is neither an incident (INC-12) nor an entry (INC.812)"
    case .unknownZone(let name):
      "there is no time zone \(quoted(name)): they are called like Africa/Lagos, see 'timedatectl "
        + "list-timezones'"
    case .notATime(let text, let option):
      "\(option) \(quoted(text)) is no time: write it like '2022-01-05 20:45', 20:45, -2h or "
        + "2022-01-05T20:45+01:00"
    case .unclearTime(let text, let option, let problem, let clock):
      "\(option) \(quoted(text)): \(problem.sentence(clock)) \(problem.remedy)"
    case .notAPeriod(let text):
      "\(quoted(text)) is no period: there is 2026, 2026-Q3, 2026-11, 2026-W47, 2026-11-22 and "
        + "FROM..TO of two of these"
    case .unknownMetric(let name):
      "there is no metric \(quoted(name)): there is \(list(metricNames))"
    case .unknownTemplate(let name):
      "there is no template \(quoted(name)): there is \(list(TemplateName.allCases.map(\.rawValue)))"
    case .nothingToSearch: "what is to be searched for? Give a word or several"
    case .notAHead(let text):
      "\(quoted(text)) is no noted head: it is INC.700:<digest>, as 'loggist verify' prints it"
    case .asOfIsForReading: "--as-of shows a past state: entries are logged now"
    case .missingIncident(let kind):
      "\(quoted(kind.name)) needs an incident: name it as in 'loggist add INC-12 \(kind.name) …'"
    case .missingKind: "an incident and a kind are needed: loggist add INC-12 note …"
    case .jsonWithWords: "with --json the entries come from standard input: no kind and no text"
    case .eachWithoutJSON: "--each goes with --json: it logs entry objects one by one"
    case .notAnAssignment(let word, let kind):
      "\(quoted(word)): \(article(kind)) has no such field; it has \(list(kind.assignable))"
    case .unknownHook(let name):
      "no hook is called \(quoted(name)): there is \(list(HookName.allCases.map(\.rawValue)))"
    case .missingHook:
      "which hook is to be tested? There is \(list(HookName.allCases.map(\.rawValue)))"
    default: sentenceOfRecord
    }
  }

  private var sentenceOfRecord: String {
    switch self {
    case .noSuchIncident(let id): "there is no incident \(id): 'loggist list --all' shows all"
    case .notInWhatCanBeRead(let id, let reason):
      "\(id) is not in what can be read of the log (\(reason)): 'loggist doctor' names the file"
    case .noRota:
      "nobody is on call: config.yaml has no 'on_call', see docs/config.md for how to write it"
    case .noSuchTeam(let name, let teams):
      "no team \(quoted(name)) is on call: \(suggestion(name, among: teams))there is \(list(teams))"
    case .noSuchHook(let name, let path):
      "there is no hook \(name): put an executable file there, \(path)"
    case .noSuchEntry(let ref): "there is no entry \(ref)"
    case .nothingKnown(let id, let moment): "nothing had been recorded about \(id) by \(moment)"
    case .nothingPublic(let id):
      "no entry of \(id) is public, so that there is nothing to show with --public: an entry is made public with "
        + "'loggist correct INC.812 visibility=public --reason …'"
    case .nothingToLog: "nothing to log: give a text, or entries on standard input"
    case .nothingChanges(let ref): "\(ref) reads so already: nothing was logged"
    case .alreadyStruck(let ref, let strike): "\(ref) is struck already, by \(strike)"
    case .notStruck(let ref): "\(ref) is not struck"
    case .alreadyAccepted(let ref, let who, let entry):
      "\(ref) was accepted already, by \(who) (\(entry))"
    case .question(let words): "\(words): not logged; add --yes to log it all the same"
    case .declined: "not logged"
    case .unreadableInput(let why): "standard input: \(why)"
    case .unreadableFile(let path, let why): "cannot read \(path): \(why)"
    case .compressedFile(let path):
      "\(path) is compressed: unpack it on the way, zcat FILE | loggist import -"
    case .badLine(let number, let why): "standard input, line \(number): \(why); nothing was logged"
    case .fileExists(let path, let canBeForced):
      "\(path) is there already: "
        + (canBeForced ? "add --force to write over it" : "give another name, or move it away")
    case .notAFile(let path):
      "\(path) is no plain file, and is not replaced by one: choose another name, or let it go to standard output"
    case .cannotWrite(let path, let why): "cannot write \(path): \(why)"
    case .cannotCreate(let path, let why): "cannot make \(path): \(why)"
    default: ""
    }
  }
}

/// A word of the command line as it is shown back: safe, and in quotation marks.
func quoted(_ text: String) -> String { "'\(text)'" }

private var metricNames: [String] { ClockID.allCases.map(\.rawValue) }

/// `a note`, `an observation`.
private func article(_ kind: Kind) -> String {
  "\("aeiou".contains(kind.name.first ?? " ") ? "an" : "a") \(kind.name)"
}

extension EntryLineProblem {
  /// What to write instead, where there is a choice.
  var remedy: String {
    switch self {
    case .skippedTime(let one, let other), .repeatedTime(let one, let other):
      "Write \(one) or \(other)"
    default: ""
    }
  }
}

extension Objection {
  /// The sentence as it goes on behind a colon.
  var words: String { lowercasedFirst("\(self)") }
}

/// `That is` → `that is`; a name in capitals stays.
func lowercasedFirst(_ text: String) -> String {
  guard let first = text.first, let second = text.dropFirst().first,
    second.isLowercase || second == " "
  else { return text }
  return first.lowercased() + text.dropFirst()
}

extension Failure {
  /// Why an entry is not logged.
  init(objection: Objection) {
    switch objection {
    case .noSuchIncident(let id): self.init(.noSuchIncident(id))
    case .noSuchEntry(let ref): self.init(Refusal.noSuchEntry(ref))
    case .inTheFuture, .saidJustNow: self.init(.question(objection.words))
    case .invalid, .wrongKind, .beforeItsStart, .needsReason: self.init(objection.words, .badInput)
    }
  }

  init(_ problem: EntryLineProblem, _ clock: ClockStyle) {
    if case .inFuture = problem {
      self.init(.question(problem.sentence(clock)))
    } else {
      let remedy = problem.remedy
      self.init(problem.sentence(clock) + (remedy.isEmpty ? "" : " \(remedy)"), .badInput)
    }
  }
}
