internal import Glibc
package import LoggistModel

/// One node's log as other machines see it: what is here without a hole, what of it is on the disk, the bytes of each
/// line, and, of another machine's log, the end that is appended to.
///
/// A copy has one writer at a time, who holds the store's `CopyLock`. Nothing that was flushed is ever lost or written
/// over; what a crash cut off before its flush is, because nobody was told of it. Memory: 24 bytes a line. Not for two
/// threads at once.
package struct ReplicaLog {
  package let node: NodeCode
  package let uuid: String
  /// Written by this machine: read and sent here, and appended to only to put back what it has forgotten.
  package let isOwn: Bool
  let store: Store
  var chain: LogChain
  var files: [File] = []
  /// The number of the last line that a flush has put on the disk.
  package internal(set) var flushed = 0
  let reader = ForeignLineReader()
  let window = ReadAhead()
  /// The writers' lock, where the own log is put back.
  private let lock: NodeLock?

  struct File {
    let name: SegmentName
    var inode: UInt64 = 0
    /// The size up to which it was read.
    var size = 0
    /// Where reading goes on.
    var scanned = 0
    /// Behind its last line, whether that is in the chain or not.
    var lineEnd = 0
    /// Behind its last line that is in the chain and was read: where `unwritten` belongs.
    var end = 0
    /// Lines that are to be written there.
    var unwritten: [UInt8] = []
    var isDirty = true
    var isNew = false
    /// The next line stands in a later file: what is behind the last one and accounted for by nobody has to go.
    var isOver = false

    var isToBeWritten: Bool { isOver || !unwritten.isEmpty }
  }

  /// Reads all that is here. Cost: that of reading the log once.
  ///
  /// - Parameter restoring: it may be appended to although it is this machine's; nobody else writes it until `close`.
  package init(
    _ node: Store.Node, in store: Store, restoring: Bool = false
  ) throws(StoreError) {
    guard let uuid = node.uuid else {
      throw .broken(path: "\(store.folder(of: node.code))/node.json", why: "no \"uuid\"")
    }
    (self.node, self.store, isOwn) = (node.code, store, node.isOwn)
    self.uuid = uuid
    chain = LogChain(LogPosition(uuid: uuid))
    lock = restoring && node.isOwn ? try NodeLock(store, node.code) : nil
    do throws(StoreError) {
      try lock?.take(limit: 10_000)
      try catchUp()
    } catch {
      close()
      throw error
    }
  }

  package func close() { lock?.close() }

  package var position: LogPosition { chain.position }

  /// Lines stand behind a hole, or do not follow from those before them: they are not part of what is here.
  package var isWhole: Bool { !chain.hasHole && !chain.isBroken }

  /// The line of the next number is here, and does not follow from the last one.
  package var isBroken: Bool { chain.isBroken }

  var canAppend: Bool { !isOwn || lock != nil }
}

// MARK: - Following the files

extension ReplicaLog {
  /// Takes in what was appended; all of it anew where a file was replaced, cut short or taken away.
  ///
  /// - Returns: whether there is anything new.
  @discardableResult
  package mutating func catchUp() throws(StoreError) -> Bool {
    // What is about to be written is behind what the files hold, and nobody else writes them.
    if files.contains(where: \.isToBeWritten) { return false }
    let names = try store.segments(of: node)
    if !isUnchanged(names) { forget() }
    let before = chain.position.sequence
    for (index, name) in names.enumerated() {
      if index == files.count { files.append(File(name: name)) }
      try read(index, isNewest: index == names.count - 1)
    }
    // A line may have brought those along that waited in another file.
    for index in files.indices { files[index].end = chain.end(of: index) }
    return chain.position.sequence != before
  }

  /// Forgets what was appended and not flushed, and reads anew what the files hold.
  package mutating func abandon() throws(StoreError) {
    forget()
    try catchUp()
  }

  private mutating func forget() {
    files = []
    chain = LogChain(LogPosition(uuid: uuid))
    flushed = 0
    window.forget()
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
    var visitor = ChainVisitor(
      chain: chain, file: index, end: file.lineEnd, isCopy: !isOwn)
    // Handed over, not shared: with two owners the first new line would copy it.
    chain = LogChain(LogPosition(uuid: uuid))
    defer { chain = visitor.chain }
    try calling("pread", path) { () throws(Errno) in
      let status = try store.calls.fstat(descriptor)
      (file.inode, file.size, file.isDirty) = (status.inode, status.size, true)
      var scan = SegmentScan(node: node, calls: store.calls, offset: file.scanned)
      // Nobody ends the last line of a file behind which another one was begun; of a copy it comes again with its end.
      try scan.run(descriptor, withTail: isOwn && !isNewest, into: &visitor)
      (file.scanned, file.lineEnd) = (scan.offset, min(visitor.end, status.size))
    }
    files[index] = file
  }
}
