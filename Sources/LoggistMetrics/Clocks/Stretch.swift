import LoggistModel

/// Time between two entries next to each other while the incident was open.
package struct Stretch: Sendable, Hashable {
  package let from: Clock.Mark
  /// Nil for the stretch from the last entry to now.
  package let to: Clock.Mark?
}

/// The stretches of one incident, each between two entries while it was open.
struct Silences {
  /// By places in `entries`.
  private var gaps: [(from: Int, to: Int?)] = []
  private let entries: [Moment]
  private let asOf: Instant

  /// - Parameter entries: in timeline order.
  init(between entries: [Moment], in active: [ActiveInterval], asOf: Instant) {
    (self.entries, self.asOf) = (entries, asOf)
    gaps.reserveCapacity(entries.count)
    for interval in active {
      let (begin, end) = (interval.from.at.instant, interval.to?.at.instant ?? asOf)
      var last: Int?
      for place in entries.indices where begin <= entries[place].at && entries[place].at <= end {
        if let last { gaps.append((last, place)) }
        last = place
      }
      if interval.to == nil, let last { gaps.append((last, nil)) }
    }
  }

  var stretches: [Stretch] { gaps.map { stretch($0) } }

  /// The first of equally long ones: a figure has one source.
  var longest: Stretch? {
    var best: (place: Int, length: TimeSpan)?
    for (place, gap) in gaps.enumerated() {
      let length = (gap.to.map { entries[$0].at } ?? asOf) - entries[gap.from].at
      if best.map({ length > $0.length }) ?? true { best = (place, length) }
    }
    return best.map { stretch(gaps[$0.place]) }
  }

  private func stretch(_ gap: (from: Int, to: Int?)) -> Stretch {
    Stretch(
      from: Clock.Mark(entries[gap.from]), to: gap.to.map { Clock.Mark(entries[$0]) })
  }
}
