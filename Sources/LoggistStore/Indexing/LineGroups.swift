internal import CSimdJSON
internal import LoggistModel

/// The lines of an index in groups that can be folded each on its own: an incident's, and with it those of any other that
/// it is merged with, that a complaint moved to, or that an entry of it speaks of.
///
/// Cost: linear in the lines.
struct LineGroups: Sendable {
  /// Where the lines of each are, in the order of their first lines.
  private(set) var groups: [Range<Int>] = []
  private var lines: [Line] = []

  struct Line: Sendable {
    let segment: Int32
    let place: Int32
  }

  func lines(of group: Range<Int>) -> ArraySlice<Line> { lines[group] }

  /// - Parameter asOf: later records are left out.
  init(_ index: LogIndex, asOf: Instant?) {
    var numbering = Numbering(index, asOf: asOf)
    var sets = DisjointSets()
    for _ in 0..<numbering.count { _ = sets.add() }
    for link in Link.all(in: index, asOf: asOf) {
      let own = numbering.number(of: link.line, &sets)
      if let line = link.subject.flatMap({ index.line(named: $0, asOf: asOf) }) {
        sets.unite(own, numbering.number(of: line, &sets))
      }
      for id in link.incidents {
        if let other = numbering.number(of: id) { sets.unite(own, other) }
      }
    }
    collect(numbering, &sets)
  }

  private mutating func collect(_ numbering: Numbering, _ sets: inout DisjointSets) {
    // Of each thing the group of its set, so that the walks over the lines look up one number.
    var group = [Int32](repeating: -1, count: numbering.count)
    for thing in 0..<numbering.count {
      let first = sets.first(of: thing)
      if first == thing {
        group[thing] = Int32(groups.count)
        groups.append(0..<0)
      } else {
        group[thing] = group[first]
      }
    }
    var places = [Int](repeating: 0, count: groups.count)
    numbering.eachLine { thing, _ in places[Int(group[thing])] += 1 }
    var start = 0
    for index in groups.indices {
      groups[index] = start..<start + places[index]
      places[index] = start
      start = groups[index].upperBound
    }
    lines = [Line](unsafeUninitializedCapacity: start) { buffer, count in
      numbering.eachLine { thing, line in
        let index = Int(group[thing])
        buffer.initializeElement(at: places[index], to: line)
        places[index] += 1
      }
      count = start
    }
  }
}

/// A number for each incident, and for each desk-wide entry that some other entry is about.
private struct Numbering {
  /// Of each line, segment by segment; -1 where it is left out.
  private var numbers: [[Int32]] = []
  private var tables: [Table] = []
  /// The table that was asked last: lines next to each other mostly name incidents of one node.
  private var last = 0
  private var sparse: [IncidentID: Int32] = [:]
  private(set) var count = 0

  /// Incidents are counted up, so that their numbers are places; one far out of the count is looked up instead.
  private static let reach = 1 << 16

  init(_ index: LogIndex, asOf: Instant?) {
    let last = asOf?.milliseconds ?? .max
    for segment in index.segments {
      let lines = segment.lines
      numbers.append(
        [Int32](unsafeUninitializedCapacity: lines.count) { buffer, count in
          while count < lines.count {
            let isThere = lines[count].logged <= last
            let id = isThere ? segment.incident(of: count) : nil
            buffer[count] = id.map { take($0) } ?? -1
            count += 1
          }
        })
    }
  }

  /// The numbers of one node's incidents, by their own; -1 where there is none.
  private struct Table {
    let node: NodeCode
    var numbers: [Int32] = []
  }

