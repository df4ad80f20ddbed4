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
      let (end, isFallback) = ActiveInterval.end(of: own[first..<place]) ?? (own[place], false)
      intervals.append(
        ActiveInterval(from: Clock.Mark(start), to: Clock.Mark(end), isFallback: isFallback))
      (start, first) = (own[place], place + 1)
    }
    let end = ActiveInterval.end(of: own[first...])
    intervals.append(
      ActiveInterval(
        from: Clock.Mark(start), to: end.map { Clock.Mark($0.0) },
        isFallback: end?.1 ?? false))
    return intervals
  }

  private static func end(of cycle: ArraySlice<Moment>) -> (Moment, isFallback: Bool)? {
    var restored, closed: Int?
    for place in cycle.indices.reversed() {
      switch cycle[place].kind {
      case .resolved: return (cycle[place], false)
      case .restored: restored = restored ?? place
      case .closed, .cancelled, .merged: closed = closed ?? place
      default: break
      }
    }
    return (restored ?? closed).map { (cycle[$0], true) }
  }
}
