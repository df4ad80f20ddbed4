import LoggistMetrics
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
    let rows = rows(state.journal)
    let layout = TimelineLayout(state: state, incident: incident, screen: self, rows: rows)
    var line = areas.body.lowerBound
    if areas.body.count > 4 {
      line += renderFigures(state, incident, line, into: &frame)
    }
    var place = rows.firstIndex { $0.ref == top } ?? 0
    while place < rows.count, line < areas.body.upperBound {
      line = layout.put(place, at: line, until: areas.body.upperBound, into: &frame)
      place += 1
    }
  }

  private func renderHeader(
    _ state: State, _ incident: Incident, _ row: Int, into frame: inout Frame
  ) {
    let end = state.putClock(row: row, into: &frame)
    let title = displaySafe("\(id)  \(incident.title)")
    frame.put(truncate(title, to: max(end - 2, 0)), row: row, column: 0, style: .title)
  }

  /// Priority, service, state and the clocks, in one row under the title. Returns the rows it took.
  private func renderFigures(
    _ state: State, _ incident: Incident, _ row: Int, into frame: inout Frame
  ) -> Int {
    let metrics = IncidentMetrics(incident, asOf: state.now)
    var column = 1
    func put(_ text: String, _ style: Style) {
      let safe = displaySafe(text)
      if column + CellWidth.of(safe) <= state.size.columns {
        column += frame.put(safe, row: row, column: column, style: style) + 2
      }
    }
    if incident.isMajor { put("MAJOR", .critical) }
    put(incident.priority?.description ?? "no priority", style(of: incident.priority))
    put(incident.service ?? incident.place ?? "no service", .normal)
    switch incident.status {
    case .open: put("open \(state.openFor(incident).clock)", .emphasis)
    case .restored: put("not resolved yet", .warning)
    default: put(incident.status.rawValue, .good)
    }
    if let into = incident.mergedInto { put("into \(into)", .emphasis) }
    for (id, word) in [
      (ClockID.tta, "ack"), (.tte, "escalated"), (.ttm, "mitigated"),
      (.ttr, "restored"),
    ] {
      let clock = metrics.clock(id)
      let isKnown = clock?.seconds != nil && clock?.isOpen != true
      let value = isKnown ? TimeSpan.seconds(clock?.seconds ?? 0).spoken : "–"
      put("\(word) \(value)", isKnown ? .milestone : .muted)
    }
    return 1
  }
}

/// How a timeline's entries become rows.
struct TimelineLayout {
  let state: State
  let incident: Incident
  let screen: IncidentScreen
  let rows: [EffectiveEntry]
  /// When service was back or the work done, for good: silence after it worries nobody.
  private let over: Instant

  init(state: State, incident: Incident, screen: IncidentScreen, rows: [EffectiveEntry]) {
    (self.state, self.incident, self.screen, self.rows) = (state, incident, screen, rows)
    let reopened = incident.entries.last { $0.kind == .reopened }?.at
    let ends = incident.entries.filter { $0.kind == .restored || $0.kind == .resolved }.map(\.at)
    over =
      ends.first { end in reopened.map { end > $0 } ?? true } ?? Instant(milliseconds: .max)
  }

  private var width: Int { state.size.columns }
  private var showsAuthor: Bool { width >= 72 }
  private var showsElapsed: Bool { width >= 56 }

  /// Columns: mark, time, elapsed, kind, author, text.
  private var timeWidth: Int { state.desk.hours == .twelve ? 8 : 5 }
  private var textColumn: Int {
    1 + timeWidth + 1 + (showsElapsed ? 7 : 0) + (width >= 40 ? 13 : 0) + (showsAuthor ? 11 : 0)
  }

  func isSelected(_ place: Int) -> Bool {
    screen.selected.map { $0 == rows[place].ref } ?? (place == rows.count - 1)
  }

  /// Rows that an entry takes: its day's heading, a silence before it, and its text.
  func height(_ place: Int) -> Int {
    (heading(place) == nil ? 0 : 1) + (silence(place) == nil ? 0 : 1) + lines(place).count
  }

  private func heading(_ place: Int) -> String? {
    let clock = state.desk.clock
    let at = rows[place].at
    if place > 0, clock.date(rows[place - 1].at) == clock.date(at) { return nil }
    return clock.dayHeading(at)
  }

  private func silence(_ place: Int) -> String? {
    guard place > 0, rows[place - 1].at < over else { return nil }
    let gap = rows[place].at - rows[place - 1].at
    return gap >= TimelineLayout.silence ? "⋮ \(gap.spoken) without an entry" : nil
  }

