package import LoggistModel
import Terminal

/// The shift's end and start: what the next shift has to know, who gave it, who accepted it.
package struct HandoverScreen: Sendable, Hashable {
  /// What was gathered when the text was drawn up.
  package private(set) var shift: Shift
  /// How many records the log had then.
  private let count: Int
  /// The text; nil while it is being written.
  var paper: Paper?
  /// The place of the earlier handover that is selected, where their list is shown instead of the text.
  package internal(set) var listed: Int?
  var top = 0
  /// The earlier handover whose own text is shown.
  package internal(set) var shown: EntryRef?

  package var lines: [String]? { paper?.lines }

  init(_ shift: Shift, count: Int) {
    (self.shift, self.count) = (shift, count)
  }

  func isStale(_ journal: Journal) -> Bool { journal.records.count != count }
}

extension State {
  mutating func openHandover() -> [Effect] {
    let (screen, effects) = drawUp()
    screens.append(.handover(screen))
    settleScreen()
    return effects
  }

  /// Cost: linear in the number of incidents; so it is done when somebody asks for it.
  private func drawUp() -> (HandoverScreen, [Effect]) {
    let shift = Shift(
      journal, since: handovers.shiftStart(at: now), now: now, zone: desk.zone)
    return (
      HandoverScreen(shift, count: journal.records.count),
      [.drawUp(shift, handovers.last, width: paperWidth)]
    )
  }

  /// Takes in the text that was asked for.
  mutating func drawnUp(_ lines: [String]) {
    guard case .handover(var handover) = screen else { return }
    handover.paper = Paper(lines: lines, top: handover.paper?.top ?? 0)
    screen = .handover(handover)
    settleHandover()
  }

  mutating func performInHandover(_ action: Action) -> [Effect] {
    guard case .handover(var handover) = screen else { return [] }
    switch action {
    case .give:
      openComposer(.handover)
      return []
    case .accept:
      if let waiting = handovers.waiting { openComposer(.acceptance(waiting.ref)) }
      return []
    case .refresh:
      let (screen, effects) = drawUp()
      self.screen = .handover(screen)
      settleHandover()
      return effects
    case .details:
      handover.shown = nil
      handover.listed = handover.listed == nil ? max(handovers.all.count - 1, 0) : nil
    case .open:
      if let place = handover.listed, handovers.all.indices.contains(place) {
        handover.shown = handovers.all[place].ref
        handover.top = 0
      }
    default: move(action, in: &handover)
    }
    screen = .handover(handover)
    settleHandover()
    return []
  }

  private func move(_ action: Action, in handover: inout HandoverScreen) {
    if let ref = handover.shown {
      var paper = Paper(lines: handovers[ref].map { givenText($0) } ?? [], top: handover.top)
      paper.scroll(action, height: handoverHeight)
      handover.top = paper.top
    } else if let place = handover.listed {
      let steps: Int =
        switch action {
        case .up: -1
        case .down: 1
        case .pageUp: -handoverHeight
        case .pageDown: handoverHeight
        case .first: -handovers.all.count
        case .last: handovers.all.count
        default: 0
        }
      // The last one given stands at the top.
      handover.listed = min(max(place - steps, 0), max(handovers.all.count - 1, 0))
    } else {
      handover.paper?.scroll(action, height: handoverHeight)
    }
  }

  /// One row says how things stand with the last handover.
  var handoverHeight: Int { max(areas.body.count - 1, 1) }

  mutating func settleHandover() {
    guard case .handover(var handover) = screen else { return }
    handover.paper?.settle(height: handoverHeight)
    if let ref = handover.shown, handovers[ref] == nil { handover.shown = nil }
    if let place = handover.listed, handover.shown == nil {
      handover.listed = min(place, max(handovers.all.count - 1, 0))
      handover.top = scrolled(
        top: handover.top, selected: handovers.all.count - 1 - (handover.listed ?? 0),
        count: handovers.all.count, height: handoverHeight
      ) { _ in 1 }
    }
    screen = .handover(handover)
  }

  /// Esc goes from a handover to the list, from the list to the text; false where it leads out.
  mutating func leaveHandovers() -> Bool {
    guard case .handover(var handover) = screen, handover.listed != nil else { return false }
    if handover.shown == nil { handover.listed = nil }
    handover.shown = nil
    screen = .handover(handover)
    settleHandover()
    return true
  }

  /// What opens in the editor: the line that is being typed, and below it the text, to be changed at will.
  func handoverText() -> String? {
    guard case .handover(let handover) = screen, composer == nil else { return nil }
    return (["", ""] + (handover.lines ?? [])).joined(separator: "\n")
  }
}

// MARK: - What was given

extension State {
  /// An earlier handover as it was given.
  func givenText(_ handover: Handovers.Handover) -> [String] {
    let clock = desk.clock
    let to = handover.to ?? "whoever comes"
    var lines = [
      "\(handover.ref), given by \(handover.from) to \(to)", "",
      "Given     \(clock.dateAndTime(handover.entry.at))",
    ]
    if let accepted = handover.accepted {
      lines.append(
        "Accepted  \(clock.dateAndTime(accepted.at)) by \(accepted.author) (\(accepted.ref))")
      if let text = accepted.entry.text { lines.append("          \(text)") }
    } else {
      lines.append("Accepted  not yet")
    }
    let open = handover.open.map { id in "\(id) \(journal.incidents[id]?.title ?? "")" }
    lines.append("Open      \(open.isEmpty ? "nothing" : open[0])")
    lines += open.dropFirst().map { "          \($0)" }
    for head in handover.entry.entry[.heads]?.members ?? [] {
      lines.append("Log head  \(head.name): \(head.value.string ?? head.value.text)")
    }
    if let text = handover.entry.entry.text {
      lines += [""] + text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    return lines
  }
}
