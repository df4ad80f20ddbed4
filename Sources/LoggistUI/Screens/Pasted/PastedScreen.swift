package import LoggistModel
import Terminal

/// Several lines that were pasted, each of them an entry, before any of them is logged.
package struct PastedScreen: Sendable, Hashable {
  /// Where they go; nil opens a new incident from the first.
  package internal(set) var incident: IncidentID?
  package internal(set) var lines: [PastedEntry]
  package internal(set) var selected = 0
  var top = 0
  /// When they were pasted: what `now` and a time without a day mean in them.
  let pasted: Instant
  /// The incidents that Tab goes through, and the new one.
  var targets: [IncidentID?]
  /// The submission that has not been answered yet.
  var waiting: Int?
  /// The question that a second Enter answers with yes.
  var asked: Question?
}

/// One line of a paste: what it would be logged as.
package struct PastedEntry: Sendable, Hashable {
  package internal(set) var preview: EntryLinePreview
  /// It stays out.
  package internal(set) var isLeftOut = false
  /// The entry that says the same already.
  var twin: EntryRef?
}

extension PastedScreen {
  /// What goes into the log.
  var chosen: [PastedEntry] { lines.filter { !$0.isLeftOut } }

  var draftName: String { PastedScreen.draftName(incident) }

  static func draftName(_ incident: IncidentID?) -> String {
    incident.map { "pasted \($0)" } ?? "pasted"
  }

  static func isDraftName(_ name: String) -> Bool {
    name == draftName(nil)
      || name.hasPrefix("pasted ") && IncidentID(String(name.dropFirst(7))) != nil
  }
}

// MARK: - Opening it

extension State {
  /// Whether a pasted text is several entries where it comes in: not where prose is written, not in a correction.
  func isSeveralEntries(_ text: String) -> Bool {
    let lines = text.split(whereSeparator: \.isNewline).filter { line in
      line.contains { !$0.isWhitespace }
    }
    guard lines.count > 1, !desk.isReadOnly else { return false }
    switch composer?.purpose {
    case .call: return true
    case .entry(let kind, _): return PastedScreen.kinds.contains(kind)
    case nil:
      switch screen {
      case .board, .incident: return true
      default: return false
      }
    default: return false
    }
  }

  /// Opens the review of a pasted text; what was being typed stays as a draft.
  mutating func openPasted(_ text: String) -> [Effect] {
    var effects = keepDraft()
    var (incident, kind) = (openIncident?.id, Kind.note)
    if case .entry(let own, let id) = composer?.purpose { (kind, incident) = (own, id) }
    if composer?.purpose == .call { incident = composer?.match }
    composer = nil
    let previews = EntryLine.readLines(text, as: kind, in: desk.lineContext(now: now))
    if previews.isEmpty {
      notice = Notice("Nothing in what was pasted is an entry", .problem)
      return effects
    }
    let waiting = waitingLines(incident)
    let lines = waiting + previews.map { PastedEntry(preview: $0) }
    var screen = PastedScreen(
      incident: incident, lines: lines, pasted: now, targets: targets(text, incident))
    screen.selected = waiting.count
    effects += show(screen)
    if !waiting.isEmpty {
      notice = Notice("\(counted(waiting.count)) pasted before and not logged yet: above these")
    }
    return effects + keepPasted()
  }

  /// The lines of a review that was left: a second paste joins them. Each keeps the time that it had.
  private func waitingLines(_ incident: IncidentID?) -> [PastedEntry] {
    guard let draft = drafts[PastedScreen.draftName(incident)],
      let lines = PastedScreen.lines(draft, desk.lineContext(now: draft.opened))
    else { return [] }
    return lines.map { line in
      var timed = line
      timed.preview.hasTime = true
      return timed
    }
  }

  private func counted(_ lines: Int) -> String { lines == 1 ? "1 line" : "\(lines) lines" }

  /// Opens a review that was left; false where none was.
  mutating func reopenPasted(_ incident: IncidentID?) -> Bool {
    guard let draft = drafts[PastedScreen.draftName(incident)],
      let lines = PastedScreen.lines(draft, desk.lineContext(now: draft.opened))
    else { return false }
    _ = show(
      PastedScreen(
        incident: incident, lines: lines, pasted: draft.opened,
        targets: targets(lines.compactMap(\.preview.text).joined(separator: " "), incident)))
    notice = Notice("pasted at \(desk.clock.time(draft.opened)) and not logged yet")
    return true
  }

  private mutating func show(_ screen: PastedScreen) -> [Effect] {
    screens.append(.pasted(screen))
    markTwins()
    settleScreen()
    return []
  }

  private func targets(_ text: String, _ incident: IncidentID?) -> [IncidentID?] {
    var targets: [IncidentID?] = [incident]
    // Where another review waits there is no room for this one's draft.
    for id in [nil] + callMatches(text).map(Optional.some)
    where !targets.contains(id) && drafts[PastedScreen.draftName(id)] == nil {
      targets.append(id)
    }
    return targets
  }

  /// What stands in the log already, from an earlier paste of the same notes, is left out unless somebody says else.
  private mutating func markTwins() {
    guard case .pasted(var screen) = screen else { return }
    let known = screen.incident.flatMap { journal.incidents[$0] }?.entries ?? []
    let byText = Dictionary(grouping: known) { $0.entry.text ?? "" }
    for place in screen.lines.indices {
      let line = screen.lines[place]
      let text = line.preview.text ?? ""
      let twin = byText[text]?.first { !text.isEmpty && $0.at == line.preview.at.instant }
      if (twin != nil) != (line.twin != nil) { screen.lines[place].isLeftOut = twin != nil }
      screen.lines[place].twin = twin?.ref
    }
    self.screen = .pasted(screen)
  }
}

