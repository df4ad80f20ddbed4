import LoggistModel

// From the lines of a paste to one submission.

extension State {
  /// The entries of the lines that are not left out, in the order of the paste, and where each line's begin.
  func pastedEntries(_ screen: PastedScreen) -> (entries: [Entry], lines: [Int]) {
    var (entries, lines): ([Entry], [Int]) = ([], [])
    for (place, line) in screen.lines.enumerated() where !line.isLeftOut {
      var made = line.preview.entries(incident: screen.incident)
      if let choices = Composer.Choices(made[0].kind), made[0][choices.field] == nil {
        made[0][choices.field] = .string(choices.words[0])
      }
      if made[0].kind == .complaint, made[0][.channel] == nil {
        made[0][.formOpened] = .string(desk.zone.timestamp(screen.pasted.wholeSeconds).description)
      }
      for index in made.indices where made[index].author == nil { made[index].author = desk.author }
      entries += made
      lines += made.map { _ in place }
    }
    return (entries, lines)
  }

  /// Logs all of them in one write, or goes to the first that cannot be logged and says why.
  mutating func logPasted() -> [Effect] {
    guard case .pasted(var screen) = screen else { return [] }
    let (entries, lines) = pastedEntries(screen)
    guard !entries.isEmpty else {
      notice = Notice("Every line is left out: - takes one in again", .problem)
      return [.bell]
    }
    for (entry, line) in zip(entries, lines) {
      let preview = screen.lines[line].preview
      var objection = objection(toPasted: entry, preview)
      if let question = objection?.question {
        if screen.asked == question { objection = nil }
        screen.asked = question
      }
      guard let objection else { continue }
      screen.selected = line
      self.screen = .pasted(screen)
      settleScreen()
      notice = Notice(objection.sentence, .problem)
      return [.bell]
    }
    let token = nextToken
    nextToken += 1
    screen.waiting = token
    self.screen = .pasted(screen)
    let opens = screen.incident == nil
    return keepPasted() + [
      .append(
        Submission(token: token, entries: opens ? opening(entries) : entries, opensIncident: opens))
    ]
  }

  /// What speaks against a line, and whether a second Enter overrules it.
  private func objection(
    toPasted entry: Entry, _ preview: EntryLinePreview
  ) -> (sentence: String, question: Question?)? {
    if let problem = preview.problem {
      if case .inFuture = problem {
        return ("\(Question.future.sentence) · Enter again logs all the same", .future)
      }
      return (problem.sentence(desk.clock) + " · = changes the line", nil)
    }
    // Where the lines make their own incident nothing can be compared with it yet.
    var judged = entry
    if judged.incident == nil { judged = Entry(.note, at: entry.at, text: entry.text ?? "-") }
    if entry.incident == nil, let problem = entry.problem(in: pastedID) {
      return (sentence(.invalid(problem), entry.kind) + " · = changes the line", nil)
    }
    guard let objection = journal.objection(to: judged, by: desk.me, now: now) else { return nil }
    let reading = Reading(preview: preview, entries: [judged], objection: objection)
    if let question = reading.questions.first {
      return ("\(question.sentence) · Enter again logs all the same", question)
    }
    return (sentence(objection, entry.kind) + " · = changes the line", nil)
  }

  /// Stands for the number that the writer will give.
  private var pastedID: IncidentID? { board.count > 0 ? board.id(at: 0) : nil }

  /// The first line becomes the call that opens the incident, where it is not one already.
  private func opening(_ entries: [Entry]) -> [Entry] {
    var entries = entries
    if entries[0].kind == .note { entries[0].kind = .complaint }
    return Entry.opening(from: entries, services: desk.services)
  }

  /// Leaves the review when its lines are in the log.
  mutating func pastedAppended(_ token: Int, _ records: [Record]) -> [Effect]? {
    guard case .pasted(let pasted) = screen, pasted.waiting == token else { return nil }
    screens.removeLast()
    let count = pasted.chosen.count
    notice = Notice("logged \(count) \(count == 1 ? "entry" : "entries")", .good)
    drafts[pasted.draftName] = nil
    if let id = records.first?.entry.incident {
      if case .incident(let open) = screen, open.id == id {
      } else {
        screens.append(.incident(IncidentScreen(id)))
      }
    }
    settleScreen()
    return [.dropDraft(name: pasted.draftName)]
  }

  mutating func pastedRefused(_ token: Int, _ sentence: String) -> Bool {
    guard case .pasted(var pasted) = screen, pasted.waiting == token else { return false }
    pasted.waiting = nil
    screen = .pasted(pasted)
    notice = Notice(sentence, .problem)
    return true
  }
}

extension Entry {
  /// What is wrong with it apart from its incident, which it will get.
  fileprivate func problem(in incident: IncidentID?) -> Problem? {
    guard let incident else { return nil }
    var entry = self
    entry.incident = incident
    return entry.problem
  }
}
