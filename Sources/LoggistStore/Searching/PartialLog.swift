internal import LoggistModel

/// Some records of a store, and whatever more of it turns out to matter for them.
struct PartialLog {
  private var map: LogMap
  private(set) var records: [Record] = []
  private(set) var findings: [Finding]
  /// A line was not there any more: somebody replaced a segment in the meantime.
  private(set) var hasLostLines = false
  /// Those of which all was taken.
  private(set) var incidents: Set<IncidentID> = []
  /// Read by the pass and not taken: not plain, so that the map may not say all of them.
  private var spare: [LogMap.MappedLine] = []
  private var refs: Set<EntryRef> = []
  private var taken: Set<LogMap.Place> = []
  private var followed = 0
  private let decoder = EntryDecoder()

  /// With those of the lines that the pass read whole that are wanted.
  init(_ map: LogMap, taking isWanted: (Record) -> Bool) {
    self.map = map
    findings = map.findings
    spare = map.lines
    takeSpare(isWanted)
  }

  private mutating func takeSpare(_ isWanted: (Record) -> Bool) {
    if spare.isEmpty { return }
    let lines = spare
    spare = []
    for line in lines {
      if isWanted(line.record) { take(line.record, from: line.place) } else { spare.append(line) }
    }
  }

  private mutating func take(_ record: Record, from place: LogMap.Place) {
    taken.insert(place)
    if refs.insert(record.ref).inserted { records.append(record) }
  }

  /// All that matters for some incidents: the lines in which one of them or an incident that is merged with it is named,
  /// those that refer to one of these (`ref`), and those that these refer to, until nothing more comes.
  ///
  /// - Parameter isRead: the pass has read the lines in which these are named.
  mutating func takeAll(of wanted: Set<IncidentID>, isRead: Bool = false) throws(StoreError) {
    var new = wanted
    if isRead {
      incidents.formUnion(wanted)
      new = try takeLinked()
    }
    while !new.isEmpty {
      try takeLines(naming: new)
      incidents.formUnion(new)
      new = try takeLinked()
    }
  }

  /// Returns the incidents that are merged with some that were taken and were not taken yet.
  private mutating func takeLinked() throws(StoreError) -> Set<IncidentID> {
    try follow { $0.ref }
    return Set(records.lazy.flatMap(\.entry.mergedIncidents)).subtracting(incidents)
  }

  /// Every line in which one of these incidents is named.
  mutating func takeLines(naming incidents: Set<IncidentID>) throws(StoreError) {
    let names = incidents.map { "\"\($0)\"" }
    takeSpare { record in
      let text = record.entry.json.text
      return names.contains { text.contains($0) }
    }
    if map.notesIncidents, incidents.allSatisfy({ map.nodes.contains($0.node) }) {
      try read(map.places(mentioning: incidents)) { _ in true }
    } else if let map = try map.again(LineQuestion(incidents: incidents), except: taken) {
      self.map = map
      findings += Set(map.findings).subtracting(findings)
      for line in map.lines { take(line.record, from: line.place) }
    } else {
      hasLostLines = true
    }
  }

  /// Goes along the links between entries in both directions until nothing new comes: to the entry that one is linked
  /// to, and to every entry that is linked to one.
  mutating func follow(_ link: (Entry) -> EntryRef?) throws(StoreError) {
    while followed < records.count {
      let new = records[followed...]
      followed = records.count
      try takeLines(of: Set(new.compactMap { link($0.entry) }).subtracting(refs))
      let refs = refs
      takeSpare { record in link(record.entry).map { refs.contains($0) } ?? false }
      try read(map.places(mentioning: new.map(\.ref))) { record in
        link(record.entry).map { refs.contains($0) } ?? false
      }
    }
  }

  /// The lines of these entries, where there are any.
  mutating func takeLines(of wanted: Set<EntryRef>) throws(StoreError) {
    takeSpare { wanted.contains($0.ref) }
    var starts: [(place: LogMap.Place, ref: EntryRef)] = []
    for ref in wanted {
      if let start = map.start(of: ref) { starts.append((start, ref)) }
    }
    starts.sort { ($0.place.segment, $0.ref.sequence) < ($1.place.segment, $1.ref.sequence) }
    try eachSegment(starts.map { ($0.place, $0.ref) }, keeping: { _ in true }) {
      (window, reader, place, ref) throws(Errno) -> Bool in
      let head = Array("{\"v\":1,\"node\":\"\(ref.node)\",\"seq\":\(ref.sequence),".utf8)
      var next: Int? = place.offset
      while let offset = next {
        var isFound = false
        next = try window.line(at: offset) { line in
          // What a crash left of a line begins as the line does that was written afterwards.
          isFound = line.starts(with: head) && reader.read(line, at: offset, ifOf: ref)
        }
        if isFound { return true }
      }
      return false
    }
  }

  private mutating func read(
    _ places: [LogMap.Place], keeping isWanted: (Record) -> Bool
  ) throws(StoreError) {
    var new: [(LogMap.Place, Void)] = []
    for place in places where !taken.contains(place) { new.append((place, ())) }
    try eachSegment(new, keeping: isWanted) {
      (window, reader, place, _) throws(Errno) -> Bool in
      let next = try window.line(at: place.offset) { line in
        reader.read(line, at: place.offset, isPlain: true)
      }
      return next != nil
    }
  }

  /// Opens each segment once and reads what is wanted there. Places of one segment stand together.
  private mutating func eachSegment<Wanted>(
    _ places: [(place: LogMap.Place, wanted: Wanted)], keeping isWanted: (Record) -> Bool,
    _ body: (SegmentWindow, inout LineReader, LogMap.Place, Wanted) throws(Errno) -> Bool
  ) throws(StoreError) {
    var rest = places[...]
    while let first = rest.first?.place {
      let segment = map.segments[first.segment]
      let here = rest.prefix { $0.place.segment == first.segment }
      rest = rest.dropFirst(here.count)
      let path = Store.relativePath(segment.piece.node, segment.piece.segment)
      let window = try SegmentWindow(segment, of: map.store)
      var reader = LineReader(segment.piece.node, path: path, decoder: decoder)
      do throws(Errno) {
        for (place, wanted) in here {
          if try !body(window, &reader, place, wanted) { hasLostLines = true }
        }
      } catch {
        throw .system("pread", map.store.path(segment.piece.node, segment.piece.segment), error)
      }
      findings += reader.findings
      for line in reader.lines where isWanted(line.record) {
        take(line.record, from: LogMap.Place(segment: first.segment, offset: line.offset))
      }
    }
  }
}
