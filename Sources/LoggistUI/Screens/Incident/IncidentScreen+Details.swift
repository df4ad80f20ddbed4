import LoggistModel
import Terminal

extension State {
  /// Movement and Enter while the details have the keys; false where the action is not theirs.
  mutating func performInDetails(_ action: Action, _ screen: inout IncidentScreen) -> Bool {
    guard var details = screen.details, let incident = journal.incidents[screen.id] else {
      return false
    }
    if action == .details {
      // Closed, in the pane, beside it: each Tab goes one on.
      let staysOpen = details.isFocused && DetailsPane.isBeside(size)
      details.isFocused = false
      screen.details = staysOpen ? details : nil
      settle(&screen)
      return true
    }
    guard details.isFocused else { return false }
    let rows = figures(screen, incident).details
    let page = max(areas.body.count - 3, 1)
    switch action {
    case .up: details.move(by: -1, in: rows)
    case .down: details.move(by: 1, in: rows)
    case .pageUp: details.move(by: -page, in: rows)
    case .pageDown: details.move(by: page, in: rows)
    case .first: details.move(by: -rows.count, in: rows)
    case .last: details.move(by: rows.count, in: rows)
    case .open:
      if let entry = detailsEntry(screen) { goTo(entry, from: &screen) }
      return true
    default: return false
    }
    screen.details = details
    settle(&screen)
    return true
  }

  /// Esc in the details goes back to the timeline; false where they have not got the keys.
  mutating func leaveDetails() -> Bool {
    guard case .incident(var screen) = screen, screen.details?.isFocused == true else {
      return false
    }
    screen.details = nil
    settle(&screen)
    return true
  }

  /// The entry behind the selected row of the details.
  func detailsEntry(_ screen: IncidentScreen) -> EffectiveEntry? {
    guard let details = screen.details, details.isFocused,
      let incident = journal.incidents[screen.id]
    else { return nil }
    let rows = figures(screen, incident).details
    guard rows.indices.contains(details.selected) else { return nil }
    return rows[details.selected].ref.flatMap { journal.entry($0) }
  }

  /// The entry that is to be corrected or struck: that of the pane which has the keys.
  func selectedEntry(
    _ screen: IncidentScreen, _ rows: [EffectiveEntry], _ place: Int
  ) -> EffectiveEntry? {
    if screen.details?.isFocused == true { return detailsEntry(screen) }
    return rows.indices.contains(place) ? rows[place] : nil
  }

  /// Selects an entry in the timeline where it stands; one of a merged incident stands in its own.
  private mutating func goTo(_ entry: EffectiveEntry, from screen: inout IncidentScreen) {
    if DetailsPane.isBeside(size) {
      screen.details?.isFocused = false
    } else {
      screen.details = nil
    }
    if entry.incident == screen.id {
      screen.select(entry.ref)
      settle(&screen)
    } else if let id = entry.incident {
      settle(&screen)
      screens.append(.incident(IncidentScreen(id, selecting: entry.ref)))
      settleScreen()
    }
  }
}
