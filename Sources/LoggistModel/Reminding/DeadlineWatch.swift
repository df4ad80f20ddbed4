/// The deadlines of the open incidents, and which have passed: once each.
///
/// Keeps up with a journal incident by incident, so that an entry that arrives costs no more than its own incident.
package struct DeadlineWatch: Sendable {
  private let targets: [Priority: Deadline.Target]
  private var running: [IncidentID: [Deadline]] = [:]
  private var told: Set<Deadline> = []
  /// Nothing passes before it; nil: nothing runs.
  package private(set) var next: Instant?

  package init(targets: [Priority: Deadline.Target]) {
    self.targets = targets
  }

  /// What passed longer ago than this is history: whoever opens the board on Monday is not paged for Friday.
  package static let grace = TimeSpan.minutes(15)

  /// Takes an incident as it is now; nil where it is no more.
  package mutating func take(_ id: IncidentID, _ incident: Incident?) {
    let deadlines = incident?.deadlines(targets: targets) ?? []
    told.subtract((running[id] ?? []).filter { !deadlines.contains($0) })
    running[id] = deadlines.isEmpty ? nil : deadlines
    for deadline in deadlines where !told.contains(deadline) {
      next = min(next ?? deadline.due, deadline.due)
    }
  }

  /// The deadlines that have passed and were not given back before. Cost: none before `next`.
  package mutating func passed(by now: Instant) -> [Deadline] {
    guard let next, next <= now else { return [] }
    var passed: [Deadline] = []
    var later: Instant?
    for deadline in running.values.joined() where !told.contains(deadline) {
      if deadline.due > now {
        later = min(later ?? deadline.due, deadline.due)
      } else {
        told.insert(deadline)
        if now - deadline.due <= DeadlineWatch.grace { passed.append(deadline) }
      }
    }
    self.next = later
    return passed.sorted { ($0.due, $0.incident) < ($1.due, $1.incident) }
  }
}
