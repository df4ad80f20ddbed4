import LoggistModel

/// How the line will be recorded, and what speaks against it.
struct Reading: Sendable {
  var preview: EntryLinePreview
  var entries: [Entry]
  var objection: Objection?
  var opensIncident = false
  /// What this purpose has to ask besides.
  var asks: Question?
  /// What the matrix made of impact and urgency.
  var byMatrix: PriorityMatrix.Proposal?
  /// Callers who would be left waiting.
  var waiting = 0
}

/// What a second Enter answers with yes.
enum Question: Sendable, Hashable {
  /// It lies in the future. By how much changes while one thinks about it, and is no other question.
  case future
  case saidJustNow(EntryRef)
  /// The post-mortem is being signed while hints are open.
  case hintsOpen(Int)
  /// Who gave a handover accepts it.
  case ownHandover(EntryRef)
  /// It would be resolved while callers wait to be called back.
  case callersWait(Int)

  /// What is asked, and what the keys answer.
  var sentence: String {
    switch self {
    case .future: "That is in the future"
    case .saidJustNow(let ref): "\(Objection.saidJustNow(ref))"
    case .hintsOpen(let count):
      count == 1 ? "1 hint is open" : "\(count) hints are open"
    case .ownHandover(let ref): "You gave \(ref) yourself"
    case .callersWait(1): "1 caller waits to be called back"
    case .callersWait(let count): "\(count) callers wait to be called back"
    }
  }

  /// The same with the keys that answer it.
  var withKeys: String {
    switch self {
    case .future, .saidJustNow, .hintsOpen, .ownHandover: "\(sentence) · Enter again logs it"
    case .callersWait: "\(sentence): Enter leaves it so, alt-i informed all"
    }
  }
}

extension Question {
  var isAboutCallers: Bool { if case .callersWait = self { true } else { false } }
}

extension Reading {
  /// What has to be asked before it is logged, in order.
  var questions: [Question] {
    var questions: [Question] = []
    if case .inFuture = preview.problem { questions.append(.future) }
    switch objection {
    case .inTheFuture where questions.isEmpty: questions.append(.future)
    case .saidJustNow(let ref): questions.append(.saidJustNow(ref))
    default: break
    }
    if let asks { questions.append(asks) }
    if waiting > 0 { questions.append(.callersWait(waiting)) }
    return questions
  }

  /// Why it cannot be logged whatever is answered, in words; nil where it can.
  func refusal(_ clock: ClockStyle) -> String? {
    guard let problem = preview.problem else { return nil }
    if case .inFuture = problem { return nil }
    return problem.sentence(clock)
  }
}

extension State {
  /// Reads the composer's line; nil where it makes no entry (a filter, a command).
  func reading(of composer: Composer) -> Reading? {
    switch composer.purpose {
    case .call: callReading(composer)
    case .entry(let kind, let incident): entryReading(composer, kind, incident)
    case .correction(let ref): correctionReading(composer.editor.text, of: ref, reason: "?")
    case .correctionReason(let ref, let line):
      correctionReading(line, of: ref, reason: composer.editor.text)
    case .strike(let ref): strikeReading(composer, ref)
    case .attach(let ref): attachReading(composer, ref)
    case .handover: handoverReading(composer)
    case .acceptance(let ref): acceptanceReading(composer, ref)
    case .redaction, .redactionAgreed, .pastedLine, .filter, .period, .command: nil
    }
  }

  private func entryReading(_ composer: Composer, _ kind: Kind, _ incident: IncidentID) -> Reading {
    let preview = EntryLine.read(
      composer.editor.text, as: kind, in: desk.lineContext(now: now))
    var entries = preview.entries(incident: incident)
    if !entries.isEmpty, entries[0].kind == kind {
      if let choices = composer.choices, entries[0][choices.field] == nil {
        entries[0][choices.field] = .string(choices.words[composer.choice])
        if composer.onCall.indices.contains(composer.choice) {
          entries[0][.team] = .string(composer.onCall[composer.choice].team)
        }
      }
      if let ref = composer.ref, entries[0][.ref] == nil {
        entries[0][.ref] = .string(ref.description)
      }
      if kind == .reopened, entries[0][.reason] == nil, let text = entries[0].text {
        entries[0][.reason] = .string(text)
        entries[0].text = nil
      }
      if kind == .set, let text = entries[0].text {
        readPropertyWords(text, into: &entries[0])
      }
      if kind == .signed { return signReading(preview, entries, incident) }
    }
    let callers = kind == .resolved ? journal.incidents[incident]?.callbacks ?? [] : []
    if composer.informsAll { entries += callers.map { informed($0, incident) } }
    var reading = finished(preview, entries)
    if !composer.informsAll { reading.waiting = callers.count }
    return reading
  }

