import LoggistModel
import Terminal

// The composer's update: from the first key to the submission.

extension State {
  /// Opens the line for a purpose; a draft of the same purpose comes back with its cursor.
  mutating func openComposer(_ purpose: Purpose, text: String = "", ref: EntryRef? = nil) {
    switch purpose {
    case .call where reopenPasted(nil): return
    case .entry(.note, let id) where reopenPasted(id): return
    default: break
    }
    if let name = purpose.draftName, let draft = drafts[name] {
      // What was typed goes before what would be proposed; words of the command line are typed, too.
      let isTyped = if case .entry = purpose { !text.isEmpty } else { false }
      let words = isTyped ? "\(draft.text) \(text)" : draft.text
      composer = Composer(
        purpose, text: words, cursor: isTyped ? nil : draft.cursor, opened: draft.opened, ref: ref)
      notice = Notice("draft of \(desk.clock.time(draft.opened)) · ctrl-u clears the line")
    } else {
      composer = Composer(purpose, text: text, opened: now, ref: ref)
    }
    let proposals = onCallProposals(for: purpose)
    composer?.onCall = proposals
    composerFollows()
  }

  /// What the composer shows of the log is brought to what it is now.
  mutating func composerFollows() {
    guard let composer else { return }
    switch composer.purpose {
    case .call:
      let matches = callMatches(composer.editor.text)
      self.composer?.matches = matches
    case .attach(let ref):
      let matches = attachMatches(composer.editor.text, ref)
      self.composer?.matches = matches
      if composer.match.map({ !matches.contains($0) }) ?? true {
        self.composer?.match = matches.first
      }
    default: break
    }
  }

  mutating func pressInComposer(_ key: Key) -> [Effect] {
    guard let composer else { return [] }
    if composer.waiting != nil {
      heldInput.append(.key(key))
      return []
    }
    switch key.code {
    case .enter where key.modifiers == .alt:
      chooseNext(1)
      return submit()
    case .enter: return submit()
    case .escape: return closeComposer()
    case .tab:
      complete(backwards: key.modifiers == .shift)
      return typed()
    case .up: return step(-1)
    case .down: return step(1)
    case .character("i")
    where key.modifiers == .alt && composer.asked.contains { $0.isAboutCallers }:
      self.composer?.informsAll = true
      return submit()
    case .character("x") where key.modifiers == .control: return perform(.editor)
    case .character("c") where key.modifiers == .control: return closeComposer()
    default:
      guard self.composer?.editor.edit(key) == true else { return [] }
      self.composer?.completion = nil
      self.composer?.changed()
      return typed()
    }
  }

  /// What follows from a changed line: its draft is due, a filter takes hold at once.
  mutating func typed() -> [Effect] {
    guard let composer else { return [] }
    if composer.purpose.draftName != nil, draftDue == nil { draftDue = now + State.draftDelay }
    switch composer.purpose {
    case .filter: filterBoard(composer.editor.text)
    case .call, .attach: composerFollows()
    default: break
    }
    return []
  }

  /// A draft is on disk within half a second of the last key.
  static let draftDelay = TimeSpan(milliseconds: 400)

  /// Esc: the line goes, what was typed stays as a draft.
  private mutating func closeComposer() -> [Effect] {
    guard let composer else { return [] }
    var effects = keepDraft()
    if composer.purpose == .filter { filterBoard("") }
    if composer.draft != nil { notice = Notice("kept as a draft") }
    if let name = composer.purpose.draftName, composer.editor.isEmpty, drafts[name] != nil {
      drafts[name] = nil
      effects.append(.dropDraft(name: name))
    }
    self.composer = nil
    settleScreen()
    return effects
  }

  mutating func keepDraft() -> [Effect] {
    draftDue = nil
    guard let draft = composer?.draft, drafts[draft.name] != draft else { return [] }
    drafts[draft.name] = draft
    return [.keepDraft(draft)]
  }

  /// Up and down: through the incidents that a call may belong to, else through what was logged before.
  private mutating func step(_ direction: Int) -> [Effect] {
    guard var composer else { return [] }
    if composer.purpose.findsIncidents {
      let choices: [IncidentID?] = (composer.purpose == .call ? [nil] : []) + composer.matches
      if choices.isEmpty { return [] }
      let place = choices.firstIndex(of: composer.match) ?? 0
      composer.match = choices[min(max(place + direction, 0), choices.count - 1)]
      composer.changed()
      self.composer = composer
      return []
    }
    let history = composer.purpose == .command ? commands : history
    if !history.isEmpty {
      let shown = composer.recalled.map { $0 < history.count ? history[$0] : "" } ?? ""
      if composer.purpose.draftName != nil, composer.editor.text != shown {
        notice = Notice("What stands here would go: ctrl-u clears the line, then \u{2191} recalls")
        return []
      }
      let place = (composer.recalled ?? history.count) + direction
      if place < 0 { return [] }
      composer.recalled = place < history.count ? place : nil
      composer.editor = LineEditor(place < history.count ? history[place] : "")
      composer.changed()
    }
    self.composer = composer
    return []
  }

