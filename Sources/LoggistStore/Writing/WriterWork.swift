internal import Glibc
internal import LoggistModel

/// What a writer keeps between two appends, and the steps of one.
struct WriterWork {
  let store: Store
  let node: Store.Node
  let by: String
  let clock: @Sendable () -> Instant
  let lockLimit: Int
  private var lock: NodeLock?
  var end: LogEnd?
  /// The segment that is open for appending.
  var open: OpenSegment?
  /// A flush of these failed: they are never written or flushed again.
  var failedSegments: Set<SegmentName> = []
  /// Of the first failed flush.
  var failedFlush: Errno?
  /// After the second one nothing is written any more.
  var isAlarmed = false

  struct OpenSegment {
    let name: SegmentName
    let file: Int32
    /// Its entry in the folder is known to be on the disk.
    var isFolderSynced: Bool
  }

  init(
    store: Store, node: Store.Node, by: String, clock: @escaping @Sendable () -> Instant,
    lockLimit: Int
  ) {
    (self.store, self.node, self.by) = (store, node, by)
    (self.clock, self.lockLimit) = (clock, lockLimit)
  }

  mutating func close() {
    closeSegment()
    lock?.close()
    lock = nil
  }

  mutating func append(
    via: Record.Via, _ batch: (AppendContext) throws -> [Entry]
  ) throws(StoreError) -> [Record] {
    let (random, by) = (random, by)
    var records: [Record] = []
    _ = try appendTexts(via: via) { context in
      records = try batch(context).enumerated().map { place, entry in
        // As it will be read: the order of the fields is the format's.
        var entry = entry.asRead
        let ref = context.ref(place)
        entry.salt = random.salt(ref)
        let logged = context.logged + TimeSpan(milliseconds: Int64(place))
        return Record(ref: ref, logged: logged, by: by, via: via, entry: entry)
      }
      return EntryTexts(records.map(\.entry))
    }
    return records
  }

  /// How many entries were appended.
  mutating func appendTexts(
    via: Record.Via, _ batch: (AppendContext) throws -> EntryTexts
  ) throws(StoreError) -> Int {
    if isAlarmed {
      throw .failedDisk(path: store.folder(of: node.code), failedFlush ?? .inputOutput)
    }
    let written = try underLock { (work) throws(StoreError) -> WrittenLines in
      try work.write(via: via, batch)
    }
    guard !written.isEmpty else { return 0 }
    do throws(Errno) {
      try flush()
    } catch {
      try rescue(written, after: error)
    }
    return written.count
  }

  mutating func underLock(
    _ body: (inout WriterWork) throws(StoreError) -> WrittenLines
  ) throws(StoreError) -> WrittenLines {
    let lock: NodeLock
    if let taken = self.lock {
      lock = taken
    } else {
      lock = try NodeLock(store, node.code)
      self.lock = lock
    }
    try lock.take(limit: lockLimit)
    defer { lock.release() }
    do throws(StoreError) {
      return try body(&self)
    } catch {
      // Nobody knows what the log's end is like now: the next append looks for itself.
      end = nil
      closeSegment()
      throw error
    }
  }

  // MARK: - Steps

  /// Brings `end` up to date; the segments that stand there now.
  mutating func catchUp() throws(StoreError) -> [SegmentName] {
    let segments = try store.segments(of: node.code)
    if var known = end, isUnchanged(known, segments) {
      try known.catchUp(in: store, node: node, segments: segments)
      end = known
    } else {
      closeSegment()
      end = try LogEnd.find(in: store, node: node, segments: segments)
    }
    return segments
  }

  /// False where a known segment was replaced, cut short or taken away.
  private func isUnchanged(_ end: LogEnd, _ segments: [SegmentName]) -> Bool {
    guard let segment = end.segment else { return true }
    guard segments.contains(segment),
      let status = try? store.calls.lstat(store.path(node.code, segment))
    else { return false }
    return status.inode == end.inode && status.size >= end.size
  }

  mutating func openSegment(_ name: SegmentName, isNew: Bool) throws(StoreError) -> OpenSegment {
    if let open, open.name == name { return open }
    closeSegment()
    let flags = O_WRONLY | O_APPEND | (isNew ? O_CREAT | O_EXCL : 0)
    let file = try store.open(node.code, name, flags)
    let opened = OpenSegment(name: name, file: file, isFolderSynced: false)
    open = opened
    if isNew, store.isShared { try? store.calls.fchmod(file, store.fileMode) }
    return opened
  }

  mutating func closeSegment() {
    if let open { store.calls.close(open.file) }
    open = nil
  }

  /// Puts on the disk what was written, and the file's entry in its folder the first time: its maker may have died
  /// before doing so.
  mutating func flush() throws(Errno) {
    guard let open else { return }
    try store.calls.fdatasync(open.file)
    if !open.isFolderSynced {
      try store.calls.syncFolder(store.folder(of: node.code))
      self.open?.isFolderSynced = true
    }
  }
}
