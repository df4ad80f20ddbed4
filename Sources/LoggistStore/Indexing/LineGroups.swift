internal import CSimdJSON
internal import LoggistModel

/// The lines of an index in groups that can be folded each on its own: an incident's, and with it those of any other that
/// it is merged with, that a complaint moved to, or that an entry of it speaks of.
///
/// Cost: linear in the lines; two threads share them.
struct LineGroups: Sendable {
  /// Where the lines of each are; none is empty.
  private(set) var groups: [Range<Int>] = []
  private(set) var lines = GroupedLines(count: 0)

  struct Line: Sendable, Hashable {
    let segment: Int32
    let place: Int32
  }

  /// - Parameter asOf: later records are left out.
  init(_ index: LogIndex, asOf: Instant?) {
    let last = asOf?.milliseconds ?? .max
    var things = IndexedThings(index, until: last)
    let links = Link.all(in: index, until: last, things)
    things.count(deskWide: links)
    var sets = DisjointSets(count: things.count)
    for link in links {
      guard let own = things.number(of: link.line, in: index) else { continue }
      if let number = link.subject.flatMap({ things.number(of: $0, in: index) }) {
        sets.unite(own, number)
      }
      for id in link.incidents {
        if let other = things.number(of: id) { sets.unite(own, other) }
      }
    }
    collect(index, until: last, things, &sets)
  }

  /// Sorts the lines by their groups: by counting, each thread its half of the segments (Knuth 5.2, distribution counting).
  private mutating func collect(
    _ index: LogIndex, until last: Int64, _ things: IndexedThings, _ sets: inout DisjointSets
  ) {
    let group = (0..<things.count).map { Int32(sets.first(of: $0)) }
    let halves = index.halves
    let counts = inParallel(halves) { half in
      var counts = [Int32](repeating: 0, count: group.count)
      for segment in half {
        things.eachLine(of: segment, in: index, until: last) { thing, _ in
          counts[Int(group[thing])] += 1
        }
      }
      return counts
    }
    var (starts, start) = ([[Int32]](), 0)
    for half in counts { starts.append([Int32](repeating: 0, count: half.count)) }
    for number in group.indices {
      let first = start
      for half in counts.indices {
        starts[half][number] = Int32(start)
        start += Int(counts[half][number])
      }
      if start > first { groups.append(first..<start) }
    }
    let lines = GroupedLines(count: start)
    _ = inParallel(Array(zip(halves, starts))) { half, starts in
      var next = starts
      for segment in half {
        things.eachLine(of: segment, in: index, until: last) { thing, place in
          let number = Int(group[thing])
          lines.put(
            Line(segment: Int32(segment), place: Int32(place)), at: Int(next[number]))
          next[number] += 1
        }
      }
    }
    self.lines = lines
  }
}

/// Lines, one group's behind the other's, in memory of which two threads fill places of their own, and which nobody counts up
/// and down: they look at fifty thousand groups.
final class GroupedLines: @unchecked Sendable {
  private let all: UnsafeMutableBufferPointer<LineGroups.Line>

  fileprivate init(count: Int) { all = .allocate(capacity: count) }

  deinit { all.deallocate() }

  fileprivate func put(_ line: LineGroups.Line, at place: Int) {
    all.initializeElement(at: place, to: line)
  }

  /// Those of a group, for as long as this is there.
  func of(_ group: Range<Int>) -> UnsafeBufferPointer<LineGroups.Line> {
    UnsafeBufferPointer(rebasing: all[group])
  }
}

/// An entry that says something about one of another incident, or joins incidents.
struct Link: Sendable {
  let line: LineGroups.Line
  let subject: LineGroups.Line?
  /// The incidents that it names, beside its own.
  let incidents: [IncidentID]

  /// All that were recorded by a moment. Two threads look for them.
  static func all(in index: LogIndex, until last: Int64, _ things: IndexedThings) -> [Link] {
    inParallel(index.halves) { half in
      let maker = RecordMaker()
      var links: [Link] = []
      for number in half { add(number, of: index, until: last, things, maker, to: &links) }
      return links
    }.flatMap(\.self)
  }

  private static let kinds = LineIndexer.kinds.map { $0.isAboutAnEntry || $0 == .merged }
  /// Those that leave every entry in its incident.
  private static let movesNothing = LineIndexer.kinds.map { kind in
    switch kind {
    case .struck, .unstruck, .informed, .redacted: true
    default: false
    }
  }

  private static func add(
    _ number: Int, of index: LogIndex, until last: Int64, _ things: IndexedThings,
    _ maker: RecordMaker, to links: inout [Link]
  ) {
    let segment = index.segments[number]
    let (kinds, movesNothing) = (kinds, movesNothing)
    for (place, line) in segment.lines.enumerated() where line.logged <= last {
      guard line.kind == IndexedSegment.other || kinds[Int(line.kind)] else { continue }
      let own = LineGroups.Line(segment: Int32(number), place: Int32(place))
      if line.kind != IndexedSegment.other, movesNothing[Int(line.kind)],
        !line.has(LOGGIST_LINE_SAYS_MORE)
      {
        guard line.target > 0,
          let subject = index.line(Int(line.target), near: number, until: last),
          things.number(of: subject, in: index) != things.number(of: own, in: index)
            || things.number(of: own, in: index) == nil
        else { continue }
        links.append(Link(line: own, subject: subject, incidents: []))
        continue
      }
      let entry = maker.record(place, of: segment).entry
      guard entry.subject != nil || entry.kind == .merged else { continue }
      links.append(
        Link(
          line: own, subject: entry.subject.flatMap { index.line(named: $0, until: last) },
          incidents: entry.incidentsNamed))
    }
  }
}

extension LogIndex {
  /// The numbers of the segments with about half of the lines, and the others.
  var halves: [Range<Int>] {
    var (middle, done) = (0, 0)
    while middle < segments.count, 2 * done < count {
      done += segments[middle].lines.count
      middle += 1
    }
    return [0..<middle, middle..<segments.count]
  }

  /// The line of an entry; none where there is no such entry, or not yet.
  func line(named ref: EntryRef, until last: Int64) -> LineGroups.Line? {
    guard let number = segments.indices.first(where: { holds($0, ref.node, ref.sequence) }) else {
      return nil
    }
    return line(ref.sequence, in: number, until: last)
  }

  /// The line of an entry by its number in the log of a segment: mostly it stands in that very segment.
  func line(_ sequence: Int, near number: Int, until last: Int64) -> LineGroups.Line? {
    let node = segments[number].node
    if holds(number, node, sequence) { return line(sequence, in: number, until: last) }
    return line(named: EntryRef(node: node, sequence: sequence), until: last)
  }

  private func holds(_ number: Int, _ node: NodeCode, _ sequence: Int) -> Bool {
    segments[number].node == node && segments[number].range?.contains(sequence) == true
  }

  private func line(_ sequence: Int, in number: Int, until last: Int64) -> LineGroups.Line? {
    guard let place = segments[number].place(of: sequence),
      segments[number].lines[place].logged <= last
    else { return nil }
    return LineGroups.Line(segment: Int32(number), place: Int32(place))
  }
}