  private mutating func take(_ id: IncidentID) -> Int32 {
    let table = place(of: id.node)
    let room = tables[table].numbers.count
    if id.number < room, tables[table].numbers[id.number] >= 0 {
      return tables[table].numbers[id.number]
    }
    if !sparse.isEmpty, let known = sparse[id] { return known }
    defer { count += 1 }
    if id.number < room + Numbering.reach {
      if id.number >= room {
        tables[table].numbers
          .append(contentsOf: repeatElement(-1, count: id.number + 1 - room))
      }
      tables[table].numbers[id.number] = Int32(count)
    } else {
      sparse[id] = Int32(count)
    }
    return Int32(count)
  }

  private mutating func place(of node: NodeCode) -> Int {
    if last < tables.count, tables[last].node == node { return last }
    if let known = tables.firstIndex(where: { $0.node == node }) {
      last = known
    } else {
      last = tables.count
      tables.append(Table(node: node))
    }
    return last
  }

  func number(of id: IncidentID) -> Int? {
    if let table = tables.first(where: { $0.node == id.node }), id.number < table.numbers.count,
      table.numbers[id.number] >= 0
    {
      return Int(table.numbers[id.number])
    }
    return sparse[id].map { Int($0) }
  }

  /// The number of a line; a desk-wide one gets one of its own.
  mutating func number(of line: LineGroups.Line, _ sets: inout DisjointSets) -> Int {
    let known = numbers[Int(line.segment)][Int(line.place)]
    if known >= 0 { return Int(known) }
    numbers[Int(line.segment)][Int(line.place)] = Int32(count)
    count += 1
    return sets.add()
  }

  func eachLine(_ body: (Int, LineGroups.Line) -> Void) {
    for (segment, numbers) in numbers.enumerated() {
      for (place, number) in numbers.enumerated() where number >= 0 {
        body(Int(number), LineGroups.Line(segment: Int32(segment), place: Int32(place)))
      }
    }
  }
}

/// An entry that says something about another one, or joins incidents.
private struct Link: Sendable {
  let line: LineGroups.Line
  let subject: EntryRef?
  /// The incidents that it names, beside its own.
  let incidents: [IncidentID]

  /// All that were recorded by a moment. Two threads look for them.
  static func all(in index: LogIndex, asOf: Instant?) -> [Link] {
    let middle = index.segments.count / 2
    return inParallel([0..<middle, middle..<index.segments.count]) { range in
      let maker = RecordMaker()
      return range.flatMap { number in
        links(in: index.segments[number], number: number, asOf: asOf, maker)
      }
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

  private static func links(
    in segment: IndexedSegment, number: Int, asOf: Instant?, _ maker: RecordMaker
  ) -> [Link] {
    let last = asOf?.milliseconds ?? .max
    var links: [Link] = []
    for (place, line) in segment.lines.enumerated() where line.logged <= last {
      guard line.kind == IndexedSegment.other || kinds[Int(line.kind)] else { continue }
      let own = LineGroups.Line(segment: Int32(number), place: Int32(place))
      if line.kind != IndexedSegment.other, movesNothing[Int(line.kind)],
        !line.has(LOGGIST_LINE_SAYS_MORE)
      {
        if line.target == 0 { continue }
        let subject = EntryRef(node: segment.node, sequence: Int(line.target))
        links.append(Link(line: own, subject: subject, incidents: []))
        continue
      }
      let entry = maker.record(place, of: segment).entry
      guard entry.subject != nil || entry.kind == .merged else { continue }
      links.append(
        Link(line: own, subject: entry.subject, incidents: entry.incidentsNamed))
    }
    return links
  }
}

extension LogIndex {
  /// The line of an entry; none where there is no such entry, or not yet.
  func line(named ref: EntryRef, asOf: Instant?) -> LineGroups.Line? {
    for number in segments.indices where segments[number].node == ref.node {
      guard let place = segments[number].place(of: ref.sequence) else { continue }
      let logged = Instant(milliseconds: segments[number].lines[place].logged)
      return asOf.map { logged <= $0 } ?? true
        ? LineGroups.Line(segment: Int32(number), place: Int32(place)) : nil
    }
    return nil
  }
}
