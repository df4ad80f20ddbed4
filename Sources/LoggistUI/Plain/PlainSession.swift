import LoggistModel
import Terminal

/// The same work line by line: for a screen reader, `TERM=dumb`, a pipe. No drawing, no repainting.
///
/// A line is an action and its words: `n the caller's words`, `3` (opens the third of the list), `o 20:55 …`. The
/// keys are those of the screens, and names work as well as keys: `note …`. A question has numbered answers.
package struct PlainSession: Sendable {
  package internal(set) var state: State
  /// What the numbers of the last list stand for.
  var choices: [Choice] = []
  /// What the next line answers.
  var question: PlainQuestion?
  /// Lines that are being pasted, until one with a full stop alone.
  var pasted: [String]?
  /// Submissions that the log has not answered: what arrives meanwhile may be their own entries.
  var submitted = 0
  private var arrived: [Record] = []
  /// What has not been said yet of a long list.
  private var rest: [String] = []
  /// After how many lines a long list waits for `more`; nil: never.
  package var pageLength: Int?

  enum Choice: Sendable, Hashable {
    case incident(IncidentID)
    /// A caller who waits to be called back.
    case complaint(EntryRef)
  }

  package init(_ state: State, pageLength: Int? = nil) {
    (self.state, self.pageLength) = (state, pageLength)
  }

  /// What to say and what to do.
  package struct Answer: Sendable {
    package var lines: [String] = []
    package var effects: [Effect] = []
  }

  package var prompt: String {
    if pasted != nil { return "paste> " }
    if question != nil { return "answer> " }
    switch state.screen {
    case .incident(let incident): return "\(incident.id)> "
    case .handover: return "handover> "
    default: return "loggist> "
    }
  }

  package mutating func begin() -> Answer {
    var lines = ["Loggist, \(displaySafe(state.desk.name)). ? lists what can be typed."]
    if let notice = state.notice { lines.append(plainWords(notice.text) + ".") }
    if let waiting = state.handovers.waiting {
      lines.append("\(waiting.ref) waits to be accepted: type handover.")
    }
    return paged(Answer(lines: lines + list()))
  }

  package mutating func take(_ message: Message) -> Answer {
    var answer = Answer()
    switch message {
    case .arrived(let records): arrived += records.filter { state.journal.entry($0.ref) == nil }
    case .appended(_, let records):
      submitted = max(submitted - 1, 0)
      arrived.removeAll { arrival in records.contains { $0.ref == arrival.ref } }
      answer.lines += records.map { "logged \(line($0))" }
    case .refused(_, let sentence):
      submitted = max(submitted - 1, 0)
      answer.lines.append("NOT logged: \(plainWords(sentence))")
    case .previewed(_, let lines), .drawnUp(let lines):
      answer.lines += lines.map { line in displaySafe(String(line.map { $0 == "−" ? "-" : $0 })) }
    case .notice(let notice): answer.lines.append(plainWords(notice.text) + ".")
    default: break
    }
    answer.effects = update(&state, message)
    if submitted == 0 {
      answer.lines += arrived.map { "new: \(line($0))" }
      arrived = []
    }
    switch message {
    case .appended(_, let records):
      // A caller who is called back from the board's list leaves one at the list.
      let isCall = records.contains { $0.entry.kind == .complaint }
      if let id = records.last?.entry.incident, isCall || state.openIncident != nil {
        answer.lines += open(id, quietly: true)
      }
    case .drawnUp: answer.lines += handoverWords()
    case .previewed: break
    default: return answer
    }
    return paged(answer)
  }

  package mutating func read(_ line: String) -> Answer {
    let line = String(line.drop(while: \.isWhitespace))
    if pasted != nil { return readPasted(line) }
    if let asked = question { return readAnswer(line, to: asked) }
    if line == "more" { return more() }
    rest = []
    return paged(perform(line))
  }
}

// MARK: - Pages

extension PlainSession {
  private mutating func paged(_ answer: Answer) -> Answer {
    guard let pageLength, answer.lines.count > pageLength + 1 else { return answer }
    var answer = answer
    rest = Array(answer.lines.dropFirst(pageLength))
    answer.lines = answer.lines.prefix(pageLength) + ["\(rest.count) more lines: type more."]
    return answer
  }

  private mutating func more() -> Answer {
    if rest.isEmpty { return Answer(lines: ["There is no more."]) }
    let lines = rest
    rest = []
    return paged(Answer(lines: lines))
  }
}
