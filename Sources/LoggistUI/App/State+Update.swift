import LoggistModel
import Terminal

/// Takes a message in and says what has to be done about it. Pure: no clock, no file, no terminal.
package func update(_ state: inout State, _ message: Message) -> [Effect] {
  switch message {
  case .key(let key):
    let body = state.areas.body
    let effects = state.press(key)
    // What was selected stays in sight while the line below it grows.
    if state.areas.body != body { state.settleScreen() }
    return effects
  case .paste(let text): return state.paste(text)
  case .resize(let size):
    let isOtherWidth = state.size.columns != size.columns
    state.size = size
    state.settleScreen()
    return isOtherWidth ? state.rewritePaper() : []
  case .clock(let now): return state.tick(now)
  case .arrived(let records):
    return state.take(records)
  case .loaded(let register, let isWhole):
    state.register = register
    state.isLoading = !isWhole
    if isWhole { state.progress = nil }
    state.register.turn(to: state.now)
    state.boardHasChanged([])
    let effects = isWhole ? state.remindOfAll() : []
    state.settleScreen()
    return effects
  case .progress(let share):
    state.progress = share
    return []
  case .appended(let token, let records):
    return state.appended(token, records) + state.replayHeldInput()
  case .refused(let token, let sentence):
    return state.refused(token, sentence) + state.replayHeldInput()
  case .edited(let text): return state.edited(text)
  case .output(let title, let text): return state.show(OutputScreen(title: title, text: text))
  case .storeMade: return [.quit]
  case .storeRefused(let sentence): return state.refuseStore(sentence)
  case .previewed(let id, let lines):
    state.previewed(id, lines)
    return []
  case .drawnUp(let lines):
    state.drawnUp(lines)
    return []
  case .notice(let notice):
    state.notice = notice
    return []
  case .onCall(let rota):
    state.desk.onCall = rota
    state.renewOnCallProposals()
    return []
  case .standing(let sentence):
    state.standing = sentence
    return []
  case .carriage(let carriage):
    state.carriage = carriage
    state.settleScreen()
    return []
  case .alarm(let sentence):
    let isNew = sentence != nil && sentence != state.alarm
    state.alarm = sentence
    state.settleScreen()
    return isNew ? [.bell] : []
  }
}

// MARK: - Keys

extension State {
  mutating func press(_ key: Key) -> [Effect] {
    notice = nil
    let place = screen.place
    if let action = desk.keymap.action(for: key, in: place), Action.alwaysWork.contains(action) {
      return perform(action)
    }
    if composer != nil { return pressInComposer(key) }
    switch screen {
    case .search: return pressInSearch(key)
    case .help: return pressInHelp(key)
    case .firstRun: return pressInFirstRun(key)
    case .board, .incident, .metrics, .measures, .review, .handover, .past, .callbacks, .pasted,
      .output:
      guard let action = desk.keymap.action(for: key, in: place) else {
        notice = unbound(key)
        return []
      }
      return perform(action)
    }
  }

  /// What a key without a meaning here is answered with.
  private func unbound(_ key: Key) -> Notice {
    if case .past = screen, desk.keymap.action(for: key, in: .incident)?.kind != nil {
      return Notice("Nothing can be logged in the past · Esc goes back to now", .problem)
    }
    if case .board = screen, key.code == .escape {
      return Notice("The board is where everything begins · q leaves")
    }
    return Notice("\(key.name) does nothing here · ? shows every key")
  }

  /// Does what an action says, or tells why it cannot be done here.
  mutating func perform(_ action: Action) -> [Effect] {
    if let reason = reasonAgainst(action) {
      notice = Notice(reason, .problem)
      return [.bell]
    }
    switch action {
    case .quit: return keepDraft() + [.quit]
    case .suspend: return keepDraft() + [.suspend]
    case .repaint: return [.repaint]
    case .help: screens.append(.help(HelpScreen(about: screen.place)))
    case .search: screens.append(.search(SearchScreen()))
    case .command: openComposer(.command)
    case .metrics: openMetrics()
    case .measures: openMeasures()
    case .handover: return openHandover()
    case .callbacks: openCallbacks()
    case .review: openReview()
    case .past: openPast()
    case .goToReminder: goToReminder()
    case .putOffReminder: putOffReminder()
    case .back:
      if leaveDetails() || leavePreview() || leaveHandovers() { return [] }
      if screens.count > 1 { screens.removeLast() }
      settleScreen()
    case .editor:
      if composer == nil, let incident = openIncident { openComposer(.entry(.note, incident.id)) }
      if let text = handoverText() { openComposer(.handover, text: text) }
      return keepDraft() + [.edit(composer?.editor.text ?? "")]
    default:
      switch screen {
      case .board: return performOnBoard(action)
      case .incident: return performOnIncident(action)
      case .search: return performInSearch(action)
      case .help: return performInHelp(action)
      case .metrics: return performInMetrics(action)
      case .measures: return performInMeasures(action)
      case .review: return performInReview(action)
      case .handover: return performInHandover(action)
      case .past: return performInPast(action)
      case .callbacks: return performInCallbacks(action)
      case .pasted: return performInPasted(action)
      case .output: return performInOutput(action)
      case .firstRun: break
      }
    }
    return []
  }

