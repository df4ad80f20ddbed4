package import LoggistModel
import Terminal

/// One incident's timeline.
package struct IncidentScreen: Sendable, Hashable {
  package let id: IncidentID
  package internal(set) var selected: EntryRef?
  /// The first entry on the screen.
  var top: EntryRef?
  /// The last entry is selected and stays so while entries arrive.
  package internal(set) var follows = true
  package internal(set) var showsStruck = false
  /// Properties, complaints and measures, where they are shown.
  var details: DetailsPane?
  /// What is computed of the whole incident; the screen is right without it, only slower.
  var figures: IncidentFigures?

  package init(_ id: IncidentID, selecting selected: EntryRef? = nil) {
    (self.id, self.selected) = (id, selected)
    follows = selected == nil
  }

  mutating func select(_ ref: EntryRef) {
    selected = ref
    follows = false
  }

  /// The entries as they stand on the screen.
  func rows(_ journal: Journal) -> [EffectiveEntry] {
    guard let incident = journal.incidents[id] else { return [] }
    return showsStruck ? incident.all : incident.entries
  }
}

extension State {
  mutating func performOnIncident(_ action: Action) -> [Effect] {
    guard case .incident(var screen) = screen else { return [] }
    if let kind = action.kind { return compose(kind, action, on: screen) }
    if performInDetails(action, &screen) { return [] }
    let rows = screen.rows(journal)
    let place = rows.firstIndex { $0.ref == screen.selected } ?? max(rows.count - 1, 0)
    func select(_ place: Int) {
      if !rows.isEmpty { screen.select(rows[min(max(place, 0), rows.count - 1)].ref) }
    }
    switch action {
    case .up: select(place - 1)
    case .down: select(place + 1)
    case .pageUp: select(place - max(areas.body.count - 2, 1))
    case .pageDown: select(place + max(areas.body.count - 2, 1))
    case .first: select(0)
    case .last:
      select(rows.count - 1)
      screen.follows = true
    case .showStruck: screen.showsStruck.toggle()
    case .details: screen.details = DetailsPane()
    case .postMortem: return [.writePostMortem(screen.id)]
    case .correct:
      guard let entry = selectedEntry(screen, rows, place) else { return [] }
      openComposer(.correction(entry.ref), text: correctable(entry.entry))
      return []
    case .strike:
      guard let entry = selectedEntry(screen, rows, place) else { return [] }
      openComposer(.strike(entry.ref))
      return []
    case .redact:
      guard let entry = selectedEntry(screen, rows, place) else { return [] }
      if entry.entry.isRedacted {
        notice = Notice("\(entry.ref) is blank already")
      } else {
        openComposer(.redaction(entry.ref))
      }
      return []
    case .attach:
      if let ref = screen.selected { openComposer(.attach(ref)) }
      return []
    case .detach:
      if let ref = screen.selected { openComposer(.entry(.detached, screen.id), ref: ref) }
      return []
    case .undo:
      guard let mine = myLastEntry(on: screen.id) else { return [] }
      openComposer(.strike(mine.ref), text: "logged by mistake")
      return []
    default: break
    }
    self.screen = .incident(screen)
    settleScreen()
    return []
  }

  private mutating func compose(
    _ kind: Kind, _ action: Action, on screen: IncidentScreen
  ) -> [Effect] {
    let incident = journal.incidents[screen.id]
    let selected = screen.selected
    var ref: EntryRef?
    switch kind {
    case .engaged:
      let open = incident?.openEscalations ?? []
      ref = open.first { $0.ref == selected }?.ref ?? open.last?.ref
    case .informed:
      let waiting = incident?.callbacks ?? []
      let chosen = incident?.complaints.first { $0.ref == selected }
      ref = waiting.first { $0.ref == selected }?.ref ?? waiting.first?.ref ?? chosen?.ref
    default: break
    }
    openComposer(.entry(kind, screen.id), ref: ref)
    if action == .priority, composer?.editor.isEmpty == true {
      composer?.asksForPriority = true
    }
    return []
  }

  /// The line that an entry would have been typed as, with the shortest time that reads back as the same.
  func correctable(_ entry: Entry) -> String {
    correctable(EntryLinePreview(entry), at: now)
  }

  func correctable(_ preview: EntryLinePreview, at now: Instant) -> String {
    let context = desk.lineContext(now: now)
    var timeless = preview
    timeless.hasTime = false
    let words = EntryLine.format(timeless, in: context)
    let at = preview.at.instant
    let short = ["", "\(desk.clock.date(at)) "].map { "\($0)\(desk.clock.time(at)) \(words)" }
    let same = short.first { EntryLine.read($0, as: preview.kind, in: context).isSame(as: preview) }
    return same ?? EntryLine.format(preview, in: context)
  }

  /// The last entry of mine that counts and says something.
  func myLastEntry(on id: IncidentID) -> EffectiveEntry? {
    journal.incidents[id]?.entries.filter { $0.author == desk.me }
      .max { $0.record.order < $1.record.order }
  }

  /// Why an action cannot be done now, in words; nil where it can.
  package func reasonAgainst(_ action: Action) -> String? {
    let writes =
      action.kind != nil
      || [
        .newCall, .correct, .strike, .redact, .undo, .attach, .detach, .measureDoing, .measureDone,
        .measureDropped,
      ].contains(action)
    if writes, desk.isReadOnly { return "Nothing can be logged here: the log can only be read" }
    switch action {
    case .goToReminder, .putOffReminder:
      if reminding.active.isEmpty { return "There is nothing to be reminded of now" }
    default: break
    }
    if case .callbacks(let calls) = screen { return reasonAgainst(action, calls) }
    if case .output(let output) = screen { return reasonAgainst(action, output) }
    if let reason = reasonAgainstInMetrics(action) ?? reasonAgainstInMeasures(action) {
      return reason
    }
    if let reason = shiftReasonAgainst(action) { return reason }
    guard case .incident(let screen) = screen, let incident = journal.incidents[screen.id] else {
      return nil
    }
    switch action {
    case .engaged where !figures(screen, incident).hasOpenEscalations:
      return "No escalation waits for an answer"
    case .informed where incident.complaints.isEmpty: return "Nobody called about this incident"
    case .informed where incident.callbacks.isEmpty:
      // Somebody may be called back who did not ask for it.
      let isComplaint = screen.selected.flatMap { journal.entry($0) }?.kind == .complaint
      return isComplaint
        ? nil : "Nobody waits to be called back: select a call to log it all the same"
    case .undo where !figures(screen, incident).hasMine: return "You have logged nothing here"
    case .reopened where incident.status.isOpen: return "It is open"
    case .attach, .detach:
      let isComplaint = screen.selected.flatMap { journal.entry($0) }?.kind == .complaint
      return isComplaint ? nil : "Select a complaint first"
    case .open where detailsEntry(screen) == nil:
      return "Tab shows the details; Enter there goes to a complaint's or a measure's entry"
    case .correct, .strike, .redact:
      let isInDetails = screen.details?.isFocused == true && detailsEntry(screen) == nil
      return isInDetails ? "Select a complaint or a measure, or press Tab for the timeline" : nil
    default: return nil
    }
  }
}
