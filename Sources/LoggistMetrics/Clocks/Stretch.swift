import LoggistModel

/// Time between two entries next to each other while the incident was open.
package struct Stretch: Sendable, Hashable {
  package let from: Clock.Mark
  /// Nil for the stretch from the last entry to now.
  package let to: Clock.Mark?
}

extension Stretch {
  static func stretches(
    between entries: [Moment], in active: [ActiveInterval], asOf: Instant
  ) -> [Stretch] {
    var stretches: [Stretch] = []
    for interval in active {
      let (begin, end) = (interval.from.at.instant, interval.to?.at.instant ?? asOf)
      let inside = entries.filter { begin <= $0.at && $0.at <= end }.map { Clock.Mark($0) }
      stretches += zip(inside, inside.dropFirst()).map { Stretch(from: $0, to: $1) }
      if interval.to == nil, let last = inside.last {
        stretches.append(Stretch(from: last, to: nil))
      }
    }
    return stretches
  }
}
