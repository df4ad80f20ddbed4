import LoggistModel
import Terminal

extension State {
  /// Brings an incident's screen to what the log says now: its figures, the selected entry, what shows.
  mutating func settle(_ screen: inout IncidentScreen) {
    guard let incident = journal.incidents[screen.id] else { return }
    let figures = figures(screen, incident)
    screen.figures = figures
    let rows = screen.rows(journal)
    let found = screen.follows ? nil : rows.firstIndex { $0.ref == screen.selected }
    let selected = found ?? max(rows.count - 1, 0)
    if found == nil { screen.selected = rows.last?.ref }
    let height = areas.body.count - IncidentScreen.headRows(areas, figures)
    let top = rows.firstIndex { $0.ref == screen.top } ?? max(selected - height, 0)
    let layout = screen.layout(self, figures, rows)
    let first = scrolled(top: top, selected: selected, count: rows.count, height: height) {
      layout.height($0)
    }
    screen.top = rows.indices.contains(first) ? rows[first].ref : nil
    screen.details?.settle(
      figures.details, width: DetailsPane.width(size), height: height)
    self.screen = .incident(screen)
  }

  /// The clock has gone on: what runs is shown anew each minute, what entries changed at once or a second later.
  mutating func refreshFigures() {
    guard case .incident(var screen) = screen, let incident = journal.incidents[screen.id],
      screen.figures?.isCurrent(incident, now: now, me: desk.me) != true
    else { return }
    settle(&screen)
  }
}
