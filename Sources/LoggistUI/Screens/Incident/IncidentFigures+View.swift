import LoggistMetrics
import LoggistModel
import Terminal

extension IncidentFigures {
  /// Priority, service, state and the clocks, in one row under the title.
  func put(row: Int, columns: Int, now: Instant, into frame: inout Frame) {
    var column = 1
    func put(_ text: String, _ style: Style) {
      let safe = displaySafe(text)
      if column + CellWidth.of(safe) <= columns {
        column += frame.put(safe, row: row, column: column, style: style) + 2
      }
    }
    if incident.isMajor { put("MAJOR", .critical) }
    put(incident.priority?.description ?? "no priority", style(of: incident.priority))
    put(incident.service ?? incident.place ?? "no service", .normal)
    switch incident.status {
    case .open: put("open \((now - (start ?? now)).clock)", .emphasis)
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
  }
}
