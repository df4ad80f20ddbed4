import LoggistModel

/// The clocks that are sums of intervals: active time and downtime.
extension ClockMaker {
  func activeTime(_ intervals: [ActiveInterval]) -> Clock {
    sum(
      .active, intervals.map { ($0.from, $0.to, $0.isFallback) }, isAwaited: milestones.isOpen,
      missing: .noResolution, without: .noReport, marks: reportMarks)
  }

  /// Full impact; and degraded impact as a clock of its own where there was any.
  func downtimes(_ impact: [ImpactInterval]) -> [Clock] {
    let end = milestones.restored ?? milestones.resolved
    func clock(_ degree: ImpactInterval.Degree) -> Clock {
      let intervals = impact.filter { $0.degree == degree }.map {
        // Nobody recorded the end: what restored the service ended it.
        ($0.from, $0.to ?? end, $0.isDegreeAssumed || ($0.to == nil && end != nil))
      }
      if intervals.isEmpty, let first = impact.first {
        // There was an impact and it was never of this degree: a true zero, or zero as yet.
        let last = impact.last?.to ?? end
        return Clock(
          id: .downtime, subject: degree.rawValue, span: .zero,
          isOpen: last == nil && milestones.isOpen, from: first.from, to: last, marks: [],
          absence: nil)
      }
      return sum(
        .downtime, subject: degree.rawValue, intervals, isAwaited: milestones.isOpen,
        missing: .noImpactEnd, without: .noImpact)
    }
    return impact.contains { $0.degree == .degraded }
      ? [clock(.full), clock(.degraded)] : [clock(.full)]
  }

  /// The time that the intervals cover; what two of them cover counts once.
  private func sum(
    _ id: ClockID, subject: String? = nil,
    _ intervals: [(from: Clock.Mark, to: Clock.Mark?, isFallback: Bool)], isAwaited: Bool,
    missing: Clock.Absence, without: Clock.Absence, marks: Clock.Marks = []
  ) -> Clock {
    func absent(_ reason: Clock.Absence) -> Clock {
      Clock(
        id: id, subject: subject, span: nil, isOpen: false, from: intervals.first?.from, to: nil,
        marks: [], absence: reason)
    }
    guard let first = intervals.first else { return absent(without) }
    let isOpen = intervals.contains { $0.to == nil }
    if isOpen, !isAwaited { return absent(missing) }
    let bounds = intervals.map { ($0.from.at.instant, $0.to?.at.instant ?? asOf) }
    var marks = marks
    if intervals.contains(where: \.isFallback) { marks.insert(.fallback) }
    if intervals.contains(where: { $0.from.isApproximate || $0.to?.isApproximate == true }) {
      marks.insert(.approximate)
    }
    if bounds.contains(where: { $1 < $0 }) { marks.insert(.negative) }
    let last = intervals.compactMap(\.to).max { $0.at.instant < $1.at.instant }
    return Clock(
      id: id, subject: subject, span: unionLength(bounds), isOpen: isOpen, from: first.from,
      to: isOpen ? nil : last, marks: marks, absence: nil)
  }
}

/// The time that intervals cover together; one that ends before it begins covers nothing.
func unionLength(_ intervals: [(Instant, Instant)]) -> TimeSpan {
  var total = TimeSpan.zero
  var reached: Instant?
  for (start, end) in intervals.sorted(by: { $0.0 < $1.0 }) {
    let begin = max(start, reached ?? start)
    if end > begin { total = total + (end - begin) }
    reached = max(reached ?? end, end)
  }
  return total
}
