/// By when something has to have been done for an open incident, and its clock.
package struct Deadline: Sendable, Hashable {
  package let incident: IncidentID
  package let clock: Clock
  package let due: Instant
  /// The entry that set it, where one did.
  package let ref: EntryRef?

  package enum Clock: String, Sendable, Hashable, CaseIterable {
    case acknowledge = "ack"
    case fix
    case nextUpdate = "next_update"
  }

  package init(incident: IncidentID, clock: Clock, due: Instant, ref: EntryRef? = nil) {
    (self.incident, self.clock, self.due, self.ref) = (incident, clock, due, ref)
  }

  /// How long an incident of a priority may take, around the clock.
  package struct Target: Sendable, Hashable {
    package var acknowledge: TimeSpan?
    package var fix: TimeSpan?

    package init(acknowledge: TimeSpan?, fix: TimeSpan?) {
      (self.acknowledge, self.fix) = (acknowledge, fix)
    }
  }
}

extension Incident {
  /// The deadlines that still run: none of a clock that stands still, and none once the incident is over.
  ///
  /// Cost: linear in its entries.
  package func deadlines(targets: [Priority: Deadline.Target]) -> [Deadline] {
    guard status.isOpen, `class` == .real || `class` == .drill else { return [] }
    var deadlines: [Deadline] = []
    if status == .open, let target = priority.flatMap({ targets[$0] }),
      let start = firstReport?.at ?? begin
    {
      if !isAcknowledged, let due = due(target.acknowledge, from: start, clock: .acknowledge) {
        deadlines.append(Deadline(incident: id, clock: .acknowledge, due: due))
      }
      if let due = due(target.fix, from: start, clock: .fix) {
        deadlines.append(Deadline(incident: id, clock: .fix, due: due))
      }
    }
    // What was told last says when they hear again; without a time nothing was promised.
    if let told = entries.last(where: { $0.kind == .comms }),
      let due = told.entry.string(.nextDue).flatMap({ Timestamp($0) })
    {
      deadlines.append(
        Deadline(incident: id, clock: .nextUpdate, due: due.instant, ref: told.ref))
    }
    return deadlines
  }

  /// When a clock has run for so long; nil while it stands still.
  private func due(_ limit: TimeSpan?, from start: Instant, clock: Deadline.Clock) -> Instant? {
    guard let limit else { return nil }
    var due = start + limit
    var stopped: Instant?
    for entry in entries where entry.entry.string(.clock) == clock.rawValue {
      switch entry.kind {
      case .paused where stopped == nil:
        // What stops after the time was up stops nothing.
        if entry.at < due { stopped = max(entry.at, start) }
      case .resumed:
        if let pause = stopped { due = due + max(entry.at - pause, .zero) }
        stopped = nil
      default: break
      }
    }
    return stopped == nil ? due : nil
  }
}
