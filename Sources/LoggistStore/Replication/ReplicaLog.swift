internal import Glibc
package import LoggistModel

/// One node's log as replication sees it: what is here without a hole, what of it is on the disk, the bytes of each line,
/// and, of another machine's log, the end that is appended to.
///
/// A copy has one writer at a time, who holds the store's `sync/lock`. Nothing that was flushed is ever written over; a
/// line that a crash cut off before its flush is, because nobody was told of it.
package struct ReplicaLog {
  package let node: NodeCode
  package let uuid: String
  /// Written by this machine: read and sent here, never appended to.
  package let isOwn: Bool
  private let store: Store
  private var chain: LogChain
  private var files: [File] = []
  /// The number of the last line that a flush has put on the disk.
  package private(set) var flushed = 0

  private struct File {
    let name: SegmentName
    var inode: UInt64 = 0
    /// The size up to which it was read.
    var size = 0
    /// Where reading goes on.
    var scanned = 0
    /// Behind its last line: where a copy goes on.
    var end = 0
    /// Of that, what stands behind the last line: a fragment for which the next file's first line accounts.
    var fragment = 0
    /// Lines of a copy that are to be written there.
    var unwritten: [UInt8] = []
    /// A new file was begun behind it: what stands behind its last line and is no part of the log goes.
    var isOver = false
    var isDirty = true
    var isNew = false
  }

  /// Reads all that is here. Cost: that of reading the log once.
  package init(_ node: Store.Node, in store: Store) throws(StoreError) {
    guard let uuid = node.uuid else {
      throw .broken(path: "\(store.folder(of: node.code))/node.json", why: "no \"uuid\"")
    }
    (self.node, self.store, isOwn) = (node.code, store, node.isOwn)
    self.uuid = uuid
    chain = LogChain(LogPosition(uuid: uuid))
    try catchUp()
  }

  package var position: LogPosition { chain.position }

  /// Bytes of the log's files as they were read.
  package var size: Int { files.reduce(0) { $0 + $1.end } }
}

// MARK: - Following the files

extension ReplicaLog {
  /// Takes in what was appended; all of it anew where a file was replaced, cut short or taken away.
  ///
  /// - Returns: whether there is anything new.
  @discardableResult
  package mutating func catchUp() throws(StoreError) -> Bool {
    // What is about to be written is behind what the files hold, and nobody else writes them.
    if files.contains(where: { !$0.unwritten.isEmpty }) { return false }
    let names = try store.segments(of: node)
    if !isUnchanged(names) {
      files = []
      chain = LogChain(LogPosition(uuid: uuid))
      flushed = 0
    }
    let before = chain.position.sequence
    for (index, name) in names.enumerated() {
      if index == files.count { files.append(File(name: name)) }
      try read(index, isNewest: index == names.count - 1)
    }
    return chain.position.sequence != before
  }

  private func isUnchanged(_ names: [SegmentName]) -> Bool {
    guard names.count >= files.count else { return false }
    return zip(files, names).allSatisfy { file, name in
      guard file.name == name, let status = try? store.calls.lstat(store.path(node, name)) else {
        return false
      }
      return status.inode == file.inode && status.size >= file.size
    }
  }

  private mutating func read(_ index: Int, isNewest: Bool) throws(StoreError) {
    var file = files[index]
    let path = store.path(node, file.name)
    let known = try? store.calls.lstat(path)
    if file.inode != 0, let known, known.size == file.size, isNewest || file.scanned == file.size {
      return
    }
    let descriptor = try store.open(node, file.name, O_RDONLY)
    defer { store.calls.close(descriptor) }
    var visitor = ChainVisitor(chain: chain, file: index, end: file.end)
    // Handed over, not shared: with two owners the first new line would copy it.
    chain = LogChain(LogPosition(uuid: uuid))
    defer { chain = visitor.chain }
    try calling("pread", path) { () throws(Errno) in
      let status = try store.calls.fstat(descriptor)
      (file.inode, file.size, file.isDirty) = (status.inode, status.size, true)
      var scan = SegmentScan(node: node, calls: store.calls, offset: file.scanned)
      // Nobody ends the last line of a file behind which another one was begun.
      try scan.run(descriptor, withTail: !isNewest, into: &visitor)
      (file.scanned, file.end) = (scan.offset, min(visitor.end, status.size))
    }
    files[index] = file
  }

