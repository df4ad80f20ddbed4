import LoggistModel
import Terminal

extension HandoverScreen {
  func render(_ state: State, _ areas: Areas, into frame: inout Frame) {
    if let row = areas.header {
      let end = state.putClock(row: row, into: &frame)
      let title = displaySafe(listed == nil ? "Handover  \(state.desk.name)" : "Handovers")
      frame.put(truncate(title, to: max(end - 2, 0)), row: row, column: 0, style: .title)
    }
    guard !areas.body.isEmpty else { return }
    renderStanding(state, areas.body.lowerBound, into: &frame)
    let area = areas.body.lowerBound + 1..<max(areas.body.upperBound, areas.body.lowerBound + 1)
    if let ref = shown, let handover = state.handovers[ref] {
      let paper = Paper(lines: state.givenText(handover), top: top)
      put(paper, state, area, into: &frame)
    } else if listed != nil {
      renderList(state, area, into: &frame)
    } else if let paper {
      put(paper, state, area, into: &frame)
    } else {
      frame.put("drawing it up…", row: area.lowerBound, column: 2, style: .muted)
    }
  }

  private func put(_ paper: Paper, _ state: State, _ area: Range<Int>, into frame: inout Frame) {
    paper.render(
      area, columns: 0..<state.size.columns, showsCursor: state.composer == nil, into: &frame)
  }

  /// How things stand with the last handover, and whether the text still holds.
  private func renderStanding(_ state: State, _ row: Int, into frame: inout Frame) {
    let width = state.size.columns
    frame.fill(row: row, columns: 0..<width, style: .banner)
    var forms = ["no handover given yet"]
    if let last = state.handovers.last {
      let clock = state.desk.clock
      let given = "\(last.ref) by \(last.from) to \(last.to ?? "whoever comes")"
      if let accepted = last.accepted {
        let by = "accepted by \(accepted.author) \(clock.time(accepted.at))"
        forms = ["\(given): \(by)", "\(last.ref) \(by)", "accepted \(clock.time(accepted.at))"]
      } else {
        let time = clock.time(last.entry.at)
        forms = [
          "\(given) \(time): waits to be accepted", "\(last.ref) waits to be accepted",
          "waits for a",
        ]
      }
    }
    if listed == nil, isStale(state.journal), paper != nil {
      let key = state.desk.keymap.bindings(in: .handover).first { $0.action == .refresh }?.keys
        .first
      forms = forms.map { "\($0) · more was logged: \(key?.name ?? "r")" } + forms
    }
    let safe = forms.map { displaySafe($0) }
    let text = safe.first { CellWidth.of($0) + 2 <= width } ?? safe.last ?? ""
    frame.put(truncate(" " + text, to: width), row: row, column: 0, style: .banner)
  }

  /// The last one given at the top.
  private func renderList(_ state: State, _ area: Range<Int>, into frame: inout Frame) {
    let all = state.handovers.all
    if all.isEmpty {
      frame.put("No handover was given yet.", row: area.lowerBound, column: 2, style: .muted)
    }
    for (offset, row) in area.enumerated() {
      let place = all.count - 1 - top - offset
      guard all.indices.contains(place) else { break }
      let handover = all[place]
      let clock = state.desk.clock
      let day = clock.shortDay(handover.entry.at, seenFrom: state.now)
      let accepted = handover.accepted.map { "accepted by \($0.author) \(clock.time($0.at))" }
      let isWaiting = handover.accepted == nil && place == all.count - 1
      let end = accepted ?? (isWaiting ? "waits" : "not accepted")
      let text =
        "\(day) \(clock.time(handover.entry.at))  \(handover.from) to \(handover.to ?? "–"): \(end), "
        + "\(handover.open.count) open"
      frame.put(
        truncate(displaySafe(text), to: max(state.size.columns - 3, 0)), row: row, column: 2,
        style: isWaiting ? .warning : .normal)
      if place == listed {
        frame.select(row: row)
        frame.put("▌", row: row, column: 0, style: Style(.prompt, isSelected: true))
        if state.composer == nil { frame.cursor = Position(row: row, column: 0) }
      }
    }
  }
}
