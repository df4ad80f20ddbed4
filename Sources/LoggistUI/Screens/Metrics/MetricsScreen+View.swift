import LoggistMetrics
import LoggistModel
import Terminal

extension MetricsScreen {
  func render(_ state: State, _ areas: Areas, into frame: inout Frame) {
    if let row = areas.header { renderHeader(state, row, into: &frame) }
    if let list {
      list.render(state, areas.body, into: &frame)
      return
    }
    guard figures != nil else {
      let words =
        "Working it out: \(work.population.members.isEmpty ? "" : "so far ")"
        + backlog.progress
      for (offset, line) in wrap(words, width: max(state.size.columns - 4, 1)).enumerated()
      where offset < areas.body.count {
        frame.put(line, row: areas.body.lowerBound + offset, column: 2, style: .muted)
      }
      return
    }
    let layout = MetricsLayout(width: state.size.columns, body: areas.body)
    renderList(state, layout, into: &frame)
    renderPanels(state, layout, into: &frame)
  }

  private func renderHeader(_ state: State, _ row: Int, into frame: inout Frame) {
    let end = state.putClock(row: row, into: &frame)
    let room = max(end - 1, 0)
    let used = frame.put(
      truncate(displaySafe(title(state)), to: room), row: row, column: 0, style: .title)
    guard used + 2 < room else { return }
    frame.put(
      truncate(remark(state), to: room - used - 2), row: row, column: used + 2, style: .header)
  }

  private func title(_ state: State) -> String {
    guard let list else {
      return state.size.columns < 40 ? period.label : "Metrics  \(period.label)"
    }
    let group = list.figure.group.map { " · \($0.title)" } ?? ""
    return "\(list.figure.name)\(group) · \(period.label)"
  }

  /// What the figures are of: how they are grouped, and what has come since.
  private func remark(_ state: State) -> String {
    if let list { return list.order }
    var parts = ["by \(grouping.rawValue)"]
    if period.contains(work.asOf) { parts.append("so far") }
    if isPartial {
      parts.append("of what has been read of the log")
      return parts.joined(separator: " · ")
    }
    let since = state.journal.records.count - recordsSeen
    if since != 0 {
      let clock = state.desk.clock.time(work.asOf)
      parts.append(
        since > 0
          ? "\(Backlog.spelled(since)) new since \(clock)" : "the log has changed since \(clock)")
    }
    return parts.joined(separator: " · ")
  }

  private func renderList(_ state: State, _ layout: MetricsLayout, into frame: inout Frame) {
    let columns = FigureColumns(width: layout.listWidth)
    if let row = layout.headings { columns.putHeadings(row: row, into: &frame) }
    var line = layout.list.lowerBound
    var place = rows.firstIndex { $0.figure == top } ?? 0
    while place < rows.count, line < layout.list.upperBound {
      let row = rows[place]
      if heightOfRow(place) == 2 {
        let heading = truncate(displaySafe(" ─ \(row.section) ─"), to: layout.listWidth)
        frame.put(heading, row: line, column: 0, style: .muted)
        line += 1
        guard line < layout.list.upperBound else { return }
      }
      let isSelected = row.figure == selected
      columns.put(row, at: line, isSelected: isSelected, into: &frame)
      if isSelected, state.composer == nil { frame.cursor = Position(row: line, column: 0) }
      line += 1
      place += 1
    }
  }

  private func renderPanels(_ state: State, _ layout: MetricsLayout, into frame: inout Frame) {
    if layout.hours != nil {
      for row in state.areas.body {
        frame.put("│", row: row, column: layout.listWidth, style: .border)
      }
    }
    guard let panel = layout.panel else { return }
    let wantsHours =
      if case .clock? = selected { self.panel == .hours } else { true }
    if layout.hours == nil, wantsHours {
      renderHours(state, panel, into: &frame)
    } else {
      renderDistribution(panel, into: &frame)
    }
    if let hours = layout.hours { renderHours(state, hours, into: &frame) }
  }

  private func renderHours(_ state: State, _ box: MetricsLayout.Box, into frame: inout Frame) {
    let map = HeatMap(table: hours, hours: state.desk.hours)
    let rows = map.rows(width: box.width, height: box.rows.count - 1)
    put(
      rows, under: "first reports, \(state.desk.clock.zoneAbbreviation(period.start))", box,
      into: &frame)
  }

  private func renderDistribution(_ box: MetricsLayout.Box, into frame: inout Frame) {
    guard case .clock(let id, let group)? = selected, let summary = figures?.summary(id, in: group)
    else {
      put(
        [PlotRow(" A clock has a distribution: ↓ goes to one.", .muted)], under: "distribution",
        box, into: &frame)
      return
    }
    let title = [id.name, group?.title].compactMap(\.self).joined(separator: " · ")
    put(
      DistributionPlot(summary).rows(width: box.width, height: box.rows.count - 1), under: title,
      box, into: &frame)
  }

  /// A plot under its title.
  private func put(
    _ rows: [PlotRow], under title: String, _ box: MetricsLayout.Box, into frame: inout Frame
  ) {
    let words = truncate(displaySafe("─ \(title) "), to: box.width)
    let line = words + String(repeating: "─", count: max(box.width - CellWidth.of(words), 0))
    frame.put(
      line, row: box.rows.lowerBound, column: box.column, width: box.width, style: .border)
    for (row, plot) in zip(box.rows.dropFirst(), rows) {
      frame.put(plot, row: row, column: box.column, width: box.width)
    }
  }
}
