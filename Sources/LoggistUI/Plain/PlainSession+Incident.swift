import LoggistModel
import Terminal

// What is said of one incident, and of a shift.

extension PlainSession {
  func timeline() -> [String] {
    guard case .incident(let screen) = state.screen, let incident = state.openIncident else {
      return []
    }
    return timeline(of: incident, screen.rows(state.journal))
  }

  private func timeline(of incident: Incident, _ rows: [EffectiveEntry]) -> [String] {
    let clock = state.desk.clock
    var lines = [plainText("\(incident.id), \(incident.title), \(incident.status.rawValue)")]
    var day: CivilDate?
    for entry in rows {
      // Most incidents are over before midnight: then no day has to be said.
      let date = clock.date(entry.at)
      if date != day, day != nil || date != clock.date(state.now) {
        lines.append(clock.dayHeading(entry.at) + ".")
      }
      day = date
      let mark = entry.isStruck ? "STRUCK " : ""
      let late = entry.isLate ? ", logged \(clock.time(entry.record.logged))" : ""
      lines.append(
        plainText(
          "\(entry.ref): \(mark)\(clock.time(entry.at))\(late), \(spaced(entry.kind.name)), "
            + "\(entry.author)") + said(entry.entry))
    }
    return lines
  }

  func details() -> [String] {
    guard let incident = state.openIncident else { return [] }
    return DetailsRow.rows(incident, clock: state.desk.clock, now: state.now).map { row in
      row.isHeading ? plainWords(row.text) + "." : plainWords("\(row.label): \(row.text)")
    }
  }

  /// What is odd, open or missing, and what to type about it.
  func review() -> [String] {
    guard let incident = state.openIncident else { return [] }
    var lines = ReviewRow.rows(incident, clock: state.desk.clock).map { row in
      switch row {
      case .heading(let text): return text + "."
      case .remark(let text, _): return text
      case .hint(let hint):
        let refs = hint.refs.map(\.description).joined(separator: ", ")
        let what = Remedy(hint).map { ". Type: \(typed($0))" } ?? ""
        return plainWords(refs.isEmpty ? "\(hint)" : "\(hint) (\(refs))") + what
      case .signed(let entry):
        let when = state.desk.clock.dateAndTime(entry.at)
        return "\(plainText(entry.author)), \(when): \(plainPhrase(entry.entry))"
      }
    }
    lines.append("preview: the post-mortem as it stands. sign ROLE: signs it.")
    return lines
  }

  private func typed(_ remedy: Remedy) -> String {
    switch remedy {
    case .log(let kind, let ref, let word):
      let field = word.flatMap { word in
        Composer.Choices(kind).map { " \($0.field.rawValue)=\(word)" }
      }
      return kind.name + (field ?? "") + (ref.map { " ref=\($0)" } ?? "") + " WORDS"
    case .correct(let ref): return "= \(ref) WORDS because WHY"
    case .goTo(let ref): return "= \(ref) WORDS because WHY, or - \(ref) WHY"
    }
  }

  /// `w`: how to ask; `w 7`, `w 21:09`: what was known then.
  func past(_ text: String) -> [String] {
    guard let id = state.openIncident?.id else { return [] }
    var past = PastScreen(state.journal, id, desk: state.desk)
    let account = past.account
    let count = account.steps.count
    guard !text.isEmpty else {
      let first = account.records.first.map { state.desk.clock.dateAndTime($0.logged) } ?? "-"
      return [
        "\(count) recorded since \(first). w 7: as known after the 7th; w 21:09: as known then."
      ]
    }
    if let number = Int(text) {
      guard (1...max(count, 1)).contains(number) else {
        return ["There are \(count): type a number from 1 to \(count)."]
      }
      past.show(number - 1, state.desk)
    } else {
      let preview = EntryLine.read(text, as: .note, in: state.desk.lineContext(now: state.now))
      guard preview.hasTime, preview.text == nil, preview.problem == nil else {
        return ["\(plainText(text)) is neither a number nor a time: w 7, w 21:09."]
      }
      let moment = preview.at.instant
      let known = account.steps.lastIndex { account.records[$0 - 1].logged <= moment }
      guard let known else { return ["Nobody knew of \(id) at \(state.desk.clock.time(moment))."] }
      past.show(known, state.desk)
    }
    guard let record = past.record else { return [] }
    let logged = state.desk.clock.dateAndTime(record.logged)
    let head = "As of \(logged), \(past.step + 1) of \(count) recorded."
    guard let incident = past.figures?.incident else { return [head, "Nobody knew of \(id) yet."] }
    return [head] + timeline(of: incident, incident.all)
      + ["Recorded last: \(line(record))", "This was the past: what is logged is logged now."]
  }
}

// MARK: - Handover

extension PlainSession {
  func handoverWords() -> [String] {
    let next = "n @NAME NOTE: gives it. earlier: those before it. q: back to the board."
    guard let waiting = state.handovers.waiting else { return [next] }
    return ["\(waiting.ref) by \(plainText(waiting.from)) waits: a accepts it.", next]
  }

  func earlierHandovers() -> [String] {
    let all = state.handovers.all
    if all.isEmpty { return ["No handover was given yet."] }
    return all.reversed().map { handover in
      let to = plainText(handover.to ?? "whoever comes")
      let when = state.desk.clock.dateAndTime(handover.entry.at)
      let accepted = handover.accepted.map {
        "accepted by \(plainText($0.author)) at \(state.desk.clock.time($0.at))"
      }
      let note = handover.entry.entry.text.map { ": \(plainText($0))" } ?? ""
      return "\(handover.ref): \(when), \(plainText(handover.from)) to \(to), "
        + "\(accepted ?? "not accepted")\(note)"
    }
  }
}
