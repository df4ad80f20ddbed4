internal import CSimdJSON
internal import LoggistModel

/// A number for each incident, and for each desk-wide entry that some other entry is about.
///
/// Incidents are counted up, so that their own numbers serve, those of one node behind those of another; one far out of the
/// count is looked up instead.
struct IndexedThings: Sendable {
  private(set) var count = 0
  private var nodes: [Node] = []
  /// Of each segment, by its numbers for nodes: where a node's incidents begin, and how many there are at most.
  private var places: [[Node?]] = []
  private var sparse: [IncidentID: Int] = [:]
  private var deskWide: [LineGroups.Line: Int] = [:]

  private struct Node: Sendable {
    let code: NodeCode
    let start: Int
    /// Numbers from here on are looked up.
    let end: Int
  }

  /// - Parameter last: lines that were logged later are left out.
  init(_ index: LogIndex, until last: Int64) {
    // Beyond it a table of all numbers would be larger than the lines.
    let reach = index.count + 1 << 16
    var highest: [NodeCode: Int] = [:]
    var far: Set<IncidentID> = []
    let found = inParallel(index.halves) { half in
      half.map { index.segments[$0].incidents(below: reach, until: last) }
    }.flatMap(\.self)
    for (segment, incidents) in zip(index.segments, found) {
      for (code, number) in zip(segment.names.nodes, incidents.highest) {
        if let code { highest[code] = max(highest[code] ?? 0, number) }
      }
      for id in incidents.others {
        if id.number < reach {
          highest[id.node] = max(highest[id.node] ?? 0, id.number)
        } else {
          far.insert(id)
        }
      }
    }
    for (code, number) in highest.sorted(by: { $0.key < $1.key }) {
      nodes.append(Node(code: code, start: count, end: count + number + 1))
      count += number + 1
    }
    for id in far {
      sparse[id] = count
      count += 1
    }
    places = index.segments.map { segment in
      segment.names.nodes.map { code in nodes.first { $0.code == code } }
    }
  }

  /// Numbers the desk-wide entries that say something about another one, or of which that is said.
  mutating func count(deskWide links: [Link]) {
    for link in links {
      for line in [link.line, link.subject].compactMap(\.self) where deskWide[line] == nil {
        deskWide[line] = count
        count += 1
      }
    }
  }

  func number(of id: IncidentID) -> Int? {
    if let node = nodes.first(where: { $0.code == id.node }), id.number < node.end - node.start {
      return node.start + id.number
    }
    return sparse[id]
  }

  /// The number of a line's incident; of a desk-wide one its own, where it has one.
  func number(of line: LineGroups.Line, in index: LogIndex) -> Int? {
    let (segment, place) = (Int(line.segment), Int(line.place))
    return number(index.segments[segment].lines[place], line, of: index.segments[segment])
  }

  private func number(
    _ line: IndexedLine, _ own: LineGroups.Line, of segment: IndexedSegment
  ) -> Int? {
    if line.kind != IndexedSegment.other, line.incident_node != LOGGIST_NO_INCIDENT,
      let node = places[Int(own.segment)][Int(line.incident_node)]
    {
      let number = node.start + Int(line.incident)
      if number < node.end { return number }
    }
    return segment.incident(of: Int(own.place)).map { number(of: $0) } ?? deskWide[own]
  }

  /// Shows every line of a segment that has a number, by its place.
  func eachLine(
    of number: Int, in index: LogIndex, until last: Int64, _ body: (Int, Int) -> Void
  ) {
    let segment = index.segments[number]
    for (place, line) in segment.lines.enumerated() where line.logged <= last {
      let own = LineGroups.Line(segment: Int32(number), place: Int32(place))
      if let thing = self.number(line, own, of: segment) { body(thing, place) }
    }
  }
}

extension IndexedSegment {
  /// The highest numbers of the incidents of its lines, by its numbers for nodes, as far as they are below a limit; and the
  /// other incidents that are named.
  fileprivate func incidents(
    below limit: Int, until last: Int64
  ) -> (highest: [Int], others: [IncidentID]) {
    var highest = [Int](repeating: 0, count: names.nodes.count)
    var others: [IncidentID] = []
    for (place, line) in lines.enumerated() where line.logged <= last {
      if line.kind == IndexedSegment.other {
        if let id = incident(of: place) { others.append(id) }
      } else if line.incident_node != LOGGIST_NO_INCIDENT {
        let (node, number) = (Int(line.incident_node), Int(line.incident))
        if number < limit {
          if number > highest[node] { highest[node] = number }
        } else if let id = incident(of: place) {
          others.append(id)
        }
      }
    }
    return (highest, others)
  }
}
