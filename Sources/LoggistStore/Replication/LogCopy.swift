internal import Glibc
package import LoggistModel

/// The log of another machine as it stands here: takes its next lines, byte for byte, and nothing else.
///
/// A line is taken where its number is the next one and its `prev` fits. One that is here already is known; one that
/// lies further on waits for those between; one that has a taken number and another head is a fork, of which nothing is
/// written over. Only `flush` acknowledges. Whoever uses it holds the store's `CopyLock`; for the log that this machine writes
/// itself it also takes the writers' lock.
package final class LogCopy {
  package let store: Store
  package let node: NodeIdentity
  private var lock: NodeLock?
  private var end: LogEnd
  /// The node's folder is there.
  private var isThere = false
  /// Of the lines up to `end` as they were when somebody asked.
  private var known: KnownHeads?
  /// Lines that stand behind a hole in the newest file.
  private var hole: Hole?
  private var open: OpenSegment?
  private var isOwn: Bool { store.node(node.code)?.isOwn ?? false }

  private struct OpenSegment {
    let name: SegmentName
    let file: Int32
    var size: Int
    /// So much of it is on the disk.
    var flushed: Int
    /// Its entry in the folder is not on the disk yet.
    var isNew: Bool
  }

  private struct Hole {
    let segment: SegmentName
    /// Where the missing lines belong.
    let offset: Int
    let behind: [CopyChain.Link]
  }

  /// What a line is to this copy.
  package enum Arrival: Sendable, Hashable {
    case next
    case known
    /// These numbers have to come first.
    case ahead(missing: ClosedRange<Int>)
    /// Here stands another line of that number, or another one in front of it.
    case fork
    /// This copy has later lines and not this one, in a file that is not its newest: it is damaged, and not mended here.
    case damage
  }

  /// The folder of a node that is not known yet is made with its first line.
  package init(_ store: Store, _ node: NodeIdentity) throws(StoreError) {
    guard store.access == .readWrite else { throw .readOnly(path: store.path) }
    (self.store, self.node) = (store, node)
    end = .empty(uuid: node.uuid)
    if store.node(node.code) != nil { try settle() }
  }

  deinit { close() }

  package func close() {
    if let open { store.calls.close(open.file) }
    open = nil
    lock?.close()
    lock = nil
  }

  /// The highest number, 0 where there is none yet, and the digest of its head.
  package var head: (sequence: Int, digest: String) { (end.sequence, end.headDigest) }

  /// The identity of the node of that code here is another one's: two machines write under one code.
  package var isOtherMachine: Bool {
    guard let uuid = store.node(node.code)?.uuid else { return false }
    return uuid != node.uuid
  }

  /// Cost: of a line that may be known, the first time a reading of the whole log.
  package func judge(_ line: ForeignLine) throws(StoreError) -> Arrival {
    precondition(line.ref.node == node.code)
    let number = line.ref.sequence
    if isOtherMachine { return .fork }
    if number > end.sequence + 1 { return .ahead(missing: end.sequence + 1...number - 1) }
    if number == end.sequence + 1 { return line.prev == end.headDigest ? .next : .fork }
    if number == end.sequence { return line.headDigest == end.headDigest ? .known : .fork }
    guard let digest = try heads()[number] else { return .damage }
    return digest == line.headDigest ? .known : .fork
  }

  /// True where the line of that number is here and its text was taken out.
  package func isBlanked(_ number: Int) throws(StoreError) -> Bool {
    if number > end.sequence { return false }
    return try heads().blanked.contains(number)
  }

  private func heads() throws(StoreError) -> KnownHeads {
    if let known { return known }
    let read = try KnownHeads(store, node.code)
    known = read
    return read
  }

  /// Writes lines behind the end, each the next one of the one before it. On the disk they are after `flush`.
  package func append(_ lines: [ForeignLine]) throws(StoreError) {
    if lines.isEmpty { return }
    if !isThere {
      try makeFolder()
      try settle()
    }
    var lines = lines[...]
    if hole != nil {
      try mend(with: lines)
      lines = lines.drop { $0.ref.sequence <= end.sequence }
    }
    guard let first = lines.first else { return }
    guard first.prev == end.headDigest else {
      throw .broken(
        path: store.folder(of: node.code), why: "\(first.ref) does not follow what stands there")
    }
    do throws(StoreError) {
      var target = try prepare(first)
      var bytes: [UInt8] = []
      for line in lines {
        precondition(line.ref.sequence == end.sequence + 1 && line.prev == end.headDigest)
        let segment = segment(of: line.logged)
        if segment != target {
          try write(bytes, to: target)
          (bytes, target) = ([], segment)
        }
        bytes += line.gap
        bytes += line.bytes
        bytes.append(0x0A)
        (end.sequence, end.headDigest) = (line.ref.sequence, line.headDigest)
        end.logged = line.logged
        end.segment = segment
        known?.add(line)
        if bytes.count > 1 << 20 {
          try write(bytes, to: target)
          bytes = []
        }
      }
      try write(bytes, to: target)
    } catch {
      try? settle()
      throw error
    }
  }

  /// Puts on the disk what was appended: only when this has returned may anybody say that it is here.
  ///
  /// After a failed flush nobody knows which pages are there, and a second one may lie: the file is written anew up to
  /// what an earlier flush has kept.
  package func flush() throws(StoreError) {
    guard var open else { return }
    let path = store.path(node.code, open.name)
    do throws(Errno) {
      try store.calls.fdatasync(open.file)
      if open.isNew { try store.calls.syncFolder(store.folder(of: node.code)) }
    } catch {
      if !isOwn { try? rewrite(open.name, keeping: open.flushed) }
      try? settle()
      throw .failedDisk(path: path, error)
    }
    (open.flushed, open.isNew) = (open.size, false)
    self.open = open
  }

  // MARK: - Steps

  private func makeFolder() throws(StoreError) {
    let folder = store.folder(of: node.code)
    try calling("create", folder) { () throws(Errno) in
      try store.calls.makeFolder(folder, mode: store.folderMode)
      let file = NodeFile(code: node.code, uuid: node.uuid, created: node.created)
      let path = "\(folder)/node.json"
      if (try? store.calls.lstat(path)) == nil {
        try store.calls.replace(path, with: file.bytes, mode: store.fileMode)
      }
      try store.calls.syncFolder("\(store.path)/nodes")
    }
  }

  /// Looks at the log as it stands there now.
  private func settle() throws(StoreError) {
    if let open { store.calls.close(open.file) }
    (open, known) = (nil, nil)
    isThere = true
    if isOwn, lock == nil {
      let writers = try NodeLock(store, node.code)
      lock = writers
      try writers.take(limit: 10_000)
    }
    let here = Store.Node(
      code: node.code, uuid: store.node(node.code)?.uuid ?? node.uuid, isOwn: isOwn)
    let segments = try store.segments(of: node.code)
    end = try LogEnd.find(in: store, node: here, segments: segments)
    hole = nil
    guard let newest = end.segment else { return }
    let file = try store.open(node.code, newest, O_RDONLY)
    defer { store.calls.close(file) }
    // What a process that was killed has written here is on the disk before anybody calls it known.
    let path = store.path(node.code, newest)
    try calling("fdatasync", path) { () throws(Errno) in
      try store.calls.fdatasync(file)
      try store.calls.syncFolder(store.folder(of: node.code))
    }
    // The log that is written here has rules of its own for what a crash leaves.
    if isOwn { return }
    try closeLastLine()
    let before = try LogEnd.find(in: store, node: here, segments: Array(segments.dropLast()))
    let chain = try calling("pread", path) { () throws(Errno) in
      try CopyChain(file, after: before, node: node.code, calls: store.calls)
    }
    guard !chain.behind.isEmpty else { return }
    let last = chain.last
    end.sequence = last?.number ?? before.sequence
    end.headDigest = last?.headDigest ?? before.headDigest
    end.logged = last?.logged ?? before.logged
    end.tailIsLine = false
    hole = Hole(segment: newest, offset: last?.range.upperBound ?? 0, behind: chain.behind)
  }

  /// Gives the last line its end where a crash took that: until then no reader shows it.
  private func closeLastLine() throws(StoreError) {
    guard let last = end.lineEnd, last.offset > 0, last.segment == end.segment else { return }
    let path = store.path(node.code, last.segment)
    let file = try store.open(node.code, last.segment, O_RDWR | O_APPEND)
    defer { store.calls.close(file) }
    let bytes = try calling("pread", path) { () throws(Errno) in
      try store.calls.read(file, at: last.offset - 1, count: 2)
    }
    if bytes.first == 0x0A { return }
    if bytes.count == 1 {
      try calling("write", path) { () throws(Errno) in
        try store.calls.writeAll(file, [0x0A])
        try store.calls.fdatasync(file)
      }
    } else {
      try rewrite(last.segment, keeping: last.offset, closed: true)
    }
    end.lineEnd = (last.segment, last.offset + 1)
    (end.tailIsLine, end.endsWithLineBreak) = (false, true)
  }

  /// Puts missing lines in front of those that stand behind the hole: a new file in the place of the old one.
  private func mend(with lines: ArraySlice<ForeignLine>) throws(StoreError) {
    guard let hole, let end = hole.behind.last?.number else { return }
    // What comes behind all of them is appended as ever: its month may be another.
    let lines = lines.prefix { $0.ref.sequence < end }
    let last = lines.last?.ref.sequence ?? self.end.sequence
    let path = store.path(node.code, hole.segment)
    let file = try store.open(node.code, hole.segment, O_RDONLY)
    defer { store.calls.close(file) }
    try calling("write", path) { () throws(Errno) in
      var bytes = try store.calls.read(file, at: 0, count: hole.offset)
      if bytes.last.map({ $0 != 0x0A }) ?? false { bytes.append(0x0A) }
      for line in lines { bytes += line.gap + line.bytes + [0x0A] }
      for link in hole.behind where link.number > last {
        bytes += try store.calls.read(file, at: link.range.lowerBound, count: link.range.count)
        if bytes.last != 0x0A { bytes.append(0x0A) }
      }
      try store.calls.replace(path, with: bytes, mode: store.fileMode)
    }
    try settle()
  }

  /// As the writer of a log chooses it: the newest, unless its month is over.
  private func segment(of logged: Instant) -> SegmentName {
    let month = SegmentName(of: logged)
    guard let newest = end.segment else { return month }
    return newest > month || newest.isSameMonth(as: month) ? newest : month
  }

  /// Opens the file for the next line, with nothing in it behind the last one.
  ///
  /// What a crash has left there was never acknowledged. The beginning of the very line that comes is kept and
  /// completed in place of being written again; anything else goes, by a new file in the place of the old one.
  private func prepare(_ line: ForeignLine) throws(StoreError) -> SegmentName {
    let target = segment(of: line.logged)
    guard open == nil else { return target }
    if end.tailIsLine, let name = end.segment {
      try openSegment(name)
      try put([0x0A])
      end.lineEnd = (name, open?.size ?? 0)
    }
    for name in try store.segments(of: node.code) {
      if let last = end.lineEnd, name < last.segment { continue }
      let start = end.lineEnd.map { $0.segment == name ? $0.offset : 0 } ?? 0
      let tail = try tail(of: name, from: start)
      if tail.isEmpty { continue }
      let next = line.gap + line.bytes + [0x0A]
      if name == target, next.starts(with: tail) {
        try openSegment(name)
        // The rest of the line is written with the next ones; what stands there already is taken back from it.
        pendingStart = tail.count
      } else if isOwn {
        let why = "its end is a piece of a line, and not of \(line.ref)"
        throw .broken(path: store.path(node.code, name), why: why)
      } else {
        try rewrite(name, keeping: start)
      }
    }
    return target
  }

  /// So many bytes of the next write stand in the file already.
  private var pendingStart = 0

  private func tail(of name: SegmentName, from start: Int) throws(StoreError) -> [UInt8] {
    let file = try store.open(node.code, name, O_RDONLY)
    defer { store.calls.close(file) }
    return try calling("pread", store.path(node.code, name)) { () throws(Errno) in
      let size = try store.calls.fstat(file).size
      return size > start ? try store.calls.read(file, at: start, count: size - start) : []
    }
  }

  /// The first bytes of a file, perhaps with an end of line, in a new file under its name.
  private func rewrite(
    _ name: SegmentName, keeping count: Int, closed: Bool = false
  ) throws(StoreError) {
    if open?.name == name, let file = open?.file {
      store.calls.close(file)
      open = nil
    }
    let path = store.path(node.code, name)
    let file = try store.open(node.code, name, O_RDONLY)
    defer { store.calls.close(file) }
    try calling("write", path) { () throws(Errno) in
      let bytes = try store.calls.read(file, at: 0, count: count) + (closed ? [0x0A] : [])
      try store.calls.replace(path, with: bytes, mode: store.fileMode)
    }
  }

  private func write(_ bytes: [UInt8], to name: SegmentName) throws(StoreError) {
    guard bytes.count > pendingStart else { return }
    if open?.name != name {
      try flush()
      try openSegment(name)
    }
    try put(Array(bytes[pendingStart...]))
    pendingStart = 0
  }

  private func openSegment(_ name: SegmentName) throws(StoreError) {
    if open?.name == name { return }
    if let open { store.calls.close(open.file) }
    open = nil
    let path = store.path(node.code, name)
    let isNew = (try? store.calls.lstat(path)) == nil
    let file = try store.open(
      node.code, name, O_WRONLY | O_APPEND | (isNew ? O_CREAT | O_EXCL : 0))
    let size = try calling("fstat", path) { () throws(Errno) in
      if isNew { try store.calls.fchmod(file, store.fileMode) }
      return try store.calls.fstat(file).size
    }
    open = OpenSegment(name: name, file: file, size: size, flushed: size, isNew: isNew)
  }

  private func put(_ bytes: [UInt8]) throws(StoreError) {
    guard let open else { return }
    let path = store.path(node.code, open.name)
    do throws(Errno) {
      try store.calls.writeAll(open.file, bytes)
      self.open?.size += bytes.count
    } catch {
      throw error.isFull
        ? .diskFull(path: path, error, standing: []) : .system("write", path, error)
    }
  }
}

/// Who a node is: what its `node.json` says.
package struct NodeIdentity: Sendable, Hashable {
  package let code: NodeCode
  package let uuid: String
  package let created: String

  package init(code: NodeCode, uuid: String, created: String) {
    (self.code, self.uuid, self.created) = (code, uuid, created)
  }
}
