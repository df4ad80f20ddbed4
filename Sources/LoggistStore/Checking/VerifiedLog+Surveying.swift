internal import Glibc
internal import LoggistModel
internal import Synchronization

extension VerifiedLog {
  /// Reads a node's log on all processors: quickly what is plain, closely what is not.
  static func read(
    _ node: Store.Node, in store: Store, since noted: [LogHead]
  ) throws(StoreError) -> VerifiedLog {
    let segments = try store.segments(of: node.code)
    let next = Atomic(0)
    let count = min(max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1), max(segments.count, 1))
    // Each takes the next segment that nobody has: they are not of one size.
    let shares = inParallel(Array(0..<count)) { _ in
      var surveys: [(Int, SegmentSurvey)] = []
      while true {
        let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard place < segments.count else { return surveys }
        if let survey = SegmentSurvey.make(node.code, segments[place], in: store) {
          surveys.append((place, survey))
        }
      }
    }
    var surveys: [SegmentName: SegmentSurvey] = [:]
    for (place, survey) in shares.joined() { surveys[segments[place]] = survey }
    for segment in overlapping(surveys) { surveys[segment] = nil }
    let wanted = noted.filter { $0.ref.node == node.code }.map(\.ref.sequence)
    for (segment, survey) in surveys where wanted.contains(where: survey.sequences.contains) {
      surveys[segment] = nil
    }
    var log = try VerifiedLog(node, in: store, surveys: surveys)
    // A line that was looked at closely may claim a number that another segment has.
    let others = Set(log.links.filter { log.surveys[$0.segment] == nil }.map(\.ref.sequence))
    let doubled = surveys.filter { _, survey in others.contains(where: survey.sequences.contains) }
    if !doubled.isEmpty {
      for segment in doubled.keys { surveys[segment] = nil }
      log = try VerifiedLog(node, in: store, surveys: surveys)
    }
    return log
  }

  /// Reads the segments again in which some entries stand, with all that is to be found there.
  mutating func lookCloser(
    at refs: some Collection<EntryRef>, in store: Store
  ) throws(StoreError) {
    let wanted = refs.filter { $0.node == node.code }.map(\.sequence)
    let plain = surveys.filter { _, survey in
      !wanted.contains(where: survey.sequences.contains)
    }
    if plain.count == surveys.count { return }
    self = try VerifiedLog(
      node, in: store,
      surveys: Dictionary(uniqueKeysWithValues: plain.map { (segments[$0.key], $0.value) }))
  }

  private static func overlapping(_ surveys: [SegmentName: SegmentSurvey]) -> [SegmentName] {
    let ordered = surveys.sorted { $0.value.first.sequence < $1.value.first.sequence }
    var (reach, found) = (0, [SegmentName]())
    for (place, (segment, survey)) in ordered.enumerated() {
      if place > 0, survey.first.sequence <= reach {
        found +=
          [segment]
          + ordered[..<place].filter {
            $0.value.last.sequence >= survey.first.sequence
          }.map(\.key)
      }
      reach = max(reach, survey.last.sequence)
    }
    return found
  }
}
