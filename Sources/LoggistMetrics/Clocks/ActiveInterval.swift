import LoggistModel

/// A stretch in which the incident was being worked on: from its first report, or from a reopening, to its end.
package struct ActiveInterval: Sendable, Hashable {
  package let from: Clock.Mark
  /// Nil while it is open.
  package let to: Clock.Mark?
  /// Not ended by `resolved` but by what came nearest to it.
  package let isFallback: Bool
}

extension ActiveInterval {
  /// One interval for each cycle. A cycle ends with its last `resolved`, else its last `restored`, else with
  /// `closed`, `cancelled` or `merged`; a cycle that nothing ended runs on to the next `reopened`, the last one to now.
  static func intervals(of milestones: Milestones) -> [ActiveInterval] {
    guard let report = milestones.firstReport else { return [] }
    var intervals: [ActiveInterval] = []
    var start = report
    let own = milestones.own
    var first = own.startIndex
    for place in own.indices {
      guard case .reopened = own[place].kind else { continue }
      let reopened = Clock.Mark(own[place])
      let (end, isFallback) = ActiveInterval.end(of: own[first..<place]) ?? (reopened, false)
      intervals.append(ActiveInterval(from: start, to: end, isFallback: isFallback))
      (start, first) = (reopened, place + 1)
    }
    let end = ActiveInterval.end(of: own[first...])
    intervals.append(
      ActiveInterval(from: start, to: end?.0, isFallback: end?.isFallback ?? false))
    return intervals
  }

  private static func end(of cycle: ArraySlice<Moment>) -> (Clock.Mark, isFallback: Bool)? {
    var restored, closed: Int?
    for place in cycle.indices.reversed() {
      switch cycle[place].kind {
      case .resolved: return (Clock.Mark(cycle[place]), false)
      case .restored: restored = restored ?? place
      case .closed, .cancelled, .merged: closed = closed ?? place
      default: break
      }
    }
    return (restored ?? closed).map { (Clock.Mark(cycle[$0]), true) }
  }
}
