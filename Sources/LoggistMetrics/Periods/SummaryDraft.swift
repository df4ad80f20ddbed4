import LoggistModel

extension Summary {
  /// A distribution while the incidents go by: several clocks share one walk over them.
  struct Draft {
    private let id: ClockID
    private let includesBackfill: Bool
    private var ended: [Values.Key] = []
    private var running: [Values.Key] = []
    private var (missing, fallback, negative, outside) = (0, 0, 0, 0)
    private var late = 0
    private var held = Held()
    private var targets: Set<TimeSpan> = []

    init(_ id: ClockID, of members: [Population.Member], includeBackfill: Bool) {
      (self.id, includesBackfill) = (id, includeBackfill)
      ended.reserveCapacity(
        id == .late ? members.reduce(0) { $0 + $1.entries } : members.count)
    }

    /// - Parameter number: of the member among all of them, counted up.
    mutating func take(_ member: Population.Member, _ number: Int) {
      guard Summary.counts(member, for: id, includeBackfill: includesBackfill) else { return }
      if id == .late { return takeEntries(member, number) }
      let clocks = member.clocks
      var place = member.firstPlace(of: id)
      if place == clocks.count, id.isServiceLevel { outside += 1 }
      while place < clocks.count, clocks[place].id == id {
        take(clocks[place], Values.Key(member: number, place: place), member)
        // One a complaint; of all others the first is the incident's.
        place = id == .inform ? place + 1 : clocks.count
      }
    }

    private mutating func take(
      _ clock: ClockBrief, _ place: Values.Key, _ member: Population.Member
    ) {
      guard let seconds = clock.seconds else {
        if clock.absence == .neverEscalated { outside += 1 } else { missing += 1 }
        return
      }
      if clock.isHeld, !clock.isNegative, let target = member.target(of: clock) {
        targets.insert(target)
        switch clock.isWithinTarget {
        case true?: held.within += 1
        case false?: held.missed += 1
        case nil: held.undecided += 1
        }
      }
      var key = place
      key.seconds = seconds
      if clock.isNegative {
        negative += 1
      } else if clock.isOpen {
        running.append(key)
      } else {
        ended.append(key)
        if clock.isFallback { fallback += 1 }
      }
    }

    /// Every entry of every incident is a value: a share of entries is no mean of shares.
    private mutating func takeEntries(_ member: Population.Member, _ number: Int) {
      if member.entries == 0 { missing += 1 }
      late += member.late
      let latenesses = member.latenesses
      for place in latenesses.indices {
        var key = Values.Key(member: number, place: place)
        key.seconds = latenesses[place].span.seconds
        ended.append(key)
      }
    }

    /// - Parameter members: those that were taken.
    consuming func summary(of members: [Population.Member], group: Group?) -> Summary {
      held.target = targets.count == 1 ? targets.first : nil
      return Summary(
        id: id, group: group, values: Values(id, ended, of: members),
        open: Values(id, running, of: members), missing: missing, fallback: fallback,
        negative: negative, outside: outside, late: id == .late ? late : nil,
        held: targets.isEmpty ? nil : held)
    }
  }
}
