/// An entry among others of its incident.
protocol OrderedEntry {
  var kind: Kind { get }
  var at: Instant { get }
  static func inRecordOrder(_ left: Self, _ right: Self) -> Bool
}

extension EffectiveEntry: OrderedEntry {}
extension Moment: OrderedEntry {}

extension Array where Element: OrderedEntry {
  /// In the order of recording, without the entries that are about other entries. Records mostly arrive in their order.
  var recorded: [Element] {
    let recorded = contains { $0.kind.isControl } ? withoutControls : self
    let isSorted = recorded.indices.dropFirst().allSatisfy {
      Element.inRecordOrder(recorded[$0 - 1], recorded[$0])
    }
    return isSorted ? recorded : recorded.sorted(by: Element.inRecordOrder)
  }

  private var withoutControls: [Element] {
    var rest: [Element] = []
    rest.reserveCapacity(count)
    for place in indices where !self[place].kind.isControl { rest.append(self[place]) }
    return rest
  }

  /// Sorts entries that stand in record order by when they happened: by keys of two numbers, because comparing and
  /// moving entries costs ten times as much.
  var inTimelineOrder: [Element] {
    if indices.dropFirst().allSatisfy({ self[$0 - 1].at <= self[$0].at }) { return self }
    let keys = indices.map { (at: self[$0].at.milliseconds, place: $0) }
    return keys.sorted { ($0.at, $0.place) < ($1.at, $1.place) }.map { self[$0.place] }
  }
}