  private func informed(_ complaint: EffectiveEntry, _ incident: IncidentID) -> Entry {
    Entry(
      .informed, incident, at: desk.zone.timestamp(now.wholeSeconds),
      fields: [(.ref, .string(complaint.ref.description))])
  }

  /// `p` and a digit, or impact and urgency (`high/medium`): the rest of the words is the reason.
  private func readPropertyWords(_ text: String, into entry: inout Entry) {
    var words = text.split(separator: " ").map(String.init)
    if entry[.priority] == nil, let first = words.first, let priority = Priority(first) {
      entry[.priority] = .string(priority.description)
      words.removeFirst()
    } else if let levels = words.first.flatMap({ impactAndUrgency($0) }),
      entry[.impact] == nil, entry[.urgency] == nil
    {
      entry[.impact] = .string(levels.impact)
      entry[.urgency] = .string(levels.urgency)
      words.removeFirst()
    }
    if entry[.reason] == nil, !words.isEmpty {
      entry[.reason] = .string(words.joined(separator: " "))
    }
    entry.text = nil
  }

  /// Reads `high/medium`, also by its first letters.
  private func impactAndUrgency(_ word: String) -> (impact: String, urgency: String)? {
    let sides = word.split(separator: "/", omittingEmptySubsequences: false)
      .map { PriorityMatrix.level($0) }
    guard sides.count == 2, let impact = sides[0], let urgency = sides[1] else { return nil }
    return (impact, urgency)
  }

  private func callReading(_ composer: Composer) -> Reading {
    let preview = EntryLine.read(
      composer.editor.text, as: .complaint, in: desk.lineContext(now: now))
    var entries = preview.entries(incident: composer.match)
    guard !entries.isEmpty else { return finished(preview, entries) }
    let opened = desk.zone.timestamp(composer.opened.wholeSeconds)
    if !preview.hasTime { entries[0].at = opened }
    entries[0][.formOpened] = .string(opened.description)
    if entries[0][.channel] == nil { entries[0][.channel] = .string("phone") }
    guard composer.match == nil else { return finished(preview, entries) }
    // What the call says of its incident cannot be judged before there is one.
    var reading = finished(preview, Array(entries.prefix(1)))
    let rest = entries.dropFirst().map { entry in
      var entry = entry
      entry.author = entry.author ?? desk.author
      return entry
    }
    reading.entries = Entry.opening(from: reading.entries + rest, services: desk.services)
    reading.opensIncident = true
    return reading
  }

  private func correctionReading(_ line: String, of ref: EntryRef, reason: String) -> Reading? {
    guard let current = journal.entry(ref) else { return nil }
    let preview = EntryLine.read(line, as: current.kind, in: desk.lineContext(now: now))
    var corrected = Entry(.corrected, current.incident, at: desk.zone.timestamp(now.wholeSeconds))
    corrected[.ref] = .string(ref.description)
    corrected[.set] = .object(current.entry.changes(to: preview.corrected(current.entry)))
    corrected[.reason] = .string(reason)
    return finished(preview, [corrected])
  }

  private func strikeReading(_ composer: Composer, _ ref: EntryRef) -> Reading {
    let now = desk.zone.timestamp(now.wholeSeconds)
    var struck = Entry(.struck, journal.entry(ref)?.incident, at: now)
    struck[.ref] = .string(ref.description)
    struck[.reason] = .string(composer.editor.text)
    // A strike's reason is free words: nothing in it is a token.
    return finished(EntryLine.read("", as: .struck, in: desk.lineContext(now: self.now)), [struck])
  }

  /// The words look for the incident; nothing of them is logged.
  private func attachReading(_ composer: Composer, _ ref: EntryRef) -> Reading? {
    guard let target = composer.match else { return nil }
    var attached = Entry(.attached, target, at: desk.zone.timestamp(now.wholeSeconds))
    attached[.ref] = .string(ref.description)
    return finished(
      EntryLine.read("", as: .attached, in: desk.lineContext(now: now)), [attached])
  }

  func finished(_ preview: EntryLinePreview, _ entries: [Entry]) -> Reading {
    var entries = entries
    for place in entries.indices where entries[place].author == nil {
      entries[place].author = desk.author
    }
    let incident = entries.first?.incident.flatMap { journal.incidents[$0] }
    let settled = desk.priorities.settle(entries, on: incident)
    let objection =
      settled.entries.lazy.compactMap {
        journal.objection(to: $0, by: desk.me, now: now)
      }.first ?? settled.objection
    return Reading(
      preview: preview, entries: settled.entries, objection: objection,
      byMatrix: settled.proposal)
  }
}
