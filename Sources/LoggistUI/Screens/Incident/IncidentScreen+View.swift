import LoggistModel
import Terminal

extension IncidentScreen {
  func render(_ state: State, _ areas: Areas, into frame: inout Frame) {
    guard let incident = state.journal.incidents[id] else {
      if !state.isLoading {
        frame.put("\(id) is not in this log", row: areas.body.lowerBound, column: 2, style: .muted)
      }
      return
    }
    if let row = areas.header { renderHeader(state, incident, row, into: &frame) }
    let figures = state.figures(self, incident)
    let head = IncidentScreen.headRows(areas, figures)
    if head > 0 {
      figures.put(
        row: areas.body.lowerBound, columns: state.size.columns, now: state.now, into: &frame)
    }
    if head > 1 {
      figures.strip.put(
        row: areas.body.lowerBound + 1, column: 1, width: state.size.columns - 2, into: &frame)
    }
    let body = min(areas.body.lowerBound + head, areas.body.upperBound)..<areas.body.upperBound
    if details?.isFocused != true || DetailsPane.isBeside(state.size) {
      renderTimeline(state, figures, body, into: &frame)
    }
    if let details, details.isFocused || DetailsPane.isBeside(state.size) {
      let columns = state.size.columns - DetailsPane.width(state.size)..<state.size.columns
      details.render(
        figures.details, body, columns: columns, showsCursor: state.composer == nil, into: &frame)
    }
  }

  /// Rows between the title and the timeline: the figures, and the strip of phases where there is room for it.
  static func headRows(_ areas: Areas, _ figures: IncidentFigures) -> Int {
    if areas.body.count <= 4 { return 0 }
    return areas.body.count >= 8 && !figures.strip.segments.isEmpty ? 2 : 1
  }

  private func renderTimeline(
    _ state: State, _ figures: IncidentFigures, _ area: Range<Int>, into frame: inout Frame
  ) {
    let rows = rows(state.journal)
    let layout = layout(state, figures, rows)
    var line = area.lowerBound
    var place = rows.firstIndex { $0.ref == top } ?? 0
    while place < rows.count, line < area.upperBound {
      line = layout.put(place, at: line, until: area.upperBound, into: &frame)
      place += 1
    }
  }

  func layout(
    _ state: State, _ figures: IncidentFigures, _ rows: [EffectiveEntry]
  ) -> TimelineLayout {
    let isBeside = details != nil && DetailsPane.isBeside(state.size)
    return TimelineLayout(
      state: state, rows: rows, selected: selected, start: figures.start, over: figures.over,
      width: state.size.columns - (isBeside ? DetailsPane.width(state.size) : 0),
      isFocused: details?.isFocused != true)
  }

  private func renderHeader(
    _ state: State, _ incident: Incident, _ row: Int, into frame: inout Frame
  ) {
    let end = state.putClock(row: row, into: &frame)
    let title = displaySafe("\(id)  \(incident.title)")
    frame.put(truncate(title, to: max(end - 2, 0)), row: row, column: 0, style: .title)
  }
}
