package import LoggistModel

/// A stretch in which somebody could not work, or not as usual.
package struct ImpactInterval: Sendable, Hashable {
  package let from: Clock.Mark
  /// Nil where no end was recorded.
  package let to: Clock.Mark?
  package let degree: Degree
  /// Nobody said how hard: taken as full.
  package let isDegreeAssumed: Bool
  package let scope: String?

  package typealias Degree = Moment.Degree
}

extension ImpactInterval {
  /// What the `impact` entries say.
  ///
  /// `started` begins an interval; `until` ends it at once. `changed` ends what runs and begins it anew with another
  /// degree; `ended` ends it. Both mean the running impact of the same scope, and where none has that scope all that
  /// run. Each merged incident's impact is followed on its own.
  static func intervals(of milestones: Milestones) -> [ImpactInterval] {
    guard milestones.hasImpact else { return [] }
    let impact = milestones.entries.filter { $0.kind == .impact }
    return Dictionary(grouping: impact, by: \.incident).values
      .flatMap { entries in
        var walk = Walk(words: milestones.words)
        for entry in entries { walk.take(entry) }
        return walk.done + walk.running.map { $0.interval(to: nil) }
      }
      .sorted {
        ($0.from.at.instant, $0.from.ref, $0.scope ?? "")
          < ($1.from.at.instant, $1.from.ref, $1.scope ?? "")
      }
  }

  private struct Running {
    var from: Clock.Mark
    var degree: Degree
    var isDegreeAssumed: Bool
    var scope: String?

    func interval(to end: Clock.Mark?) -> ImpactInterval {
      ImpactInterval(
        from: from, to: end, degree: degree, isDegreeAssumed: isDegreeAssumed, scope: scope)
    }
  }

  private struct Walk {
    let words: any EntryWords
    var done: [ImpactInterval] = []
    var running: [Running] = []

    mutating func take(_ entry: Moment) {
      let scope = words.string(.scope, at: Int(entry.place))
      switch entry.detail.change {
      case .ended: end(meant(by: scope), at: Clock.Mark(entry))
      case .changed:
        let before = meant(by: scope)
        if before.isEmpty { return start(entry, after: nil) }
        let continued = before.map { running[$0] }
        end(before, at: Clock.Mark(entry))
        for old in continued { start(entry, after: old) }
      case .started, nil:
        // A second start of the same thing says how hard it is now.
        let same = running.indices.filter { running[$0].scope == scope }
        let old = same.first.map { running[$0] }
        end(same, at: Clock.Mark(entry))
        start(entry, after: old)
      }
    }

    private func meant(by scope: String?) -> [Int] {
      let same = running.indices.filter { scope != nil && running[$0].scope == scope }
      return same.isEmpty ? Array(running.indices) : same
    }

    private mutating func end(_ places: [Int], at mark: Clock.Mark) {
      done += places.map { running[$0].interval(to: mark) }
      for place in places.reversed() { running.remove(at: place) }
    }

    private mutating func start(_ entry: Moment, after old: Running?) {
      let degree = entry.detail.degree
      let begun = Running(
        from: Clock.Mark(entry), degree: degree ?? old?.degree ?? .full,
        isDegreeAssumed: degree == nil && (old?.isDegreeAssumed ?? true),
        scope: words.string(.scope, at: Int(entry.place)) ?? old?.scope)
      if let until = words.until(at: Int(entry.place)) {
        done.append(begun.interval(to: Clock.Mark(endOf: entry, at: until)))
      } else {
        running.append(begun)
      }
    }
  }
}