  /// Shorter than a document's twenty minutes: on the screen it is not too late to ask what happened.
  static let silence = TimeSpan.minutes(8)

  /// The text: one line, and all of it where the entry is selected.
  private func lines(_ place: Int) -> [String] {
    let room = max(width - textColumn - 1, 1)
    let safe = displaySafe(rows[place].entry.phrase + suffix(place))
    guard isSelected(place) else { return [truncate(safe, to: room)] }
    return wrap(safe, width: room)
  }

  private func suffix(_ place: Int) -> String {
    let entry = rows[place]
    var marks: [String] = []
    if entry.entry.flag(.callback) {
      marks.append(incident.callbacks.contains { $0.ref == entry.ref } ? "☎ call back" : "☎ done")
    }
    if !entry.corrections.isEmpty { marks.append("corrected") }
    if let strike = entry.strike { marks.append("struck: \(strike.reason)") }
    if entry.isLate { marks.append("late, logged \(state.desk.clock.time(entry.record.logged))") }
    if let tags = tags(entry) { marks.append(tags) }
    return marks.isEmpty ? "" : "  [" + marks.joined(separator: " · ") + "]"
  }

  private func tags(_ entry: EffectiveEntry) -> String? {
    entry.entry.tags.isEmpty ? nil : entry.entry.tags.map { "#\($0)" }.joined(separator: " ")
  }

  /// Paints an entry from a row on; returns the row after it.
  func put(_ place: Int, at start: Int, until end: Int, into frame: inout Frame) -> Int {
    var line = start
    if let heading = heading(place), line < end {
      frame.put(" \(heading)", row: line, column: 0, style: .header)
      let zone = state.desk.clock.zoneAndOffset(rows[place].at)
      frame.put(
        zone, row: line, column: max(width - CellWidth.of(zone) - 1, 0), style: .muted)
      line += 1
    }
    if let silence = silence(place), line < end {
      frame.put(silence, row: line, column: textColumn, style: .muted)
      line += 1
    }
    guard line < end else { return line }
    let entry = rows[place]
    let style: Style = entry.isStruck ? .struck : .normal
    putHead(entry, row: line, into: &frame)
    for (offset, text) in lines(place).enumerated() where line + offset < end {
      frame.put(text, row: line + offset, column: textColumn, style: style)
      if isSelected(place) { frame.select(row: line + offset) }
    }
    if isSelected(place) {
      frame.put("▌", row: line, column: 0, style: Style(.prompt, isSelected: true))
      if state.composer == nil { frame.cursor = Position(row: line, column: 0) }
    }
    return line + lines(place).count
  }

  private func putHead(_ entry: EffectiveEntry, row: Int, into frame: inout Frame) {
    let time = state.desk.clock.time(entry.at)
    let approximate = entry.entry.precision == .approximate ? "~" : ""
    var column = 1
    frame.put(
      alignRight(approximate + time, to: timeWidth), row: row, column: column,
      style: entry.isLate ? .late : .normal)
    column += timeWidth + 1
    if showsElapsed {
      let start = incident.firstReport?.at ?? incident.begin ?? entry.at
      frame.put(elapsed(entry.at - start), row: row, column: column, width: 6, style: .muted)
      column += 7
    }
    if width >= 40 {
      let style: Style =
        entry.isStruck ? .struck : TimelineLayout.isMilestone(entry.kind) ? .milestone : .normal
      frame.put(
        truncate(displaySafe(entry.kind.name), to: 12), row: row, column: column, style: style)
      column += 13
    }
    if showsAuthor {
      frame.put(
        truncate(displaySafe(entry.author), to: 10), row: row, column: column, style: .muted)
    }
  }

  private func elapsed(_ span: TimeSpan) -> String {
    let minutes = span.seconds / 60
    if abs(minutes) >= 100 * 60 { return "\(minutes < 0 ? "−" : "+")\(abs(minutes) / 1440)d" }
    if abs(minutes) >= 100 {
      return "\(minutes < 0 ? "−" : "+")\(abs(minutes) / 60):\(twoDigits(abs(minutes) % 60))"
    }
    return "\(minutes < 0 ? "−" : "+")\(abs(minutes))"
  }

  static func isMilestone(_ kind: Kind) -> Bool {
    switch kind {
    case .noticed, .acknowledged, .escalated, .engaged, .mitigation, .restored, .resolved,
      .reopened:
      true
    default: false
    }
  }
}
