import LoggistModel
import Terminal

/// The same work line by line: for a screen reader, `TERM=dumb`, a pipe. No drawing, no repainting.
///
/// A line is an action and its words: `n the caller's words`, `3` (opens the third of the list), `o 20:55 …`. The
/// keys are those of the screens, and names work as well as keys: `note …`.
package struct PlainSession: Sendable {
  package private(set) var state: State
  /// What the numbers of the last list stand for.
  private var choices: [IncidentID] = []
  /// The line that waits for an answer, and what it was asked about.
  private var question: (composer: Composer, asked: Question)?

  package init(_ state: State) {
    self.state = state
  }

  /// What to say and what to do.
  package struct Answer: Sendable {
    package var lines: [String] = []
    package var effects: [Effect] = []
  }

  package var prompt: String {
    if let incident = state.openIncident { return "\(incident.id)> " }
    return "loggist> "
  }

  package mutating func begin() -> Answer {
    Answer(lines: ["Loggist, \(displaySafe(state.desk.name)). ? lists what can be typed."] + list())
  }

  package mutating func take(_ message: Message) -> Answer {
    var answer = Answer()
    if case .arrived(let records) = message {
      answer.lines += records.map { announce($0) }
    }
    if case .appended(_, let records) = message {
      answer.lines += records.map { "logged \(line(state.journal, $0))" }
    }
    // What happens to the log and to hooks meanwhile; answers to a line are said by whoever gave it.
    if case .notice(let notice) = message { answer.lines.append(displaySafe(notice.text)) }
    if case .refused(_, let sentence) = message { answer.lines.append("NOT logged: \(sentence)") }
    answer.effects = update(&state, message)
    if case .appended(_, let records) = message, let id = records.last?.entry.incident {
      answer.lines += open(id, quietly: true)
    }
    return answer
  }

  package mutating func read(_ line: String) -> Answer {
    let line = String(line.drop(while: \.isWhitespace))
    if let (composer, asked) = question {
      question = nil
      return answer(asked, line.lowercased(), composer)
    }
    if line.isEmpty { return Answer(lines: state.openIncident == nil ? list() : timeline()) }
    if line == "?" { return Answer(lines: help()) }
    if line.hasPrefix("/") { return Answer(lines: search(String(line.dropFirst()))) }
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    let rest = words.count > 1 ? words[1] : ""
    if let id = incident(words[0]) { return Answer(lines: open(id, quietly: false)) }
    guard let binding = binding(words[0]) else {
      return Answer(lines: ["\(displaySafe(words[0])) is nothing here. ? lists what can be typed."])
    }
    return perform(binding, rest)
  }
}

// MARK: - What can be typed

extension PlainSession {
  private static let screenOnly: Set<Action> = [
    .open, .up, .down, .pageUp, .pageDown, .first, .last, .filter, .command, .editor, .suspend,
    .repaint, .help, .search, .goToReminder, .putOffReminder,
  ]

  private var bindings: [Binding] {
    state.desk.keymap.bindings(in: state.screen.place)
      .filter { !PlainSession.screenOnly.contains($0.action) }
  }

  private func binding(_ word: String) -> Binding? {
    bindings.first { binding in
      binding.keys.contains { $0.name == word } || binding.action.rawValue == word
        || binding.action.rawValue.split(separator: ".").last == word[...]
        || binding.action.kind?.name == word
    }
  }

  private func incident(_ word: String) -> IncidentID? {
    if let number = Int(word), choices.indices.contains(number - 1) { return choices[number - 1] }
    return IncidentID(word.uppercased()).flatMap { state.journal.incidents[$0]?.id }
  }

  private func help() -> [String] {
    var lines = bindings.map { binding in
      let keys = binding.keys.first?.name ?? ""
      let words = binding.action.kind == nil && binding.action != .newCall ? "" : " WORDS"
      return "\(keys)\(words): \(binding.long)"
    }
    if state.openIncident != nil {
      lines.append("= INC.5 20:50 WORDS because WHY: corrects that entry")
      lines.append("- INC.5 WHY: strikes that entry")
    }
    lines.append("a number or INC-12: opens that incident")
    lines.append("/WORDS: searches; an empty line lists again")
    return lines
  }
}

// MARK: - Doing it

extension PlainSession {
  private mutating func perform(_ binding: Binding, _ rest: String) -> Answer {
    if let reason = state.reasonAgainst(binding.action) { return Answer(lines: [reason]) }
    switch binding.action {
    case .quit: return Answer(effects: [.quit])
    case .back:
      state.screens = [.board(BoardScreen())]
      return Answer(lines: list())
    case .newCall: return log(.call, rest)
    case .postMortem:
      return Answer(effects: state.openIncident.map { [.writePostMortem($0.id)] } ?? [])
    case .undo:
      guard let id = state.openIncident?.id, let mine = state.myLastEntry(on: id) else {
        return Answer(lines: ["You have logged nothing here."])
      }
      return log(.strike(mine.ref), rest.isEmpty ? "logged by mistake" : rest)
    case .strike: return about(rest) { ref, words in .init(.strike(ref), words) }
    case .correct: return correct(rest)
    case .showStruck:
      if case .incident(var screen) = state.screen {
        screen.showsStruck.toggle()
        state.screen = .incident(screen)
      }
      return Answer(lines: timeline())
    default:
      guard let id = state.openIncident?.id, let kind = binding.action.kind else {
        return Answer(lines: ["Open an incident first."])
      }
      _ = state.performOnIncident(binding.action)
      let ref = state.composer?.ref
      state.composer = nil
      return log(.entry(kind, id), rest, ref: ref)
    }
  }

  private struct Line {
    let purpose: Purpose
    let text: String

