internal import CSimdJSON
internal import Glibc
internal import LoggistModel

/// What a pass over the bytes of a segment says about its lines: enough to find those of an entry or an incident later.
struct SegmentMap: Sendable {
  let piece: LogPiece
  /// Up to where the segment was gone through.
  private(set) var end = 0
  private(set) var runs: [LineRun] = []
  private(set) var marks: [LineMark] = []
  /// By the node of the entry or incident that is mentioned, in the order of the pass's nodes.
  private(set) var entryMentions: [[Mention]]
  private(set) var incidentMentions: [[Mention]]

  /// Of a segment of which nothing was seen.
  init(_ piece: LogPiece, nodes: Int) {
    self.piece = piece
    let none = [[Mention]](repeating: [], count: nodes)
    (entryMentions, incidentMentions) = (none, none)
  }
}

/// What an earlier pass took from a segment.
struct SegmentBefore: Sendable {
  /// Up to where it was gone through.
  let end: Int
  /// Of the lines that were read, by rising offset.
  private var offsets: ArraySlice<Int>

  init(end: Int, lines offsets: [Int]) {
    (self.end, self.offsets) = (end, offsets.sorted()[...])
  }

  /// Whether a line was read; to be asked with rising offsets.
  mutating func hasRead(_ offset: Int) -> Bool {
    while let first = offsets.first, first < offset { offsets.removeFirst() }
    return offsets.first == offset
  }
}

/// What a pass took from a segment: its map, the lines that it read whole, and what is not as it should be in these.
struct SegmentPass: Sendable {
  private(set) var map: SegmentMap
  private(set) var lines: [ReadLine] = []
  private(set) var findings: [Finding] = []
  /// Numbers or offsets too large for a map, or a line too long: only the whole reading knows this segment.
  private(set) var isBeyondMaps = false
  private var before: SegmentBefore?

  /// The file is not what an earlier pass saw.
  var hasLostLines: Bool { before.map { map.end < $0.end } ?? false }

  /// Files that must not be followed or cannot be read are findings.
  ///
  /// - Parameter before: what an earlier pass saw of it; nothing behind that is looked at, and its lines are not read again.
  init(
    _ piece: LogPiece, node: Int, nodes: [NodeCode], of store: Store, finder: LineFinder,
    buffer: PieceBuffer, before: SegmentBefore?
  ) throws(StoreError) {
    self.before = before
    map = SegmentMap(piece, nodes: nodes.count)
    let file: Int32
    do throws(StoreError) {
      file = try store.open(piece.node, piece.segment, O_RDONLY)
    } catch {
      guard let reason = FindingReason(error) else { throw error }
      let path = Store.relativePath(piece.node, piece.segment)
      findings.append(Finding(path: path, reason: reason))
      return
    }
    defer { store.calls.close(file) }
    finder.begin(node)
    var reader = LineReader(piece.node, path: Store.relativePath(piece.node, piece.segment))
    let path = store.path(piece.node, piece.segment)
    try calling("pread", path) { () throws(Errno) in
      try run(file, finder, buffer, &reader, store.calls)
    }
    map.take(finder, nodes: nodes.count)
    lines = reader.lines
    findings = reader.findings
  }

  private mutating func run(
    _ file: Int32, _ finder: LineFinder, _ buffer: PieceBuffer, _ reader: inout LineReader,
    _ calls: SystemCalls
  ) throws(Errno) {
    var (held, searched) = (0, 0)
    while true {
      let room = room(in: buffer, behind: held)
      let read = try calls.fill(room, from: file, at: map.end + held)
      held += read
      let bytes = buffer.bytes(held)
      if let last = bytes[part: searched..<held].lastIndex(of: 0x0A) {
        let end = searched + last + 1
        if !take(bytes[part: 0..<end], finder, &reader) { return }
        buffer.drop(end, of: held)
        held -= end
      } else if held > LineScanner.lineLimit {
        isBeyondMaps = true
        return
      }
      searched = held
      if read == 0 { break }
    }
    // Of a file that is not its node's newest nobody writes the end any more.
    if held > 0, !map.piece.isNewest || LineScanner.isSeveralLines(buffer.bytes(held)) {
      if before?.hasRead(map.end) != true {
        reader.read(buffer.bytes(held), at: map.end, isPlain: false)
      }
      map.advance(held)
    }
  }

  private func room(in buffer: PieceBuffer, behind held: Int) -> UnsafeMutableRawBufferPointer {
    let room = buffer.room(behind: held)
    guard let before else { return room }
    let rest = max(0, before.end - map.end - held)
    return UnsafeMutableRawBufferPointer(rebasing: room.prefix(rest))
  }

  private mutating func take(
    _ bytes: UnsafeRawBufferPointer, _ finder: LineFinder, _ reader: inout LineReader
  ) -> Bool {
    guard finder.run(bytes, at: map.end) else {
      isBeyondMaps = true
      return false
    }
    for line in finder.lines where before?.hasRead(map.end + line.start) != true {
      reader.read(
        bytes[part: line.start..<line.start + line.length], at: map.end + line.start,
        isPlain: line.is_plain)
    }
    map.advance(bytes.count)
    return true
  }
}

extension SegmentMap {
  fileprivate mutating func advance(_ count: Int) { end += count }

  fileprivate mutating func take(_ finder: LineFinder, nodes: Int) {
    runs = Array(finder.runs)
    marks = Array(finder.marks)
    entryMentions = (0..<nodes).map { Array(finder.entryMentions($0)) }
    incidentMentions = (0..<nodes).map { Array(finder.incidentMentions($0)) }
  }
}
