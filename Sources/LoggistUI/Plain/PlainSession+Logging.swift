import LoggistModel

// Lines that become entries.

extension PlainSession {
  /// A call: a new incident's or another's. Asked where some are open, unless the line says it: `+` in front for a new
  /// one, `INC-12` for that one.
  mutating func newCall(_ text: String) -> Answer {
    if text.isEmpty { return Answer(lines: ["Say what happened behind it."]) }
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    let rest = words.count > 1 ? words[1] : ""
    if words[0] == "+" { return newCallWords(rest, nil) }
    if let id = IncidentID(words[0].uppercased()), state.journal.incidents[id] != nil {
      return newCallWords(rest, id)
    }
    let matches = state.callMatches(text).compactMap { state.journal.incidents[$0] }
    if matches.isEmpty { return call(text, match: nil) }
    let others = matches.map { incident in
      (
        "\(incident.id), \(incident.priority?.description ?? "no priority"), "
          + "\(plainText(incident.title))", PlainQuestion.Deed.call(text, incident.id)
      )
    }
    return ask(
      PlainQuestion(
        "Which incident is it about?",
        [("a new incident", .call(text, nil))] + others
          + [("do not log it", .drop)]))
  }

  private mutating func newCallWords(_ text: String, _ match: IncidentID?) -> Answer {
    text.isEmpty ? Answer(lines: ["Say what happened behind it."]) : call(text, match: match)
  }

  mutating func call(_ text: String, match: IncidentID?) -> Answer {
    var composer = Composer(.call, text: text, opened: state.now)
    composer.match = match
    return submit(composer)
  }

  /// An entry of some kind about the open incident; where it answers one of several entries, which one is asked.
  mutating func logKind(_ kind: Kind, _ id: IncidentID, _ text: String) -> Answer {
    let incident = state.journal.incidents[id]
    let candidates: [EffectiveEntry] =
      switch kind {
      case .engaged, .unanswered: incident?.openEscalations ?? []
      case .informed: incident?.callbacks ?? []
      default: []
      }
    if candidates.count > 1, !text.contains("ref=") {
      return ask(
        PlainQuestion(
          kind == .informed ? "Who was called back?" : "Which escalation?",
          candidates.map { entry in
            (
              "\(entry.ref), \(state.desk.clock.time(entry.at)), \(plainPhrase(entry.entry))",
              .log(.entry(kind, id), text, about: entry.ref)
            )
          } + [("do not log it", .drop)]))
    }
    let ref = candidates.first?.ref ?? (kind == .informed ? incident?.complaints.first?.ref : nil)
    return log(.entry(kind, id), text, ref: ref)
  }

  mutating func strike(_ rest: String) -> Answer {
    about(rest) { session, ref, words in session.log(.strike(ref), words) }
  }

  mutating func correct(_ rest: String) -> Answer {
    guard let split = rest.ranges(of: " because ").last else {
      return Answer(lines: ["Say why: = INC.5 how it should read because why"])
    }
    let reason = String(rest[split.upperBound...])
    return about(String(rest[..<split.lowerBound])) { session, ref, words in
      session.log(.correctionReason(ref, line: words), reason)
    }
  }

  /// What begins with an entry's number.
  private mutating func about(
    _ rest: String, _ deed: (inout PlainSession, EntryRef, String) -> Answer
  ) -> Answer {
    let words = rest.split(separator: " ", maxSplits: 1).map(String.init)
    guard let ref = words.first.flatMap({ EntryRef($0.uppercased()) }) else {
      return Answer(lines: ["Say which entry: its number stands in front of it, as in INC.5."])
    }
    return deed(&self, ref, words.count > 1 ? words[1] : "")
  }

  /// `b`: the callers who wait; `b 2 WORDS`: the second one was called back.
  mutating func callBack(_ rest: String) -> Answer {
    let words = rest.split(separator: " ", maxSplits: 1).map(String.init)
    if let number = words.first.flatMap({ Int($0) }), choices.indices.contains(number - 1),
      case .complaint(let ref) = choices[number - 1]
    {
      guard let id = state.journal.entry(ref)?.incident else {
        return Answer(lines: ["\(ref) belongs to no incident: attach it to one first."])
      }
      return log(.entry(.informed, id), words.count > 1 ? words[1] : "", ref: ref)
    }
    if !rest.isEmpty { return Answer(lines: ["Say which caller: b lists them by number."]) }
    return Answer(lines: callers())
  }

