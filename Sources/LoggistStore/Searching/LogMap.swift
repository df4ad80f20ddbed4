internal import CSimdJSON
internal import LoggistModel
internal import Synchronization

/// What one pass over the bytes of all logs says about their lines: those that were read whole, and where all others
/// stand that have a number or mention an entry or an incident.
///
/// No index that is kept: it is made anew for each question and costs some 15 bytes a line.
struct LogMap: Sendable {
  let store: Store
  /// Whose entries and incidents are noted: the store's, and those of whose incidents was asked.
  let nodes: [NodeCode]
  /// Newest first.
  let segments: [SegmentMap]
  let lines: [MappedLine]
  let findings: [Finding]
  /// Whether it says where incidents are named.
  let notesIncidents: Bool
  /// By node, in order; the numbers of no two overlap.
  private let stretches: [[Stretch]]

  /// Of the first byte of a line.
  struct Place: Sendable, Hashable {
    let segment: Int
    let offset: Int
  }

  struct MappedLine: Sendable {
    let place: Place
    let record: Record
  }

  /// Nil where the log has to be read whole: a number stands twice, so that whoever reads all of it decides which line
  /// counts, or something is too large to be noted.
  init?(_ store: Store, _ question: LineQuestion = LineQuestion()) throws(StoreError) {
    try self.init(
      store, question, store.nodes.map(\.code), LogPiece.all(of: store).map { ($0, nil) })
  }

  /// The map of the same bytes, with what an earlier one did not note; it has those of the lines asked for that were not
  /// read before. Nil also where the bytes are not the same any more.
  ///
  /// - Parameter places: where lines were read.
  func again(
    _ question: LineQuestion, except places: some Sequence<Place>
  ) throws(StoreError) -> LogMap? {
    var offsets = [[Int]](repeating: [], count: segments.count)
    for place in places { offsets[place.segment].append(place.offset) }
    return try LogMap(
      store, question, nodes,
      zip(segments, offsets).map { ($0.piece, SegmentBefore(end: $0.end, lines: $1)) })
  }

  private init?(
    _ store: Store, _ question: LineQuestion, _ known: [NodeCode],
    _ pieces: [(LogPiece, before: SegmentBefore?)]
  ) throws(StoreError) {
    self.store = store
    nodes = known + Set(question.incidents.map(\.node)).subtracting(known).sorted()
    notesIncidents = question.notesIncidents
    let passes = try LogMap.passes(store, nodes, question, pieces)
    if passes.contains(where: { $0.isBeyondMaps || $0.hasLostLines }) { return nil }
    guard let stretches = Stretch.all(passes, nodes) else { return nil }
    self.stretches = stretches
    segments = passes.map(\.map)
    findings = passes.flatMap(\.findings)
    lines = passes.enumerated().flatMap { index, pass in
      pass.lines.map {
        MappedLine(place: Place(segment: index, offset: $0.offset), record: $0.record)
      }
    }
  }

  /// What is read at once: it is looked at while a core's own cache still has it.
  private static let piece = 256 << 10

  /// One for each segment, the newest first, made by two threads.
  private static func passes(
    _ store: Store, _ nodes: [NodeCode], _ question: LineQuestion,
    _ pieces: [(LogPiece, before: SegmentBefore?)]
  ) throws(StoreError) -> [SegmentPass] {
    let next = Counter()
    let threads = pieces.count > 1 ? 2 : 1
    let shares = inParallel(Array(0..<threads)) { _ in
      Result { () throws(StoreError) -> [(Int, SegmentPass)] in
        let (finder, buffer) = (
          LineFinder(nodes: nodes, question), PieceBuffer(piece: LogMap.piece)
        )
        var passes: [(Int, SegmentPass)] = []
        while let index = next.take(below: pieces.count) {
          let (piece, before) = pieces[index]
          guard let node = nodes.firstIndex(of: piece.node) else { continue }
          passes.append(
            (
              index,
              try SegmentPass(
                piece, node: node, nodes: nodes, of: store, finder: finder, buffer: buffer,
                before: before)
            ))
        }
        return passes
      }
    }
    var passes: [(Int, SegmentPass)] = []
    for share in shares { passes += try share.get() }
    return passes.sorted { $0.0 < $1.0 }.map(\.1)
  }
}

