import LoggistMetrics
import LoggistModel
import Terminal

// What the keys of the metrics screen do.

extension State {
  mutating func performInMetrics(_ action: Action) -> [Effect] {
    guard case .metrics(var metrics) = screen else { return [] }
    switch action {
    case .previousPeriod: return step(to: metrics.period.previous, on: metrics)
    case .nextPeriod: return step(to: metrics.period.next, on: metrics)
    case .period: openComposer(.period)
    case .refresh: show(metrics.period, on: metrics)
    case .grouping:
      metrics.regroup(by: metrics.grouping.following)
      screen = .metrics(metrics)
    case .plot:
      metrics.panel = metrics.panel == .distribution ? .hours : .distribution
      screen = .metrics(metrics)
    case .open: open(metrics)
    default:
      let height = max(areas.body.count - 2, 1)
      metrics.move(action, page: height)
      screen = .metrics(metrics)
      settleMetrics()
    }
    return []
  }

  private mutating func step(to period: Period?, on metrics: MetricsScreen) -> [Effect] {
    guard let period else {
      notice = Notice("The calendar ends here", .problem)
      return [.bell]
    }
    show(period, on: metrics)
    return []
  }

  /// A figure's incidents, or an incident at the entry that stopped the clock.
  private mutating func open(_ metrics: MetricsScreen) {
    if let list = metrics.list {
      guard list.rows.indices.contains(list.selected) else { return }
      let row = list.rows[list.selected]
      screens.append(.incident(IncidentScreen(row.incident, selecting: row.ref)))
    } else if let figure = metrics.selected, metrics.figures != nil {
      var behind = metrics
      behind.list = FigureList(
        figure, metrics.work.members(of: figure.group),
        includeBackfill: metrics.work.includesBackfill)
      screens.append(.metrics(behind))
    }
    settleScreen()
  }

  /// Why an action cannot be done on the metrics screen now; nil where it can.
  func reasonAgainstInMetrics(_ action: Action) -> String? {
    guard case .metrics(let metrics) = screen else { return nil }
    switch action {
    case .previousPeriod, .nextPeriod, .period, .grouping, .plot, .refresh:
      if metrics.list != nil { return "These are the incidents behind a figure: Esc goes back" }
    default: break
    }
    switch action {
    case .grouping where metrics.figures == nil: return "The figures are being worked out"
    case .refresh where metrics.recordsSeen == journal.records.count && metrics.work.asOf == now:
      return "Nothing has changed since"
    case .plot:
      let layout = MetricsLayout(width: size.columns, body: areas.body)
      if layout.panel == nil { return "There is no room for a plot: make the window larger" }
      return layout.hours == nil ? nil : "The hours stand on the screen already"
    case .open:
      if let list = metrics.list { return list.rows.isEmpty ? "There is no incident" : nil }
      return metrics.selected == nil ? "The figures are being worked out" : nil
    default: return nil
    }
  }

  mutating func settleMetrics() {
    guard case .metrics(var metrics) = screen else { return }
    if metrics.isPartial, !isLoading, metrics.list == nil {
      metrics = metrics.renewed(metrics.period, self)
    }
    let layout = MetricsLayout(width: size.columns, body: areas.body)
    metrics.settle(height: metrics.list == nil ? layout.list.count : areas.body.count)
    screen = .metrics(metrics)
  }
}

extension Grouping {
  /// The next of those that the screen goes through; a month is a period of its own there.
  fileprivate var following: Grouping {
    switch self {
    case .priority: .service
    case .service: .place
    case .place: .owner
    case .owner, .month: .priority
    }
  }
}

extension MetricsScreen {
  fileprivate mutating func move(_ action: Action, page: Int) {
    func moved(_ place: Int, of count: Int) -> Int {
      let wanted =
        switch action {
        case .up: place - 1
        case .down: place + 1
        case .pageUp: place - page
        case .pageDown: place + page
        case .first: 0
        case .last: count - 1
        default: place
        }
      return min(max(wanted, 0), max(count - 1, 0))
    }
    if let list {
      self.list?.selected = moved(list.selected, of: list.rows.count)
    } else if !rows.isEmpty {
      let place = rows.firstIndex { $0.figure == selected } ?? 0
      selected = rows[moved(place, of: rows.count)].figure
    }
  }

  /// Keeps what is selected on the screen; a figure that is no more gives way to the one of its name in all incidents.
  fileprivate mutating func settle(height: Int) {
    if let list {
      self.list?.top = scrolled(
        top: list.top, selected: list.selected, count: list.rows.count, height: height
      ) { _ in 1 }
      return
    }
    guard !rows.isEmpty else { return }
    if !rows.contains(where: { $0.figure == selected }) {
      let same = rows.first { row in
        if case .clock(let id, nil) = row.figure, case .clock(id, _)? = selected { return true }
        return false
      }
      selected = (same ?? rows[0]).figure
    }
    let place = rows.firstIndex { $0.figure == selected } ?? 0
    let first = rows.firstIndex { $0.figure == top } ?? 0
    let showing = scrolled(top: first, selected: place, count: rows.count, height: height) {
      heightOfRow($0)
    }
    top = rows[showing].figure
  }

  /// Two where a heading stands above it.
  func heightOfRow(_ place: Int) -> Int {
    let before = place > 0 ? rows[place - 1].section : ""
    return rows[place].section == before ? 1 : 2
  }
}
