package import LoggistModel
import Terminal

/// Everything that was ever logged, by words, as they are typed: the latest first, in slices while nobody types.
package struct SearchScreen: Sendable, Hashable {
  package internal(set) var query = LineEditor()
  /// The latest first; at most `limit`.
  package internal(set) var hits: [EntryRef] = []
  package internal(set) var place = 0
  var top = 0
  /// Struck entries too: on demand alone.
  package internal(set) var includesStruck = false
  package internal(set) var hasMore = false
  private var search: Search?
  private var sought: SearchIndex.Query?
  /// Entries from here on have been looked at; below it lies what is left.
  private var looked = 0
  /// How many entries there were.
  private var total = 0
  static let limit = 200
  /// Entries of a slice: some milliseconds, as texts that are not ASCII take their time.
  private static let slice = 128

  package init() {}

  var isDone: Bool { search == nil || looked == 0 || hasMore }

  /// Looks anew; the first slice at once, so that the hits stand there with the letter.
  mutating func look(in register: Register) {
    (hits, place, top, hasMore) = ([], 0, 0, false)
    total = register.journal.records.count
    looked = total
    search = Search(query.text)
    sought = search.map { SearchIndex.Query($0) }
    work(register)
  }

  /// Looks at the next entries.
  mutating func work(_ register: Register) {
    guard let search, let sought else { return }
    var left = SearchScreen.slice
    while left > 0, !isDone {
      guard let block = register.index.lastBlock(before: looked, with: sought) else {
        looked = 0
        return
      }
      for place in block.reversed() {
        looked = place
        left -= 1
        guard matches(place, search, register) else { continue }
        if hits.count == SearchScreen.limit {
          hasMore = true
          return
        }
        hits.append(register.journal.entry(at: place).ref)
      }
    }
  }

  /// Takes in what has been logged since.
  mutating func follow(_ register: Register) {
    let count = register.journal.records.count
    defer { total = count }
    guard let search else { return }
    if count < total { return look(in: register) }
    for new in total..<count where matches(new, search, register) {
      hits.insert(register.journal.entry(at: new).ref, at: 0)
      if place > 0 { place += 1 }
    }
    if hits.count > SearchScreen.limit {
      hits.removeLast(hits.count - SearchScreen.limit)
      hasMore = true
    }
  }

  private func matches(_ place: Int, _ search: Search, _ register: Register) -> Bool {
    let entry = register.journal.entry(at: place)
    if entry.isStruck, !includesStruck { return false }
    let title = entry.incident.flatMap { register.journal.incidents[$0]?.title } ?? ""
    return search.matches(entry, title: title)
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
    search.look(in: register)
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
      guard let hit = journal.entry(search.hits[search.place]) else { return [] }
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
