import LoggistModel

/// Time between two entries next to each other while the incident was open.
package struct Stretch: Sendable, Hashable {
  package let from: Clock.Mark
  /// Nil for the stretch from the last entry to now.
  package let to: Clock.Mark?
}

/// The stretches of one incident, each between two entries while it was open.
struct Silences {
  private var gaps: [(from: Moment, to: Moment?)] = []
  private let asOf: Instant

  /// - Parameter entries: in timeline order.
  init(between entries: [Moment], in active: [ActiveInterval], asOf: Instant) {
    self.asOf = asOf
    for interval in active {
      let (begin, end) = (interval.from.at.instant, interval.to?.at.instant ?? asOf)
      var last: Moment?
      for entry in entries where begin <= entry.at && entry.at <= end {
        if let last { gaps.append((last, entry)) }
        last = entry
      }
      if interval.to == nil, let last { gaps.append((last, nil)) }
    }
  }

  var stretches: [Stretch] { gaps.map { Stretch(from: $0, to: $1) } }

  /// The first of equally long ones: a figure has one source.
  var longest: Stretch? {
    var best: (place: Int, length: TimeSpan)?
    for (place, gap) in gaps.enumerated() {
      let length = (gap.to?.at ?? asOf) - gap.from.at
      if best.map({ length > $0.length }) ?? true { best = (place, length) }
    }
    return best.map { Stretch(from: gaps[$0.place].from, to: gaps[$0.place].to) }
  }
}

extension Stretch {
  fileprivate init(from: Moment, to: Moment?) {
    self.init(from: Clock.Mark(from), to: to.map { Clock.Mark($0) })
  }
}
