package import LoggistModel

/// The incidents that the figures of a period are about, and how many were left out and why.
///
/// An incident is in the period where its first report lies in it. Left out are those merged away, cancelled, and of
/// any class but real; each is counted once, under the first of these that holds.
package struct Population: Sendable, Hashable {
  package private(set) var members: [Member] = []
  package private(set) var excluded = Excluded()

  /// A reference, since a period's figures go through all of them once for every clock and group.
  package final class Member: Sendable, Hashable {
    package let incident: IncidentBrief
    package let metrics: IncidentMetrics
    package let firstReport: Instant
    package let record: RecordQuality
    /// Of each clock that an incident has, by `ClockID.place`: found once, since every figure asks for it.
    private let places: SIMD16<UInt8>

    init(incident: IncidentOutline, metrics: IncidentMetrics, firstReport: Instant) {
      (self.incident, self.metrics) = (IncidentBrief(incident), metrics)
      (self.firstReport, record) = (firstReport, RecordQuality(incident, metrics))
      var places = SIMD16<UInt8>(repeating: .max)
      for (place, clock) in metrics.clocks.enumerated().reversed() where place < Int(UInt8.max) {
        places[clock.id.place] = UInt8(place)
      }
      self.places = places
    }

    /// Where the incident's first clock of that name stands; where there is none, how many clocks it has.
    func firstPlace(of id: ClockID) -> Int {
      let place = places[id.place]
      if place < UInt8.max { return Int(place) }
      return metrics.clocks.indices.first { metrics.clocks[$0].id == id } ?? metrics.clocks.count
    }

    package static func == (left: Member, right: Member) -> Bool {
      left === right || (left.incident == right.incident && left.metrics == right.metrics)
    }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(incident.id)
    }
  }

  package struct Excluded: Sendable, Hashable {
    package var drill = 0
    package var falseAlarm = 0
    package var planned = 0
    package var merged = 0
    package var cancelled = 0
    /// In the population, but left out of `tta`, `tte` and `late`: their first report was imported.
    package var backfill = 0
    /// Neither a report nor an `opened` counts in them; their first entry lies in the period.
    package var undated = 0
  }

}

extension Population {
  /// Counts an incident in or out; returns it with its clocks where it is in. Cost: linear in its entries.
  mutating func take(
    _ incident: IncidentOutline, in period: Period, asOf: Instant,
    targets: [Priority: Deadline.Target], includeBackfill: Bool
  ) -> Member? {
    let report = Milestones.firstReport(of: incident)
    guard let moment = report ?? incident.begin, period.contains(moment) else { return nil }
    if incident.state.status == .merged {
      excluded.merged += 1
    } else if incident.state.status == .cancelled {
      excluded.cancelled += 1
    } else if incident.state.class != .real {
      switch incident.state.class {
      case .drill: excluded.drill += 1
      case .falseAlarm: excluded.falseAlarm += 1
      case .planned, .real: excluded.planned += 1
      }
    } else if report == nil {
      excluded.undated += 1
    } else {
      let metrics = IncidentMetrics(
        incident, asOf: asOf, targets: targets, isOfPeriod: true)
      if metrics.isBackfill, !includeBackfill { excluded.backfill += 1 }
      let member = Member(incident: incident, metrics: metrics, firstReport: moment)
      members.append(member)
      return member
    }
    return nil
  }

  /// Takes in what was counted of other incidents of the same period.
  mutating func absorb(_ other: Population) {
    members += other.members
    excluded.drill += other.excluded.drill
    excluded.falseAlarm += other.excluded.falseAlarm
    excluded.planned += other.excluded.planned
    excluded.merged += other.excluded.merged
    excluded.cancelled += other.excluded.cancelled
    excluded.backfill += other.excluded.backfill
    excluded.undated += other.excluded.undated
  }

  /// After the last incident: they stand in the order of their numbers.
  mutating func complete() {
    members.sort { $0.incident.id < $1.incident.id }
  }
}
