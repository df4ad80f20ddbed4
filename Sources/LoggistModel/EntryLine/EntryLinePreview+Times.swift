extension EntryLinePreview {
  /// Takes the time that opens a line.
  mutating func take(_ time: WrittenTime, in context: EntryLineContext) {
    take(time, time.resolved(now: context.now, zone: context.zone), in: context)
  }

  /// Takes a time and what it was found to mean.
  mutating func take(
    _ time: WrittenTime, _ resolution: WrittenTime.Resolution, in context: EntryLineContext
  ) {
    (at, hasTime) = (resolution.at, true)
    precision = time.isApproximate ? .approximate : .exact
    problem = problem ?? resolution.problem
    doubts += resolution.doubts
    guard let second = time.untilSecond, case .clock(let clock) = time.value else { return }
    let end = WrittenTime.Clock(secondOfDay: second, zone: clock.zone)
    setEnd(
      WrittenTime(value: .clock(end))
        .resolved(zone: context.zone, notBefore: resolution.at))
  }

  mutating func setEnd(_ end: WrittenTime.Resolution) {
    until = end.at
    problem = problem ?? end.problem
    if end.at.instant < at.instant { problem = problem ?? .endsBeforeStart(end.at) }
  }
}