    init(_ purpose: Purpose, _ text: String) {
      (self.purpose, self.text) = (purpose, text)
    }
  }

  private mutating func about(_ rest: String, _ line: (EntryRef, String) -> Line) -> Answer {
    let words = rest.split(separator: " ", maxSplits: 1).map(String.init)
    guard let ref = words.first.flatMap({ EntryRef($0.uppercased()) }) else {
      return Answer(lines: ["Say which entry: its number stands in front of it, as in INC.5."])
    }
    let line = line(ref, words.count > 1 ? words[1] : "")
    return log(line.purpose, line.text)
  }

  private mutating func correct(_ rest: String) -> Answer {
    guard let split = rest.ranges(of: " because ").last else {
      return Answer(lines: ["Say why: = INC.5 how it should read because why"])
    }
    let reason = String(rest[split.upperBound...])
    return about(String(rest[..<split.lowerBound])) { ref, words in
      Line(.correctionReason(ref, line: words), reason)
    }
  }

  private mutating func log(_ purpose: Purpose, _ text: String, ref: EntryRef? = nil) -> Answer {
    var composer = Composer(purpose, text: text, opened: state.now, ref: ref)
    composer.onCall = state.onCallProposals(for: purpose)
    return log(composer)
  }

  /// Asks what has to be asked, one question after the other, and logs the line.
  private mutating func log(_ composer: Composer) -> Answer {
    guard let reading = state.reading(of: composer) else {
      return Answer(lines: ["There is no such entry."])
    }
    if composer.editor.isEmpty, !reading.canBeEmpty {
      return Answer(lines: ["Say what happened behind it."])
    }
    if let refusal = reading.refusal(state.desk.clock) { return Answer(lines: [refusal]) }
    if let objection = reading.objection, !objection.isQuestion {
      return Answer(lines: [state.sentence(objection, reading) + "."])
    }
    if let asked = reading.questions.first(where: { !composer.asked.contains($0) }) {
      question = (composer, asked)
      let more = asked.isAboutCallers ? ", i: log it, and that all were informed" : ""
      return Answer(lines: ["\(asked.sentence). Log it all the same? y or n\(more)"])
    }
    var answer = submit(
      Submission(
        token: state.nextToken, entries: reading.entries, opensIncident: reading.opensIncident))
    if let entry = reading.entries.first, entry.kind == .escalated, let name = entry.string(.to),
      let phone = state.desk.onCall.person(name).phone
    {
      answer.lines.append(displaySafe("\(name): \(phone)"))
    }
    return answer
  }

  private mutating func answer(_ asked: Question, _ line: String, _ composer: Composer) -> Answer {
    var composer = composer
    composer.asked.insert(asked)
    if line.hasPrefix("i"), asked.isAboutCallers {
      composer.informsAll = true
    } else if !line.hasPrefix("y") {
      return Answer(lines: ["Not logged."])
    }
    return log(composer)
  }

  private mutating func submit(_ submission: Submission) -> Answer {
    state.nextToken += 1
    return Answer(effects: [.append(submission)])
  }
}

// MARK: - Saying it

extension PlainSession {
  private mutating func open(_ id: IncidentID, quietly: Bool) -> [String] {
    state.screens = [.board(BoardScreen()), .incident(IncidentScreen(id))]
    return quietly ? [] : timeline()
  }

  private mutating func list() -> [String] {
    let board = state.board
    choices = (0..<min(board.count, 50)).map { board.id(at: $0) }
    let calls = state.board.callbacks == 1 ? "call" : "calls"
    var lines = ["\(state.board.open.count) open, \(state.board.callbacks) \(calls) to return."]
    for (number, incident) in choices.compactMap({ state.journal.incidents[$0] }).enumerated() {
      lines.append(
        displaySafe(
          "\(number + 1): \(incident.id), \(incident.priority?.description ?? "no priority"), "
            + "\(incident.title), \(incident.status.rawValue), owner \(incident.owner ?? "nobody")")
      )
    }
    if choices.isEmpty { lines.append("Nothing is open. n and the caller's words log a call.") }
    return lines
  }

  private func timeline() -> [String] {
    guard case .incident(let screen) = state.screen, let incident = state.openIncident else {
      return []
    }
    let head = "\(incident.id), \(incident.title), \(incident.status.rawValue)"
    return [displaySafe(head)]
      + screen.rows(state.journal).map { entry in
        let mark = entry.isStruck ? "STRUCK " : ""
        let late = entry.isLate ? ", logged \(state.desk.clock.time(entry.record.logged))" : ""
        return displaySafe(
          "\(entry.ref): \(mark)\(state.desk.clock.time(entry.at))\(late), \(spaced(entry.kind.name)), "
            + "\(entry.author): \(entry.entry.phrase)")
      }
  }

  private func search(_ words: String) -> [String] {
    var search = SearchScreen()
    search.query = LineEditor(words)
    search.look(in: state.register)
    while !search.isDone { search.work(state.register) }
    if search.hits.isEmpty { return ["Nothing found."] }
    return search.hits.prefix(50).compactMap { state.journal.entry($0) }.map { hit in
      displaySafe(
        "\(hit.ref), \(hit.incident?.description ?? "no incident"), "
          + "\(state.desk.clock.dateAndTime(hit.at)), \(spaced(hit.kind.name)): \(hit.entry.phrase)"
      )
    }
  }

  private func announce(_ record: Record) -> String { "new: \(line(state.journal, record))" }

  private func line(_ journal: Journal, _ record: Record) -> String {
    let time = state.desk.clock.time(record.entry.at.instant)
    let incident = record.entry.incident.map { "\($0) " } ?? ""
    return displaySafe(
      "\(incident)\(record.ref): \(time), \(spaced(record.entry.kind.name)), \(record.author): "
        + record.entry.phrase)
  }
}
