import LoggistModel

/// The clocks that are held against the targets of the incident's priority.
extension IncidentOutline {
  /// Holds the clocks against their targets, and adds those that count service hours alone.
  func hold(_ clocks: inout [Clock], against target: Deadline.Target, asOf: Instant) {
    for place in clocks.indices {
      clocks[place].target = clocks[place].id.deadline.flatMap { target.limit($0) }
    }
    for (id, source) in [(ClockID.slaAck, ClockID.tta), (.slaFix, .ttr)] {
      guard let limit = id.deadline.flatMap({ target.limit($0) }),
        let place = clocks.indices.first(where: { clocks[$0].id == source })
      else { continue }
      clocks.append(serviceLevel(id, clocks[place], target, limit: limit, asOf: asOf))
    }
  }

  /// A clock once more: of its time what lies in the target's hours, less the pauses.
  private func serviceLevel(
    _ id: ClockID, _ clock: Clock, _ target: Deadline.Target, limit: TimeSpan, asOf: Instant
  ) -> Clock {
    guard let from = clock.from?.at.instant, let whole = clock.span, let deadline = id.deadline
    else {
      return Clock(
        id: id, subject: nil, span: nil, isOpen: false, from: clock.from, to: clock.to,
        marks: clock.marks, absence: clock.absence, target: limit)
    }
    let to = clock.to?.at.instant ?? asOf
    let pauses = pauses(of: deadline)
    let held = pauses.reduce(TimeSpan.zero) { held, pause in
      held + target.time(from: max(pause.from, from), to: min(pause.to ?? to, to))
    }
    let isPaused = clock.isOpen && pauses.last.map { $0.to == nil && $0.from <= to } ?? false
    return Clock(
      id: id, subject: nil,
      span: clock.isNegative ? whole : target.time(from: from, to: to) - held,
      isOpen: clock.isOpen, from: clock.from, to: clock.to,
      marks: isPaused ? clock.marks.union(.paused) : clock.marks, absence: clock.absence,
      target: limit)
  }
}