  mutating func paste(_ text: String) -> [Effect] {
    notice = nil
    if composer?.waiting != nil {
      heldInput.append(.paste(text))
      return []
    }
    if isSeveralEntries(text) { return openPasted(text) }
    if composer != nil {
      composer?.insert(text)
      return typed()
    }
    if case .firstRun = screen {
      pasteInFirstRun(text)
    } else if case .search(var search) = screen {
      search.query.insert(text)
      search.look(in: register)
      screen = .search(search)
    } else if case .help(var help) = screen {
      help.query.insert(text)
      help.selected = 0
      screen = .help(help)
    } else {
      notice = Notice("Pasted text goes into a line: open one first (n)", .problem)
    }
    return []
  }
}

extension Action {
  /// These act even while a line is being typed.
  static let alwaysWork: Set<Action> = [.suspend, .repaint]
}

// MARK: - Time and the log

extension State {
  mutating func tick(_ now: Instant) -> [Effect] {
    let isNewDay = desk.zone.civil(self.now).date != desk.zone.civil(now).date
    let isNewMinute = self.now.milliseconds / 60_000 != now.milliseconds / 60_000
    // A clock that is put back must not put a draft off.
    if now < self.now, let due = draftDue { draftDue = due + (now - self.now) }
    self.now = now
    if isNewDay {
      register.turn(to: now)
      boardHasChanged([])
    }
    let effects = remindInTime()
    refreshFigures()
    if isNewMinute { renewOnCallProposals() }
    if !effects.isEmpty { settleScreen() }
    if let due = draftDue, due <= now { return effects + keepDraft() }
    return effects
  }

  @discardableResult
  mutating func take(_ records: [Record]) -> [Effect] {
    let touched = register.take(records)
    let effects = remind(of: touched)
    boardHasChanged(touched)
    settleScreen()
    return effects
  }

  mutating func appended(_ token: Int, _ records: [Record]) -> [Effect] {
    let effects = take(records)
    if let others = pastedAppended(token, records) { return effects + others }
    guard let composer, composer.waiting == token else { return effects }
    self.composer = nil
    draftDue = nil
    if let text = records.first?.entry.text { history.append(text) }
    follow(records)
    if let first = records.first {
      let time = desk.clock.time(first.entry.at.instant)
      let undo = desk.keymap.bindings(in: screen.place).first { $0.action == .undo }?.keys.first
      let back = undo.map { " · \($0.name) takes it back" } ?? ""
      notice = Notice("logged \(time) as \(first.ref)\(back)", .good)
    }
    let names = composer.purpose.draftsBehind.filter { drafts[$0] != nil }
    for name in names { drafts[name] = nil }
    return effects + names.map { .dropDraft(name: $0) }
  }

  /// Goes to what was just logged, and selects it there.
  private mutating func follow(_ records: [Record]) {
    guard let said = records.first(where: { $0.entry.kind != .opened }) ?? records.first,
      let id = said.entry.incident
    else { return }
    if case .incident(var incident) = screen, incident.id == id {
      if !said.entry.kind.isControl {
        incident.select(said.ref)
        incident.follows = incident.rows(journal).last?.ref == said.ref
      }
      screen = .incident(incident)
    } else if case .board = screen {
      var incident = IncidentScreen(id, selecting: said.ref)
      incident.follows = incident.rows(journal).last?.ref == said.ref
      screens.append(.incident(incident))
    }
    settleScreen()
  }

  mutating func refused(_ token: Int, _ sentence: String) -> [Effect] {
    if pastedRefused(token, sentence) { return [.bell] }
    guard composer?.waiting == token else {
      notice = Notice(sentence, .problem)
      return [.bell]
    }
    composer?.waiting = nil
    composer?.problem = sentence
    return keepDraft() + [.bell]
  }

  mutating func edited(_ text: String) -> [Effect] {
    guard composer != nil else { return [] }
    composer?.replaceText(text)
    return keepDraft()
  }
}
