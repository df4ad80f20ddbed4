import LoggistModel

/// A stretch of an incident named for the milestone that ends it; together they are the bands of a timeline.
package struct Phase: Sendable, Hashable {
  package let name: Name
  package let from: Clock.Mark
  /// Nil where it is still going on.
  package let to: Clock.Mark?

  package enum Name: String, Sendable, Hashable, CaseIterable {
    case detect, acknowledge, escalate, diagnose, mitigate, restore
  }
}

extension Phase {
  /// From the start of the impact, else the first report, to the restoring, cut at each milestone that was recorded.
  ///
  /// In order of time, not of the scheme: in real logs one milestone in five stands out of order for good reasons.
  /// A milestone that was not recorded has no phase; its time belongs to the next one that was.
  static func phases(of milestones: Milestones) -> [Phase] {
    guard let start = milestones.impactStart ?? milestones.firstReport else { return [] }
    var ends: [(Name, Clock.Mark?)] = [
      (.acknowledge, milestones.acknowledged),
      (.escalate, milestones.firstEscalated),
      (.diagnose, milestones.confirmedDiagnosis),
      (.mitigate, milestones.heldMitigation),
      (.restore, milestones.restored ?? milestones.resolved),
    ]
    if milestones.impactStart != nil { ends.insert((.detect, milestones.firstReport), at: 0) }
    let reached = ends.enumerated().compactMap { place, end in
      end.1.map { (place: place, name: end.0, mark: $0) }
    }
    .filter { $0.mark.at.instant >= start.at.instant }
    .sorted { ($0.mark.at.instant, $0.place) < ($1.mark.at.instant, $1.place) }
    var phases: [Phase] = []
    var from = start
    for end in reached {
      phases.append(Phase(name: end.name, from: from, to: end.mark))
      from = end.mark
    }
    let furthest = reached.map(\.place).max() ?? -1
    if milestones.isBroken, ends.last?.1 == nil, furthest + 1 < ends.count {
      phases.append(Phase(name: ends[furthest + 1].0, from: from, to: nil))
    }
    return phases
  }
}
