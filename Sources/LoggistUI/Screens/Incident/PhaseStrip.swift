import LoggistMetrics
import LoggistModel
import Terminal

/// An incident's phases in one row, to the scale of their time.
///
/// Joints and words carry it, so that it reads without a colour: `├ ack 2 min ┼ mitigate 38 min ───┤`.
struct PhaseStrip: Sendable, Hashable {
  let segments: [Segment]

  struct Segment: Sendable, Hashable {
    let name: String
    let span: TimeSpan
    /// Still going on.
    let isOpen: Bool
  }

  init(_ metrics: IncidentMetrics, status: Incident.Status) {
    var segments = metrics.phases.map { phase in
      Segment(
        name: phase.name == .acknowledge ? "ack" : phase.name.rawValue,
        span: (phase.to?.at.instant ?? metrics.asOf) - phase.from.at.instant,
        isOpen: phase.to == nil)
    }
    // The people who called are served at the restoring; the work behind it is a phase of its own.
    if let restored = metrics.clock(.ttr)?.to, restored.kind == .restored {
      if let resolved = metrics.clock(.tts)?.to {
        let span = resolved.at.instant - restored.at.instant
        if span > .zero { segments.append(Segment(name: "resolve", span: span, isOpen: false)) }
      } else if status.isOpen {
        segments.append(
          Segment(name: "resolve", span: metrics.asOf - restored.at.instant, isOpen: true))
      }
    }
    self.segments = segments
  }

  /// The cells of each phase with its joint: one at least, the rest by time.
  func widths(_ room: Int) -> [Int] {
    let free = max(room - segments.count, 0)
    let total = segments.reduce(Int64(0)) { $0 + max($1.span.milliseconds, 0) }
    guard total > 0 else {
      return segments.indices.map {
        1 + free / segments.count + ($0 < free % segments.count ? 1 : 0)
      }
    }
    let shares = segments.map {
      Double(max($0.span.milliseconds, 0)) / Double(total) * Double(free)
    }
    var widths = shares.map { 1 + Int($0) }
    // The cells that rounding left go to those that lost most by it.
    let byLoss = shares.indices.sorted {
      (shares[$1] - Double(Int(shares[$1])), $0) < (shares[$0] - Double(Int(shares[$0])), $1)
    }
    for place in byLoss.prefix(max(room - widths.reduce(0, +), 0)) { widths[place] += 1 }
    return widths
  }

  func put(row: Int, column: Int, width: Int, into frame: inout Frame) {
    guard !segments.isEmpty, width > segments.count else { return }
    var column = column
    for (place, (segment, cells)) in zip(segments, widths(width - 1)).enumerated() {
      frame.put(place == 0 ? "├" : "┼", row: row, column: column, style: .border)
      let line = segment.isOpen ? "┄" : "─"
      let words = words(segment, room: cells - 1)
      frame.put(
        String(repeating: line, count: cells - 1), row: row, column: column + 1, style: .border)
      frame.put(
        words, row: row, column: column + 1, style: segment.isOpen ? .warning : .milestone)
      column += cells
    }
    let isOpen = segments.last?.isOpen == true
    frame.put(isOpen ? "┄" : "┤", row: row, column: column, style: .border)
  }

  /// The most that fits: name and time, the name, its first letters, nothing.
  private func words(_ segment: Segment, room: Int) -> String {
    let name = segment.name
    let whole = "\(name) \(segment.span.spoken)"
    let all = [" \(whole) ", whole, " \(name) ", name, String(name.prefix(3))]
    return all.first { CellWidth.of($0) <= room } ?? ""
  }
}