  mutating func log(_ purpose: Purpose, _ text: String, ref: EntryRef? = nil) -> Answer {
    var composer = Composer(purpose, text: text, opened: state.now, ref: ref)
    composer.onCall = state.onCallProposals(for: purpose)
    return submit(composer)
  }

  /// Asks what has to be asked, one question after the other, and logs the line.
  mutating func submit(_ composer: Composer) -> Answer {
    guard let reading = state.reading(of: composer) else {
      return Answer(lines: ["There is no such entry."])
    }
    if composer.editor.isEmpty, !reading.canBeEmpty {
      return Answer(lines: ["Say what happened behind it."])
    }
    if let refusal = reading.refusal(state.desk.clock) {
      return Answer(lines: [plainWords(refusal)])
    }
    if let objection = reading.objection, !objection.isQuestion {
      return Answer(lines: [plainWords(state.sentence(objection, reading)) + "."])
    }
    if let asked = reading.questions.first(where: { !composer.asked.contains($0) }) {
      return ask(question(asked, composer))
    }
    var answer = submit(
      Submission(
        token: state.nextToken, entries: reading.entries, opensIncident: reading.opensIncident))
    if let entry = reading.entries.first, entry.kind == .escalated, let name = entry.string(.to),
      let phone = state.desk.onCall.person(name).phone
    {
      answer.lines.append(plainText("\(name): \(phone)"))
    }
    return answer
  }

  private func question(_ asked: Question, _ composer: Composer) -> PlainQuestion {
    var agreed = composer
    agreed.asked.insert(asked)
    var answers: [(String, PlainQuestion.Deed)] = [("log it all the same", .go(agreed))]
    if asked.isAboutCallers {
      agreed.informsAll = true
      answers.append(("log it, and that all of them were informed", .go(agreed)))
    }
    return PlainQuestion(
      "\(plainWords(asked.sentence)).", answers + [("do not log it", .drop)])
  }

  mutating func submit(_ submission: Submission) -> Answer {
    var submission = submission
    submission.token = state.nextToken
    state.nextToken += 1
    submitted += 1
    return Answer(effects: [.append(submission)])
  }
}

// MARK: - Several lines

extension PlainSession {
  mutating func beginPaste(_ id: IncidentID) -> Answer {
    if let reason = state.reasonAgainst(.note) { return Answer(lines: [plainWords(reason) + "."]) }
    pasted = []
    return Answer(lines: ["Each line becomes a note on \(id). A full stop alone ends."])
  }

  /// The lines so far; at the full stop how they will be logged, and the question whether they should be.
  mutating func readPasted(_ line: String) -> Answer {
    guard line == "." else {
      pasted?.append(line)
      return Answer()
    }
    let text = (pasted ?? []).joined(separator: "\n")
    pasted = nil
    guard let id = state.openIncident?.id else { return Answer(lines: ["Open an incident first."]) }
    let context = state.desk.lineContext(now: state.now)
    var previews = EntryLine.readLines(text, as: .note, in: context)
    if let problem = previews.compactMap(\.problem).first {
      return Answer(lines: ["Nothing is logged: " + plainWords(problem.sentence(state.desk.clock))])
    }
    previews.removeAll { $0.text == nil }
    if previews.isEmpty { return Answer(lines: ["There was nothing to log."]) }
    let entries = previews.flatMap { $0.entries(incident: id) }.map { entry in
      var entry = entry
      entry.author = entry.author ?? state.desk.author
      return entry
    }
    let lines = entries.map { entry in
      "\(state.desk.clock.shortDay(entry.at.instant, seenFrom: state.now)) "
        + "\(state.desk.clock.time(entry.at.instant)), \(spaced(entry.kind.name)): "
        + plainPhrase(entry)
    }
    let submission = Submission(token: state.nextToken, entries: entries)
    let count = entries.count == 1 ? "the line" : "all \(entries.count)"
    var answer = ask(
      PlainQuestion(
        "Log them?", [("log \(count)", .submit(submission)), ("do not log them", .drop)]))
    answer.lines = lines + answer.lines
    return answer
  }
}
