import LoggistModel
import Terminal

extension PastedScreen {
  func render(_ state: State, _ areas: Areas, into frame: inout Frame) {
    if let row = areas.header {
      let end = state.putClock(row: row, into: &frame)
      frame.put(
        truncate(displaySafe(title(state)), to: max(end - 1, 0)), row: row, column: 0,
        style: .title)
    }
    for (offset, line) in lines[min(top, lines.count)...].enumerated() {
      let row = areas.body.lowerBound + offset
      guard row < areas.body.upperBound else { return }
      put(line, state, row, isSelected: top + offset == selected, into: &frame)
    }
  }

  private func title(_ state: State) -> String {
    let count = chosen.count
    let entries = count == 1 ? "1 entry" : "\(count) entries"
    let left = count < lines.count ? " of \(lines.count)" : ""
    guard let incident else { return "Pasted: \(entries)\(left) → a new incident" }
    let title = state.journal.incidents[incident]?.title ?? ""
    return "Pasted: \(entries)\(left) → \(incident)  \(title)"
  }

  private func put(
    _ line: PastedEntry, _ state: State, _ row: Int, isSelected: Bool, into frame: inout Frame
  ) {
    let width = state.size.columns
    let (clock, preview) = (state.desk.clock, line.preview)
    var column = 2
    func put(_ text: String, _ room: Int, _ style: Style) {
      let fitted = truncate(displaySafe(text), to: max(min(room, width - column), 0))
      frame.put(fitted, row: row, column: column, style: line.isLeftOut ? .struck : style)
      column += room + 1
    }
    put(line.isLeftOut ? "-" : "+", 1, .prompt)
    let today = clock.date(state.now)
    let showsDays = lines.contains { clock.date($0.preview.at.instant) != today }
    let about = preview.precision == .approximate ? "~" : ""
    if width >= 60, showsDays {
      put(clock.shortDay(preview.at.instant, seenFrom: state.now), 10, .muted)
    }
    put(
      alignRight(about + clock.time(preview.at.instant), to: clock.hours == .twelve ? 9 : 6),
      clock.hours == .twelve ? 9 : 6, preview.doubts.isEmpty ? .normal : .warning)
    if width >= 40 {
      put(
        spaced(preview.kind.name), 12,
        TimelineLayout.isMilestone(preview.kind) ? .milestone : .normal)
    }
    put(words(line, clock), max(width - column, 0), .normal)
    if isSelected {
      frame.select(row: row)
      frame.put("▌", row: row, column: 0, style: Style(.prompt, isSelected: true))
      if state.composer == nil { frame.cursor = Position(row: row, column: 0) }
    }
  }

  /// What it says, and in brackets what is doubtful about it.
  private func words(_ line: PastedEntry, _ clock: ClockStyle) -> String {
    var marks = line.preview.doubts.map { $0.sentence(clock) }
    if let problem = line.preview.problem { marks.insert(problem.sentence(clock), at: 0) }
    if let twin = line.twin { marks.insert("logged already: \(twin)", at: 0) }
    let phrase = line.preview.entries(incident: incident)[0].phrase
    return phrase + (marks.isEmpty ? "" : "  [" + marks.joined(separator: " · ") + "]")
  }
}
