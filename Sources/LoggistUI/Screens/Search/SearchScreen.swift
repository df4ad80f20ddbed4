package import LoggistModel
import Terminal

/// Everything that was ever logged, by words, as they are typed.
package struct SearchScreen: Sendable, Hashable {
  package internal(set) var query = LineEditor()
  /// The latest first; at most `limit`.
  package internal(set) var hits: [EffectiveEntry] = []
  package internal(set) var place = 0
  var top = 0
  /// Struck entries too: on demand alone.
  package internal(set) var includesStruck = false
  package internal(set) var hasMore = false

  static let limit = 200

  package init() {}

  /// Looks anew. Cost: linear in the log until the limit is reached.
  mutating func look(in journal: Journal) {
    (hits, place, top, hasMore) = ([], 0, 0, false)
    guard let search = Search(query.text) else { return }
    for record in journal.records.reversed() {
      guard let entry = journal.entry(record.ref), includesStruck || !entry.isStruck else {
        continue
      }
      let title = entry.incident.flatMap { journal.incidents[$0]?.title } ?? ""
      guard search.matches(entry, title: title) else { continue }
      if hits.count == SearchScreen.limit {
        hasMore = true
        return
      }
      hits.append(entry)
    }
  }

  mutating func settle(height: Int) {
    place = min(max(place, 0), max(hits.count - 1, 0))
    top = scrolled(top: top, selected: place, count: hits.count, height: height) { _ in 1 }
  }
}

extension State {
  mutating func pressInSearch(_ key: Key) -> [Effect] {
    guard case .search(var search) = screen else { return [] }
    if let action = desk.keymap.action(for: key, in: .search), !key.isTyping {
      return perform(action)
    }
    if key.code == .tab {
      search.includesStruck.toggle()
    } else if !search.query.edit(key) {
      return []
    }
    search.look(in: journal)
    screen = .search(search)
    settleScreen()
    return []
  }

  mutating func performInSearch(_ action: Action) -> [Effect] {
    guard case .search(var search) = screen else { return [] }
    switch action {
    case .up: search.place -= 1
    case .down: search.place += 1
    case .pageUp: search.place -= max(areas.body.count - 2, 1)
    case .pageDown: search.place += max(areas.body.count - 2, 1)
    case .open:
      guard search.hits.indices.contains(search.place) else { return [] }
      let hit = search.hits[search.place]
      guard let id = hit.incident else {
        notice = Notice("This entry belongs to no incident", .problem)
        return []
      }
      var incident = IncidentScreen(id, selecting: hit.ref)
      incident.showsStruck = hit.isStruck
      screens.append(.incident(incident))
      settleScreen()
      return []
    default: break
    }
    screen = .search(search)
    settleScreen()
    return []
  }
}

extension Key {
  /// A key that means itself in a line of text.
  var isTyping: Bool {
    if case .character = code { modifiers.isEmpty } else { false }
  }
}