  /// Puts on the disk what is here, whoever wrote it: only what was read before is vouched for.
  package mutating func flush() throws(StoreError) {
    let last = chain.position.sequence
    if last == flushed, !files.contains(where: { !$0.unwritten.isEmpty }) { return }
    for index in files.indices
    where files[index].isDirty || files[index].isOver || !files[index].unwritten.isEmpty {
      try flush(index)
    }
    try calling("fsync", store.folder(of: node)) { () throws(Errno) in
      // Whoever made a file may have died before doing so.
      if isOwn || flushed == 0 || files.contains(where: \.isNew) {
        try store.calls.syncFolder(store.folder(of: node))
      }
    }
    for index in files.indices { files[index].isNew = false }
    flushed = last
  }

  private mutating func flush(_ index: Int) throws(StoreError) {
    let file = files[index]
    let path = store.path(node, file.name)
    let writes = !file.unwritten.isEmpty || file.isOver
    let flags = !writes ? O_RDONLY : file.isNew ? O_WRONLY | O_CREAT | O_EXCL : O_WRONLY
    let descriptor = try store.open(node, file.name, flags)
    defer { store.calls.close(descriptor) }
    if writes { try write(file, to: descriptor) }
    do throws(Errno) {
      try store.calls.fdatasync(descriptor)
    } catch {
      // The page cache now says what the disk does not: the doubtful bytes of a copy go, and come again.
      if writes { try? store.calls.ftruncate(descriptor, file.end - file.unwritten.count) }
      throw .failedDisk(path: path, error)
    }
    files[index].inode = try calling("fstat", path) { () throws(Errno) in
      try store.calls.fstat(descriptor).inode
    }
    if writes { (files[index].size, files[index].scanned) = (file.end, file.end) }
    (files[index].unwritten, files[index].isOver) = ([], false)
    files[index].isDirty = false
  }

  private func write(_ file: File, to descriptor: Int32) throws(StoreError) {
    let path = store.path(node, file.name)
    let size = file.end - file.unwritten.count
    do throws(Errno) {
      if file.isNew, store.isShared { try store.calls.fchmod(descriptor, store.fileMode) }
      // What a crash left behind the last whole line was never acknowledged to anybody.
      if try store.calls.fstat(descriptor).size > size {
        try store.calls.ftruncate(descriptor, size)
      }
      try store.calls.writeAll(descriptor, file.unwritten, at: size)
    } catch {
      try? store.calls.ftruncate(descriptor, size)
      throw error.isFull
        ? .diskFull(path: path, error, standing: []) : .system("write", path, error)
    }
  }
}

// MARK: - Lines

extension ReplicaLog {
  /// Adds a line that was accepted as the next one; it is here for good only after `flush`.
  package mutating func append(_ line: ParcelLine) {
    precondition(!isOwn, "only its own machine writes a log")
    var before = 0
    for piece in line.isGapRight ? line.before : [] {
      let place = add(piece.bytes, to: piece.segment)
      if piece.segment == line.segment {
        before += piece.bytes.count
      } else {
        files[Int(place.file)].fragment += piece.bytes.count
      }
    }
    let place = add(line.bytes, before: before, to: line.segment)
    chain.take(line.ref.sequence, prev: line.prev, head: line.head, at: place)
  }

  private mutating func add(
    _ bytes: [UInt8], before: Int = 0, to segment: SegmentName
  ) -> LogChain.Place {
    let index: Int
    if let known = files.firstIndex(where: { $0.name == segment }) {
      index = known
    } else {
      var file = File(name: segment)
      file.isNew = true
      if let last = files.indices.last, files[last].size > files[last].end {
        files[last].isOver = true
      }
      // Places count files in the order in which they were met, so a late one goes last.
      files.append(file)
      index = files.count - 1
    }
    let offset = files[index].end
    files[index].unwritten += bytes
    files[index].end += bytes.count
    return LogChain.Place(file: index, before: before, offset: offset, length: bytes.count)
  }