// MARK: - Its draft

extension State {
  /// What was pasted and what was done to it outlives this program until it is logged.
  mutating func keepPasted() -> [Effect] {
    guard case .pasted(let screen) = screen else { return [] }
    let context = desk.lineContext(now: screen.pasted)
    let text = screen.lines.map { line in
      let mark = line.isLeftOut ? "-" : "+"
      return "\(mark)\(line.preview.kind.name) \(EntryLine.format(line.preview, in: context))"
    }.joined(separator: PastedScreen.separator)
    let draft = Draft(
      name: screen.draftName, text: text, cursor: screen.selected, opened: screen.pasted)
    if drafts[draft.name] == draft { return [] }
    drafts[draft.name] = draft
    return [.keepDraft(draft)]
  }
}

extension PastedScreen {
  /// ASCII's record separator: entries may have several lines.
  fileprivate static let separator = "\u{1E}"

  fileprivate static func lines(_ draft: Draft, _ context: EntryLineContext) -> [PastedEntry]? {
    let lines = draft.text.components(separatedBy: separator).compactMap { record -> PastedEntry? in
      let words = record.dropFirst().split(
        separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
      let kind = Kind(name: words.first.map(String.init) ?? "")
      guard words.count == 2, kind.isKnown else { return nil }
      let preview = EntryLine.read(String(words[1]), as: kind, in: context)
      return PastedEntry(preview: preview, isLeftOut: record.hasPrefix("-"))
    }
    return lines.isEmpty ? nil : lines
  }

  /// The kinds that notes of a night are made of; the keys are those of the incident.
  static let kinds: Set<Kind> = [
    .note, .observation, .check, .change, .complaint, .diagnosis, .mitigation, .restored,
    .resolved, .escalated, .acknowledged, .noticed, .impact, .comms,
  ]
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}

// MARK: - Its keys

extension State {
  mutating func performInPasted(_ action: Action) -> [Effect] {
    guard case .pasted(var screen) = screen, screen.waiting == nil else { return [] }
    func select(_ place: Int) {
      screen.selected = min(max(place, 0), screen.lines.count - 1)
    }
    switch action {
    case .up: select(screen.selected - 1)
    case .down: select(screen.selected + 1)
    case .pageUp: select(screen.selected - max(areas.body.count - 2, 1))
    case .pageDown: select(screen.selected + max(areas.body.count - 2, 1))
    case .first: select(0)
    case .last: select(screen.lines.count - 1)
    case .strike:
      screen.lines[screen.selected].isLeftOut.toggle()
      select(screen.selected + 1)
    case .correct:
      let preview = screen.lines[screen.selected].preview
      let line = correctable(preview, at: screen.pasted)
      openComposer(.pastedLine(screen.selected), text: line)
      return []
    case .otherTarget:
      let old = draftOfPasted()
      let place = screen.targets.firstIndex(of: screen.incident) ?? 0
      screen.incident = screen.targets[(place + 1) % screen.targets.count]
      self.screen = .pasted(screen)
      markTwins()
      settleScreen()
      return keepPasted() + old
    case .open: return logPasted()
    default:
      if let kind = action.kind, PastedScreen.kinds.contains(kind) {
        screen.lines[screen.selected].preview = screen.lines[screen.selected].preview.turned(
          into: kind)
      }
    }
    screen.asked = nil
    self.screen = .pasted(screen)
    settleScreen()
    return keepPasted()
  }

  /// The draft has its incident's name: under another one it is another draft.
  private mutating func draftOfPasted() -> [Effect] {
    guard case .pasted(let screen) = screen else { return [] }
    drafts[screen.draftName] = nil
    return [.dropDraft(name: screen.draftName)]
  }

  /// The line as it was changed in the composer.
  mutating func pastedLine(_ place: Int, reads line: String) -> [Effect] {
    guard case .pasted(var screen) = screen, screen.lines.indices.contains(place) else { return [] }
    let kind = screen.lines[place].preview.kind
    var preview = EntryLine.read(line, as: kind, in: desk.lineContext(now: screen.pasted))
    if let problem = preview.problem {
      composer?.problem = problem.sentence(desk.clock)
      return [.bell]
    }
    if !preview.hasTime { (preview.at, preview.hasTime) = (screen.lines[place].preview.at, true) }
    screen.lines[place] = PastedEntry(preview: preview)
    screen.asked = nil
    composer = nil
    self.screen = .pasted(screen)
    settleScreen()
    return keepPasted()
  }

  mutating func settlePasted() {
    guard case .pasted(var screen) = screen else { return }
    screen.selected = min(max(screen.selected, 0), max(screen.lines.count - 1, 0))
    screen.top = scrolled(
      top: screen.top, selected: screen.selected, count: screen.lines.count,
      height: areas.body.count
    ) { _ in 1 }
    self.screen = .pasted(screen)
  }
}

extension EntryLinePreview {
  /// The same words as another kind; fields that it does not have go.
  func turned(into kind: Kind) -> EntryLinePreview {
    var turned = self
    turned.kind = kind
    turned.fields = fields.filter { member in
      Field(rawValue: member.name).map { kind.rule.has($0) } ?? false
    }
    return turned
  }
}
