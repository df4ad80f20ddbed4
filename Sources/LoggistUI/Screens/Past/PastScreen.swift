package import LoggistModel
import Terminal

/// An incident as it was known at a moment of the log: a walk through the log's own time, entry by entry as they
/// were logged.
package struct PastScreen: Sendable, Hashable {
  package let id: IncidentID
  /// Everything ever recorded about the incident, taken when the screen was opened.
  private(set) var account: IncidentAccount
  /// A place in `account.steps`.
  package private(set) var step: Int
  /// As it was known then; nil before anybody knew of it.
  private(set) var figures: IncidentFigures?
  /// What was recorded last says something about these entries.
  private(set) var added: Set<EntryRef> = []
  var selected: EntryRef?
  /// The first entry on the screen.
  var top: EntryRef?
  /// The incident as the account knows it in the end.
  private let latest: Incident?
  /// More has been recorded since the screen was opened.
  private(set) var isStale = false

  init(_ journal: Journal, _ id: IncidentID, desk: Desk) {
    self.id = id
    account = journal.account(of: id)
    latest = journal.incidents[id]
    step = max(account.steps.count - 1, 0)
    show(step, desk)
  }

  /// What had been recorded last.
  var record: Record? {
    account.steps.indices.contains(step) ? account.records[account.steps[step] - 1] : nil
  }

  /// Goes to another step. Cost: linear in the incident's records up to there.
  mutating func show(_ step: Int, _ desk: Desk) {
    self.step = min(max(step, 0), max(account.steps.count - 1, 0))
    guard let record else { return }
    let journal = account.journal(knowing: account.steps[self.step])
    figures = journal.incidents[id].map {
      IncidentFigures($0, asOf: record.logged, me: desk.me, clock: desk.clock)
    }
    added = [record.ref]
    if let subject = record.entry.ref, record.entry.kind.isControl { added.insert(subject) }
    selected = rows.last { added.contains($0.ref) }?.ref ?? rows.last?.ref
    top = nil
  }

  /// Struck entries too: what was struck is part of what was known.
  var rows: [EffectiveEntry] { figures?.incident.all ?? [] }

  /// Says whether the log has gone on.
  mutating func compare(to incident: Incident?) { isStale = incident != latest }
}

extension State {
  mutating func openPast() {
    guard let id = openIncident?.id else { return }
    screens.append(.past(PastScreen(journal, id, desk: desk)))
    settleScreen()
  }

  mutating func performInPast(_ action: Action) -> [Effect] {
    guard case .past(var past) = screen else { return [] }
    switch action {
    case .earlier: past.show(past.step - 1, desk)
    case .later: past.show(past.step + 1, desk)
    case .first: past.show(0, desk)
    case .last:
      if past.isStale { past = PastScreen(journal, past.id, desk: desk) }
      past.show(past.account.steps.count - 1, desk)
    case .up: select(-1, in: &past)
    case .down: select(1, in: &past)
    case .pageUp: select(-max(areas.body.count - 4, 1), in: &past)
    case .pageDown: select(max(areas.body.count - 4, 1), in: &past)
    default: break
    }
    screen = .past(past)
    settleScreen()
    return []
  }

  private func select(_ steps: Int, in past: inout PastScreen) {
    let rows = past.rows
    guard !rows.isEmpty else { return }
    let place = rows.firstIndex { $0.ref == past.selected } ?? rows.count - 1
    past.selected = rows[min(max(place + steps, 0), rows.count - 1)].ref
  }

  mutating func settlePast() {
    guard case .past(var past) = screen else { return }
    past.compare(to: journal.incidents[past.id])
    let rows = past.rows
    let layout = past.layout(self)
    let height = past.areas(areas.body).timeline.count
    let selected = rows.firstIndex { $0.ref == past.selected } ?? max(rows.count - 1, 0)
    let top = rows.firstIndex { $0.ref == past.top } ?? max(selected - height, 0)
    let first = scrolled(top: top, selected: selected, count: rows.count, height: height) {
      layout.height($0)
    }
    past.top = rows.indices.contains(first) ? rows[first].ref : nil
    screen = .past(past)
  }
}
