import LoggistModel
import Terminal

extension PastScreen {
  /// Rows of the screen's body; a part can be missing.
  struct Parts {
    var banner: Int?
    var figures: Int?
    var timeline: Range<Int>
    var last: Int?
  }

  func areas(_ body: Range<Int>) -> Parts {
    var (top, bottom) = (body.lowerBound, body.upperBound)
    var parts = Parts(timeline: body)
    if body.count >= 2 {
      parts.banner = top
      top += 1
    }
    if body.count >= 7 {
      parts.figures = top
      top += 1
    }
    if body.count >= 5 {
      bottom -= 1
      parts.last = bottom
    }
    parts.timeline = top..<bottom
    return parts
  }

  func layout(_ state: State) -> TimelineLayout {
    TimelineLayout(
      state: state, rows: rows, selected: selected, start: figures?.start,
      over: figures?.over ?? Instant(milliseconds: .max), width: state.size.columns, added: added)
  }

  func render(_ state: State, _ areas: Areas, into frame: inout Frame) {
    if let row = areas.header {
      let end = state.putClock(row: row, into: &frame)
      let title = displaySafe("\(id)  \(figures?.incident.title ?? "")")
      frame.put(truncate(title, to: max(end - 2, 0)), row: row, column: 0, style: .title)
    }
    let parts = self.areas(areas.body)
    if let row = parts.banner { renderBanner(state, row, into: &frame) }
    if let row = parts.last { renderLast(state, row, into: &frame) }
    guard let figures else {
      frame.put(
        truncate("Nobody knew of \(id) yet.", to: max(state.size.columns - 2, 0)),
        row: parts.timeline.lowerBound, column: 2, style: .muted)
      return
    }
    if let row = parts.figures {
      figures.put(row: row, columns: state.size.columns, now: figures.asOf, into: &frame)
    }
    let rows = rows
    let layout = layout(state)
    var line = parts.timeline.lowerBound
    var place = rows.firstIndex { $0.ref == top } ?? 0
    while place < rows.count, line < parts.timeline.upperBound {
      line = layout.put(place, at: line, until: parts.timeline.upperBound, into: &frame)
      place += 1
    }
  }

  /// `as of Wed 5 Jan 21:09:12, 7 of 19 recorded`, in as many words as fit.
  private func renderBanner(_ state: State, _ row: Int, into frame: inout Frame) {
    let width = state.size.columns
    frame.fill(row: row, columns: 0..<width, style: .banner)
    guard let record else { return }
    let clock = state.desk.clock
    let (number, count) = (step + 1, account.steps.count)
    let time = clock.timeWithSeconds(record.logged)
    let day = clock.shortDay(record.logged, seenFrom: state.now)
    let more = isStale ? " · End: more since" : ""
    let forms = [
      "as of \(day) \(time), \(number) of \(count) recorded\(more)",
      "as of \(day) \(time), \(number) of \(count)", "as of \(time), \(number) of \(count)",
      "\(time), \(number)/\(count)", "\(number)/\(count)",
    ]
    let text = forms.first { CellWidth.of($0) + 2 <= width } ?? ""
    frame.put(" " + text, row: row, column: 0, style: .banner)
  }

  /// What was recorded last: a line of its own, because it may be about an entry far up.
  private func renderLast(_ state: State, _ row: Int, into frame: inout Frame) {
    guard let record else { return }
    let time = state.desk.clock.timeWithSeconds(record.logged)
    let words = "\(spaced(record.entry.kind.name))  \(record.entry.phrase)"
    let text = "logged \(time) as \(record.ref) by \(record.author): \(words)"
    frame.put(
      truncate(displaySafe(" " + text), to: max(state.size.columns - 1, 0)), row: row, column: 0,
      style: .added)
  }
}

extension ClockStyle {
  /// `21:09:12` or `9:09:12 pm`.
  func timeWithSeconds(_ instant: Instant) -> String {
    let seconds = ":\(twoDigits(zone.civil(instant).second))"
    let time = time(instant)
    guard let space = time.firstIndex(of: " ") else { return time + seconds }
    return time[..<space] + seconds + time[space...]
  }
}