/// Hands out numbers, each once.
private final class Counter: Sendable {
  private let next = Mutex(0)

  func take(below limit: Int) -> Int? {
    next.withLock { next in
      guard next < limit else { return nil }
      defer { next += 1 }
      return next
    }
  }
}

/// Numbers whose lines stand in one segment.
private struct Stretch: Sendable {
  let numbers: ClosedRange<Int>
  /// Nil for a line that was read whole because it is not plain.
  let segment: Int?

  /// By node; nil where a number stands twice.
  static func all(_ passes: [SegmentPass], _ nodes: [NodeCode]) -> [[Stretch]]? {
    var all: [[Stretch]] = []
    for node in nodes {
      var own: [Stretch] = []
      for (index, pass) in passes.enumerated() where pass.map.piece.node == node {
        own += pass.map.runs.map {
          Stretch(numbers: Int($0.first)...Int($0.last), segment: index)
        }
        own += pass.lines.lazy.filter { !$0.isPlain }.map {
          let number = $0.record.ref.sequence
          return Stretch(numbers: number...number, segment: nil)
        }
      }
      own.sort { $0.numbers.lowerBound < $1.numbers.lowerBound }
      for (left, right) in zip(own, own.dropFirst()) where left.numbers.overlaps(right.numbers) {
        return nil
      }
      all.append(own)
    }
    return all
  }
}

// MARK: - Where lines stand

extension LogMap {
  /// Every incident of the store's nodes that is named somewhere.
  var incidents: Set<IncidentID> {
    var incidents: Set<IncidentID> = []
    for (node, code) in nodes.enumerated() {
      var seen = NumberSet()
      for segment in segments {
        for mention in segment.incidentMentions[node] where !seen.contains(Int(mention.number)) {
          seen.insert(Int(mention.number))
          incidents.insert(IncidentID(node: code, number: Int(mention.number)))
        }
      }
    }
    return incidents
  }

  /// From where on the line of a number is to be looked for, in a segment whose lines are plain; nil where no segment
  /// has it, or it was read whole.
  func start(of ref: EntryRef) -> Place? {
    guard let node = nodes.firstIndex(of: ref.node) else { return nil }
    let own = stretches[node]
    var (low, high) = (0, own.count)
    while low < high {
      let middle = (low + high) / 2
      if own[middle].numbers.upperBound < ref.sequence { low = middle + 1 } else { high = middle }
    }
    guard low < own.count, own[low].numbers.contains(ref.sequence), let segment = own[low].segment
    else { return nil }
    let before = segments[segment].marks.lazy.filter { $0.sequence <= UInt64(ref.sequence) }
    return before.max { $0.sequence < $1.sequence }.map {
      Place(segment: segment, offset: Int($0.line))
    }
  }

  /// The lines in which one of these entries is named.
  func places(mentioning refs: some Sequence<EntryRef>) -> [Place] {
    var wanted = [NumberSet](repeating: NumberSet(), count: nodes.count)
    for ref in refs {
      if let node = nodes.firstIndex(of: ref.node) { wanted[node].insert(ref.sequence) }
    }
    return places(wanted, \.entryMentions)
  }

  /// The lines in which one of these incidents is named.
  func places(mentioning incidents: some Sequence<IncidentID>) -> [Place] {
    var wanted = [NumberSet](repeating: NumberSet(), count: nodes.count)
    for incident in incidents {
      if let node = nodes.firstIndex(of: incident.node) { wanted[node].insert(incident.number) }
    }
    return places(wanted, \.incidentMentions)
  }

  private func places(
    _ wanted: [NumberSet], _ mentions: KeyPath<SegmentMap, [[Mention]]>
  ) -> [Place] {
    var places: [Place] = []
    for (index, segment) in segments.enumerated() {
      for (node, list) in segment[keyPath: mentions].enumerated() {
        for mention in list where wanted[node].contains(Int(mention.number)) {
          let place = Place(segment: index, offset: Int(mention.line))
          if places.last != place { places.append(place) }
        }
      }
    }
    return places
  }
}
