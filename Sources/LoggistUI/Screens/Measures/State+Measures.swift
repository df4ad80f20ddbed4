import LoggistModel

// What the keys of the measures screen do.

extension State {
  mutating func openMeasures() {
    screens.append(.measures(MeasuresScreen(of: journal)))
  }

  mutating func workOnMeasures() {
    guard case .measures(var measures) = screen else { return }
    // What it has found has one owner while it grows.
    screen = .board(BoardScreen())
    measures.work(journal, desk.zone)
    screen = .measures(measures)
  }

  mutating func performInMeasures(_ action: Action) -> [Effect] {
    guard case .measures(var measures) = screen else { return [] }
    let rows = measures.rows
    let place = rows.firstIndex { $0.ref == measures.selected } ?? 0
    let page = max(areas.body.count - 2, 1)
    func select(_ place: Int) {
      if !rows.isEmpty { measures.selected = rows[min(max(place, 0), rows.count - 1)].ref }
    }
    switch action {
    case .up: select(place - 1)
    case .down: select(place + 1)
    case .pageUp: select(place - page)
    case .pageDown: select(place + page)
    case .first: select(0)
    case .last: select(rows.count - 1)
    case .measuresOrder: measures.arrange(by: measures.order == .due ? .owner : .due)
    default:
      if rows.indices.contains(place) { perform(action, on: rows[place]) }
      return []
    }
    screen = .measures(measures)
    settleMeasures()
    return []
  }

  private mutating func perform(_ action: Action, on row: MeasureRow) {
    switch action {
    case .open:
      screens.append(.incident(IncidentScreen(row.incident, selecting: row.ref)))
      settleScreen()
    case .correct:
      guard let entry = journal.entry(row.ref)?.entry else { return }
      openComposer(.correction(row.ref), text: correctable(entry))
    case .measureDoing: askForProgress("doing", row)
    case .measureDone: askForProgress("done", row)
    case .measureDropped: askForProgress("dropped", row)
    default: break
    }
  }

  /// Opens the line for a remark; Enter alone logs the state.
  private mutating func askForProgress(_ word: String, _ row: MeasureRow) {
    openComposer(.entry(.measureUpdate, row.incident), ref: row.ref)
    let words = composer?.choices?.words ?? []
    composer?.choice = words.firstIndex(of: word) ?? 0
  }

  /// Why an action cannot be done on the measures screen now; nil where it can.
  func reasonAgainstInMeasures(_ action: Action) -> String? {
    guard case .measures(let measures) = screen else { return nil }
    switch action {
    case .open, .correct, .measureDoing, .measureDone, .measureDropped, .measuresOrder:
      if measures.rows.isEmpty {
        return measures.isWorking ? "The measures are being collected" : "No measure is open"
      }
      let row = measures.rows.first { $0.ref == measures.selected }
      if action == .measureDoing, row?.isBegun == true { return "Somebody is doing it already" }
      return nil
    default: return nil
    }
  }

  mutating func settleMeasures() {
    guard case .measures(var measures) = screen else { return }
    // Where the selected one has gone, the one behind it takes its place.
    let before = measures.rows.firstIndex { $0.ref == measures.selected } ?? 0
    measures.catchUp(with: journal, desk.zone)
    screen = .measures(measures)
    let rows = measures.rows
    guard !measures.isWorking, !rows.isEmpty else { return }
    if !rows.contains(where: { $0.ref == measures.selected }) {
      measures.selected = rows[min(before, rows.count - 1)].ref
    }
    let place = rows.firstIndex { $0.ref == measures.selected } ?? 0
    let top = rows.firstIndex { $0.ref == measures.top } ?? 0
    let layout = MeasuresLayout(state: self, screen: measures)
    let showing = scrolled(
      top: top, selected: place, count: rows.count,
      height: areas.body.count - (areas.body.count > 2 ? 1 : 0)
    ) { layout.height($0) }
    measures.top = rows[showing].ref
    screen = .measures(measures)
  }
}
