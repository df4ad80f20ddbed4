import LoggistModel
import Terminal

extension SearchScreen {
  func render(_ state: State, _ areas: Areas, into frame: inout Frame) {
    if let row = areas.header {
      let end = state.putClock(row: row, into: &frame)
      frame.put("Search", row: row, column: 0, width: end, style: .title)
    }
    guard !areas.body.isEmpty else { return }
    renderQuery(state, areas.body.lowerBound, into: &frame)
    for (offset, hit) in hits[min(top, hits.count)...].enumerated() {
      let row = areas.body.lowerBound + 1 + offset
      guard row < areas.body.upperBound else { break }
      guard let entry = state.journal.entry(hit) else { continue }
      render(entry, state, row, isSelected: top + offset == place, into: &frame)
    }
  }

  private func renderQuery(_ state: State, _ row: Int, into frame: inout Frame) {
    let used = frame.put("/ ", row: row, column: 0, style: .prompt)
    let count =
      query.isEmpty
      ? "type words · Tab: struck entries too"
      : "\(hits.count)\(hasMore ? "+" : "") found\(isDone ? "" : ", looking…")\(includesStruck ? ", struck ones too" : "")"
    let room = state.size.columns - CellWidth.of(count) - 2
    let showsCount = room > used + 10
    let view = EditorView(query, width: (showsCount ? room : state.size.columns) - used - 1)
    frame.put(view.text, row: row, column: used, style: .input)
    if showsCount { frame.put(count, row: row, column: room + 1, style: .muted) }
    frame.cursor = Position(row: row, column: used + view.cursor)
  }

  private func render(
    _ hit: EffectiveEntry, _ state: State, _ row: Int, isSelected: Bool, into frame: inout Frame
  ) {
    let clock = state.desk.clock
    let day = clock.shortDay(hit.at, seenFrom: state.now)
    let incident = hit.incident?.description ?? "–"
    let head = "\(pad(incident, to: 9)) \(day) \(clock.time(hit.at))  \(hit.kind.name)  "
    let style: Style = hit.isStruck ? .struck : .normal
    let used = frame.put(displaySafe(head), row: row, column: 2, style: .muted)
    let room = max(state.size.columns - used - 3, 0)
    frame.put(excerpt(hit.entry.phrase, room), row: row, column: 2 + used, style: style)
    if isSelected {
      frame.select(row: row)
      frame.put("▌", row: row, column: 0, style: Style(.prompt, isSelected: true))
    }
  }

  /// The part of a text that has what was looked for: a long one begins shortly before it.
  private func excerpt(_ text: String, _ room: Int) -> String {
    let whole = displaySafe(text)
    let shown = truncate(whole, to: room)
    guard shown != whole, let search = Search(query.text), let place = search.firstPlace(in: whole),
      CellWidth.of(String(whole.prefix(place))) + CellWidth.of(query.text) >= room
    else { return shown }
    var rest = whole.dropFirst(max(place - SearchScreen.lead, 0))
    // No room stays empty behind the end while something stands in front.
    while rest.startIndex > whole.startIndex {
      let longer = whole[whole.index(before: rest.startIndex)...]
      if CellWidth.of(String(longer)) >= room { break }
      rest = longer
    }
    return truncate("…" + rest, to: room)
  }

  /// Characters that stand in front of what was found, so that it can be read.
  private static let lead = 12
}