  /// Forgets what was appended and not flushed, and reads anew what the files hold.
  package mutating func abandon() throws(StoreError) {
    files = []
    chain = LogChain(LogPosition(uuid: uuid))
    flushed = 0
    try catchUp()
  }

  /// The digest of a line's head; nil where that number is not here.
  package func head(of sequence: Int) throws(StoreError) -> String? {
    if sequence == position.sequence { return position.head }
    if sequence == 0 { return LogPosition(uuid: uuid).head }
    return try parcels(from: sequence, through: sequence).first?.lines(of: node).last?.head
  }

  /// Lines from a number on, each with what stands in front of it, until there are none or they have `limit` bytes; one
  /// at least where there is one.
  package func parcels(
    from first: Int, through last: Int, limit: Int = 256 << 10
  ) throws(StoreError) -> [LogParcel] {
    var (parcels, size): ([LogParcel], Int) = ([], 0)
    var (sequence, stretch) = (first, Stretch())
    while sequence <= min(last, position.sequence), let place = chain[sequence],
      size < limit
    {
      let start = place.offset - Int(place.before)
      let bytes = try stretch.bytes(start..<place.range.upperBound, of: Int(place.file), in: self)
      var pieces = [LogParcel.Piece(segment: files[Int(place.file)].name, bytes: bytes)]
      if start == 0, let end = try endOfFile(before: place) { pieces.insert(end, at: 0) }
      parcels.append(LogParcel(pieces))
      size += bytes.count
      sequence += 1
    }
    return parcels
  }

  /// The fragment at the end of the file before, of which nobody is the line but the next file's first one.
  private func endOfFile(before place: LogChain.Place) throws(StoreError) -> LogParcel.Piece? {
    let index = Int(place.file) - 1
    guard index >= 0 else { return nil }
    let (start, end) = (
      files[index].end - files[index].fragment, max(files[index].end, files[index].size)
    )
    guard end > start else { return nil }
    let bytes = try read(start..<end, of: index)
    return LogParcel.Piece(segment: files[index].name, bytes: bytes)
  }

  fileprivate func read(_ range: Range<Int>, of index: Int) throws(StoreError) -> [UInt8] {
    let file = files[index]
    let written = file.end - file.unwritten.count
    if !file.unwritten.isEmpty, range.lowerBound >= written {
      return Array(file.unwritten[range.lowerBound - written..<range.upperBound - written])
    }
    let descriptor = try store.open(node, file.name, O_RDONLY)
    defer { store.calls.close(descriptor) }
    return try calling("pread", store.path(node, file.name)) { () throws(Errno) in
      try store.calls.read(descriptor, at: range.lowerBound, count: range.count)
    }
  }

  fileprivate func readableEnd(of index: Int) -> Int {
    files[index].unwritten.isEmpty
      ? files[index].end : files[index].end - files[index].unwritten.count
  }
}

/// A stretch of a file that is read once for many lines.
private struct Stretch {
  private var file = -1
  private var offset = 0
  private var held: [UInt8] = []
  private static let size = 256 << 10

  mutating func bytes(
    _ range: Range<Int>, of file: Int, in log: ReplicaLog
  ) throws(StoreError) -> [UInt8] {
    let isHeld =
      file == self.file && range.lowerBound >= offset && range.upperBound <= offset + held.count
    if !isHeld {
      let end = max(
        range.upperBound, min(range.lowerBound + Stretch.size, log.readableEnd(of: file)))
      held = try log.read(range.lowerBound..<end, of: file)
      (self.file, offset) = (file, range.lowerBound)
    }
    guard range.upperBound - offset <= held.count else { return [] }
    return Array(held[range.lowerBound - offset..<range.upperBound - offset])
  }
}