  mutating func chooseNext(_ direction: Int) {
    guard let choices = composer?.choices, let old = composer?.choice else { return }
    composer?.choice = (old + direction + choices.words.count) % choices.words.count
    composer?.changed()
  }
}

// MARK: - Submitting

extension State {
  private mutating func submit() -> [Effect] {
    guard let composer else { return [] }
    switch composer.purpose {
    case .filter:
      self.composer = nil
      return []
    case .period: return submitPeriod(composer.editor.text)
    case .command: return runCommand(composer.editor.text)
    case .pastedLine(let place): return pastedLine(place, reads: composer.editor.text)
    case .redaction(let ref): return askForAgreement(ref, composer.editor.text)
    case .redactionAgreed(let ref, let reason):
      return redact(ref, reason, agreed: composer.editor.text)
    case .correction(let ref): return askForReason(ref, composer.editor.text)
    default: break
    }
    guard let reading = reading(of: composer) else {
      self.composer?.problem =
        composer.purpose.findsIncidents
        ? "No open incident fits: type its number or other words"
        : "The entry is not there any more"
      return [.bell]
    }
    if composer.editor.isEmpty, composer.choices == nil, !reading.canBeEmpty {
      self.composer?.problem = "Nothing typed yet"
      return []
    }
    if let refusal = reading.refusal(desk.clock) {
      self.composer?.problem = refusal
      return [.bell]
    }
    if let objection = reading.objection, !objection.isQuestion {
      let said = sentence(objection, reading)
      self.composer?.problem = said
      return [.bell]
    }
    if let question = reading.questions.first(where: { !composer.asked.contains($0) }) {
      self.composer?.problem = question.withKeys
      self.composer?.asked.insert(question)
      return [.bell]
    }
    let token = nextToken
    nextToken += 1
    self.composer?.waiting = token
    self.composer?.problem = nil
    // The draft stays until the log has it: a crash between the two must not lose the line.
    return keepDraft() + [
      .append(
        Submission(
          token: token, entries: reading.entries, opensIncident: reading.opensIncident))
    ]
  }

  func sentence(_ objection: Objection, _ reading: Reading) -> String {
    sentence(objection, reading.entries.first?.kind ?? .note)
  }

  /// The objection in words; where a person is missing, how to name one.
  func sentence(_ objection: Objection, _ kind: Kind) -> String {
    guard case .invalid(.missing(let field)) = objection else { return objection.description }
    if kind.rule.person == field {
      return "Who? Put @name into the line, or \(field.rawValue)=\"Two Words\""
    }
    return "\(field.rawValue)= is missing: put it into the line"
  }

  private mutating func askForReason(_ ref: EntryRef, _ line: String) -> [Effect] {
    guard let composer, let reading = reading(of: composer) else { return [.bell] }
    if let problem = reading.preview.problem {
      self.composer?.problem = problem.sentence(desk.clock)
      return [.bell]
    }
    if reading.entries.first?[.set]?.members?.isEmpty != false {
      self.composer?.problem = "Nothing is different yet"
      return [.bell]
    }
    let effects = keepDraft()
    let purpose = Purpose.correctionReason(ref, line: line)
    let kept = purpose.draftName.flatMap { drafts[$0] }
    self.composer = Composer(
      purpose, text: kept?.text ?? "", cursor: kept?.cursor, opened: kept?.opened ?? now)
    return effects
  }

  /// What was pressed and pasted while the disk was at work comes after it.
  mutating func replayHeldInput() -> [Effect] {
    let events = heldInput
    heldInput = []
    return events.flatMap { event in
      switch event {
      case .key(let key): press(key)
      case .paste(let text): paste(text)
      case .focus: [] as [Effect]
      }
    }
  }
}

extension Reading {
  /// Kinds that say something without a word: a service is back.
  var canBeEmpty: Bool {
    guard let kind = entries.first?.kind else { return false }
    if kind == .attached { return true }
    return !kind.rule.needsText && objection == nil && kind != .complaint && kind != .struck
  }
}
