import LoggistModel

extension Summary {
  /// A distribution while the incidents go by: the clocks of a group share one walk over its members.
  package struct Draft: Sendable {
    private let id: ClockID
    private let group: Group?
    private let members: [Population.Member]
    private let includesBackfill: Bool
    private var ended: [ValueKey] = []
    private var running: [ValueKey] = []
    private var (missing, fallback, negative, outside) = (0, 0, 0, 0)
    private var late = 0
    private var held = Held()
    private var targets: Set<TimeSpan> = []

    /// Drafts of some clocks over a part of a group's members, which stand in the order of their numbers.
    static func drafts(
      _ ids: [ClockID], of members: [Population.Member], in range: Range<Int>, group: Group?,
      includeBackfill: Bool
    ) -> [Draft] {
      var drafts = ids.map {
        Draft($0, of: members, in: range, group: group, includeBackfill: includeBackfill)
      }
      for number in range {
        // Once for all drafts: each would count them up and down again.
        let member = members[number]
        let clocks = member.clocks
        for place in drafts.indices { drafts[place].take(clocks, of: member, number) }
      }
      return drafts
    }

    private init(
      _ id: ClockID, of members: [Population.Member], in range: Range<Int>, group: Group?,
      includeBackfill: Bool
    ) {
      (self.id, self.members, self.group) = (id, members, group)
      includesBackfill = includeBackfill
      // Of late.1 an incident has as many values as entries.
      ended.reserveCapacity(
        id == .late ? range.reduce(0) { $0 + members[$1].entries } : range.count)
    }

    /// - Parameter number: of the member among all of them, counted up.
    private mutating func take(
      _ clocks: [ClockBrief], of member: Population.Member, _ number: Int
    ) {
      guard Summary.counts(member, for: id, includeBackfill: includesBackfill) else { return }
      if id == .late { return takeEntries(member, number) }
      var place = member.firstPlace(of: id)
      if place == clocks.count, id.isServiceLevel { outside += 1 }
      while place < clocks.count, clocks[place].id == id {
        take(clocks[place], ValueKey(member: number, place: place), member)
        // One a complaint; of all others the first is the incident's.
        place = id == .inform ? place + 1 : clocks.count
      }
    }

    private mutating func take(
      _ clock: ClockBrief, _ place: ValueKey, _ member: Population.Member
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
        var key = ValueKey(member: number, place: place)
        key.seconds = latenesses[place].span.seconds
        ended.append(key)
      }
    }

    /// The distribution of several drafts, each of the members behind those of the one before it.
    package static func summary(of drafts: [Draft]) -> Summary? {
      guard var whole = drafts.first else { return nil }
      for more in drafts.dropFirst() { whole.count(more) }
      return whole.summary(drafts.map(\.ended), running: drafts.map(\.running))
    }

    private mutating func count(_ more: Draft) {
      missing += more.missing
      fallback += more.fallback
      negative += more.negative
      outside += more.outside
      late += more.late
      held.within += more.held.within
      held.missed += more.held.missed
      held.undecided += more.held.undecided
      targets.formUnion(more.targets)
    }

    /// How many values there are to be sorted.
    package var cost: Int { ended.count + running.count }

    private func summary(_ ended: [[ValueKey]], running: [[ValueKey]]) -> Summary {
      var held = held
      held.target = targets.count == 1 ? targets.first : nil
      let open = Ranking(running, isSorted: true)
      return Summary(
        id: id, group: group,
        // For the median with those that are still running all are looked through.
        values: Values(id, Ranking(ended, isSorted: open.count > 0), of: members),
        open: Values(id, open, of: members), missing: missing, fallback: fallback,
        negative: negative, outside: outside, late: id == .late ? late : nil,
        held: targets.isEmpty ? nil : held)
    }
  }
}
