internal import Glibc
internal import LoggistModel

/// One node's log as far as it was read.
struct NodeLog {
  private let node: NodeCode
  private let store: Store
  private var segments: [SegmentName: ReadSegment] = [:]
  private var index = LineIndex()
  private let decoder: EntryDecoder

  private struct ReadSegment {
    var scan: SegmentScan
    var inode: UInt64
    var size: Int
    var number: Int
    var isEndTaken = false
  }

  init(node: NodeCode, store: Store, detail: EntryDetail = .everything) {
    (self.node, self.store) = (node, store)
    decoder = EntryDecoder(detail)
  }

  /// The lowest and the highest number that was read.
  var range: ClosedRange<Int>? { index.range }

  /// Why what was read does not hold any more, or nil.
  func change(_ names: [SegmentName]) -> ReloadReason? {
    for (name, segment) in segments {
      let path = Store.relativePath(node, name)
      guard names.contains(name), let status = try? store.calls.lstat(store.path(node, name)) else {
        return .vanished(path)
      }
      if status.inode != segment.inode { return .replaced(path) }
      if status.size < segment.size { return .shrank(path) }
    }
    return nil
  }

  /// Reads a segment from where the last call stopped.
  mutating func read(
    _ name: SegmentName, isNewest: Bool, into contents: inout LogContents
  ) throws(StoreError) {
    let path = store.path(node, name)
    if let known = segments[name], known.isEndTaken || isNewest,
      let status = try? store.calls.lstat(path), status.size == known.size
    {
      return
    }
    let file: Int32
    do throws(StoreError) {
      file = try store.open(node, name, O_RDONLY)
    } catch {
      // One file that must not be followed or cannot be read does not hide the others.
      guard let reason = FindingReason(error) else { throw error }
      contents.findings.append(Finding(path: Store.relativePath(node, name), reason: reason))
      return
    }
    defer { store.calls.close(file) }
    let place = segments.count
    var segment =
      segments[name]
      ?? ReadSegment(
        scan: SegmentScan(node: node, calls: store.calls), inode: 0, size: 0, number: place)
    var visitor = RecordVisitor(
      node: node, path: Store.relativePath(node, name), segment: segment.number, index: index,
      decoder: decoder, contents: contents)
    // Handed over, not shared: with two owners the first new line would copy them.
    (index, contents) = (LineIndex(), LogContents())
    var failure: StoreError?
    do throws(StoreError) {
      try calling("pread", path) { () throws(Errno) in
        let status = try store.calls.fstat(file)
        (segment.inode, segment.size) = (status.inode, status.size)
        try segment.scan.run(file, withTail: !isNewest, into: &visitor)
      }
    } catch {
      failure = error
    }
    segment.isEndTaken = !isNewest
    segments[name] = segment
    (contents, index) = (visitor.contents, visitor.index)
    try settle(visitor.repeated, into: &contents)
    if let failure { throw failure }
  }

  /// Decides of each line whose number was met before: the same bytes count once, others are a second line.
  private func settle(
    _ repeated: [RepeatedLine], into contents: inout LogContents
  ) throws(StoreError) {
    for line in repeated {
      guard let name = segments.first(where: { $0.value.number == Int(line.first.segment) })?.key
      else {
        continue
      }
      let file = try store.open(node, name, O_RDONLY)
      defer { store.calls.close(file) }
      let first = try calling("pread", store.path(node, name)) { () throws(Errno) in
        try store.calls.read(file, at: line.first.offset, count: Int(line.first.length))
      }
      if first == line.bytes { continue }
      contents.findings.append(
        Finding(
          path: line.path, line: line.place.number, offset: line.place.offset,
          length: line.place.length, reason: .fork(line.record.ref)))
      contents.records.append(line.record)
    }
  }
}

/// A line whose number was met before.
struct RepeatedLine {
  let record: Record
  let bytes: [UInt8]
  let path: String
  let place: LinePlace
  let first: LineIndex.Place
}

/// Makes records of the lines of a segment.
private struct RecordVisitor: LineVisitor {
  let node: NodeCode
  let path: String
  let segment: Int
  var index: LineIndex
  let decoder: EntryDecoder
  var contents: LogContents
  var repeated: [RepeatedLine] = []

  mutating func visit(_ line: Line, at place: LinePlace, bytes: UnsafeRawBufferPointer) {
    let (record, failure) = line.record(node: node, decoder: decoder)
    if let failure, line.version <= Record.version { note(.unreadableEntry(failure), at: place) }
    let own = LineIndex.Place(segment: segment, offset: place.offset, length: place.length)
    if let first = index.insert(line.sequence, at: own) {
      repeated.append(
        RepeatedLine(record: record, bytes: Array(bytes), path: path, place: place, first: first))
    } else {
      contents.records.append(record)
    }
  }

  mutating func note(_ reason: FindingReason, at place: LinePlace) {
    contents.findings.append(
      Finding(
        path: path, line: place.number, offset: place.offset, length: place.length,
        reason: reason))
  }
}

extension FindingReason {
  /// What a reader says about a file that it leaves out; nil where nothing can be read at all.
  init?(_ error: StoreError) {
    switch error {
    case .unsafe(_, .symbolicLink): self = .symbolicLink
    case .unsafe(_, .notRegular): self = .notAFile
    case .unsafe(_, .writableByAll): self = .writableByAll
    case .unsafe(_, .foreignOwner(let owner)): self = .foreignOwner(owner)
    case .system(let failure): self = .unreadable(failure.error)
    default: return nil
    }
  }
}
