/// What the desk sees first: the open incidents, the most urgent and then the oldest first, and today's results.
package struct Board: Sendable, Hashable {
  package let open: [Incident]
  /// Resolved, closed or cancelled on the day of `now`, the latest first.
  package let resolvedToday: [Incident]
  /// Everything else, the latest first.
  package let earlier: [Incident]
  /// Complaints that no incident has yet.
  package let unattached: [EffectiveEntry]

  /// Cost: linear in the number of incidents.
  package init(_ journal: Journal, now: Instant, zone: Zone) {
    let today = zone.civil(now).date
    var (open, done, earlier): ([Incident], [Incident], [Incident]) = ([], [], [])
    for incident in journal.incidents.values where incident.status != .merged {
      if incident.status.isOpen {
        open.append(incident)
      } else if let end = incident.ended, zone.civil(end).date == today {
        done.append(incident)
      } else {
        earlier.append(incident)
      }
    }
    self.open = open.sorted(by: Board.moreUrgent)
    resolvedToday = done.sorted(by: Board.later)
    self.earlier = earlier.sorted(by: Board.later)
    unattached = journal.deskWide.filter { $0.kind == .complaint && !$0.isStruck }
  }

  package var unacknowledged: Int { open.count { !$0.isAcknowledged } }

  /// Callers who wait to be called back, on whatever incident.
  package var callbacks: Int {
    [open, resolvedToday, earlier].joined().reduce(0) { $0 + $1.callbacks.count }
      + unattached.count { $0.informed == nil && $0.entry.flag(.callback) }
  }

  /// Major incidents first, then by priority, then the oldest; without a priority behind those that have one.
  private static func moreUrgent(_ left: Incident, _ right: Incident) -> Bool {
    if left.isMajor != right.isMajor { return left.isMajor }
    let (leftRank, rightRank) = (left.priority?.rawValue ?? 9, right.priority?.rawValue ?? 9)
    if leftRank != rightRank { return leftRank < rightRank }
    if left.begin != right.begin { return begin(left) < begin(right) }
    return left.id < right.id
  }

  private static func begin(_ incident: Incident) -> Int64 { incident.begin?.milliseconds ?? 0 }

  private static func later(_ left: Incident, _ right: Incident) -> Bool {
    let (leftEnd, rightEnd) = (left.ended ?? left.begin, right.ended ?? right.begin)
    if leftEnd != rightEnd {
      return (leftEnd?.milliseconds ?? 0) > (rightEnd?.milliseconds ?? 0)
    }
    return left.id > right.id
  }
}
