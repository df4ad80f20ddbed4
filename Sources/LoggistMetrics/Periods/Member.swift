package import LoggistModel

extension Population {
  /// An incident of the population: what the figures of a period ask of it, without its entries.
  ///
  /// A reference, since a period's figures go through all of them once for every clock and group.
  package final class Member: Sendable {
    package let incident: IncidentBrief
    package let firstReport: Instant
    /// The entry that reported it first.
    package let report: EntryRef?
    /// When that says that it happened, as a clock on a wall showed it.
    let reported: Timestamp?
    package let record: RecordQuality
    /// Times that it was thought to be over and was not.
    package let reopenings: Int
    /// The first report was imported: nobody was writing while it happened.
    package let isBackfill: Bool
    /// Those that are wanted, in the order of `IncidentMetrics.clocks`.
    package let clocks: [ClockBrief]
    /// The service levels that were missed, with the phases of such an incident.
    package let missed: [Clock]
    package let phases: [Phase]
    /// Entries whose lateness is known, and those that were late.
    let entries, late: Int
    /// From happening to recording, the shortest first.
    let latenesses: [Lateness]
    private let names: MemberNames
    private let limits: (acknowledge: TimeSpan?, fix: TimeSpan?)
    /// Of each clock that an incident has, by `ClockID.place`: found once, since every figure asks for it.
    private let places: SIMD16<UInt8>

    struct Lateness: Sendable, Hashable {
      let span: TimeSpan
      let ref: MemberNames.Ref
    }

    /// - Parameter wanted: the clocks that are kept; nil for all.
    init(
      _ incident: IncidentOutline, _ metrics: IncidentMetrics, firstReport: Instant,
      target: Deadline.Target?, of wanted: Set<ClockID>?
    ) {
      (self.incident, self.firstReport) = (IncidentBrief(incident), firstReport)
      record = RecordQuality(incident, metrics)
      (reopenings, isBackfill) = (metrics.reopenings, metrics.isBackfill)
      (report, reported) = (metrics.firstReport?.ref, metrics.firstReport?.at)
      limits = (target?.acknowledge, target?.fix)
      missed = metrics.missed
      phases = missed.isEmpty ? [] : metrics.phases
      var names = MemberNames(home: incident.id.node)
      var clocks: [ClockBrief] = []
      clocks.reserveCapacity(wanted.map { _ in 1 } ?? metrics.clocks.count)
      var places = SIMD16<UInt8>(repeating: .max)
      metrics.clocks.withUnsafeBufferPointer { all in
        guard let first = all.baseAddress else { return }
        for clock in all.indices.lazy.map({ first + $0 }) {
          let id = clock.pointee.id
          guard wanted?.contains(id) ?? true else { continue }
          if places[id.place] == .max, clocks.count < Int(UInt8.max) {
            places[id.place] = UInt8(clocks.count)
          }
          clocks.append(ClockBrief(clock, &names))
        }
      }
      (self.clocks, self.places) = (clocks, places)
      (entries, late) = (metrics.lateness.entries, metrics.lateness.late)
      latenesses =
        wanted?.contains(.late) ?? true
        ? metrics.lateness.spans.map { Lateness(span: $0.span, ref: names.take($0.ref)) } : []
      self.names = names
    }

    /// Where the incident's first clock of that name stands; where there is none, how many clocks it has.
    func firstPlace(of id: ClockID) -> Int {
      let place = places[id.place]
      if place < UInt8.max { return Int(place) }
      return clocks.indices.first { clocks[$0].id == id } ?? clocks.count
    }
  }
}

// MARK: - What is asked of it

extension Population.Member {
  /// The incident's clock of that name; of several the first: `tto.1` is that of the first escalation.
  package func clock(_ id: ClockID) -> ClockBrief? {
    let place = firstPlace(of: id)
    return place < clocks.count ? clocks[place] : nil
  }

  package func clocks(_ id: ClockID) -> [ClockBrief] { clocks.filter { $0.id == id } }

  /// The entry that started a clock.
  package func start(of clock: ClockBrief) -> EntryRef? { names[clock.start] }

  /// The entry that stopped it; nil where it runs.
  package func end(of clock: ClockBrief) -> EntryRef? { names[clock.end] }

  /// What a clock is about (`Clock.subject`).
  package func subject(of clock: ClockBrief) -> String? { names.subject(clock.subject) }

  /// What a clock was held against; nil where there is no target for it.
  func target(of clock: ClockBrief) -> TimeSpan? {
    guard clock.isHeld else { return nil }
    return clock.id.deadline == .acknowledge ? limits.acknowledge : limits.fix
  }

  /// From happening to recording of each entry, the shortest first; imported ones say nothing about it and are left out.
  package var latenessOfEntries: some RandomAccessCollection<(span: TimeSpan, ref: EntryRef?)> {
    latenesses.lazy.map { [names] in ($0.span, names[$0.ref]) }
  }

  /// What a value of one of its clocks is, or of one of its entries where the clock is `late.1`.
  func value(_ id: ClockID, at place: Int, seconds: Int) -> Summary.Value {
    if id == .late {
      let ref = names[latenesses[place].ref]
      return Summary.Value(seconds: seconds, incident: incident.id, from: ref, to: ref)
    }
    let clock = clocks[place]
    return Summary.Value(
      seconds: seconds, incident: incident.id, from: start(of: clock), to: end(of: clock))
  }
}

extension Population.Member: Hashable {
  package static func == (left: Population.Member, right: Population.Member) -> Bool {
    left === right
      || (left.incident == right.incident && left.firstReport == right.firstReport
        && left.record == right.record && left.clocks == right.clocks && left.names == right.names
        && left.missed == right.missed && left.latenesses == right.latenesses
        && left.limits == right.limits)
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(incident.id) }
}
