internal import Glibc
internal import LoggistModel

extension ReplicaLog {
  /// Adds a line that was accepted as the next one; it is here for good only after `flush`.
  package mutating func append(_ line: ForeignLine) {
    precondition(canAppend, "only its own machine writes a log")
    let pieces = line.pieces(otherwise: segment(of: line.logged))
    for piece in pieces.dropLast() { _ = add(piece) }
    guard let last = pieces.last else { return }
    let (file, end) = add(last)
    if file != chain.lastFile { endFiles(before: file) }
    let (length, gap) = (line.bytes.count, last.bytes.count - line.bytes.count - 1)
    chain.append(
      LogChain.Link(
        sequence: line.ref.sequence, prev: line.prev, head: line.head,
        place: LogChain.Place(
          file: file, gap: line.gap.isEmpty ? nil : gap, offset: end - length - 1, length: length),
        end: end))
  }

  /// As the writer of a log chooses it: that of the line before, unless its month is over.
  private func segment(of logged: Instant) -> SegmentName {
    let month = SegmentName(of: logged)
    guard let last = chain.lastFile else { return month }
    let name = files[last].name
    return name > month || name.isSameMonth(as: month) ? name : month
  }

  private mutating func endFiles(before file: Int) {
    let last = chain.lastFile.map { files[$0].name }
    for index in files.indices where files[index].name < files[file].name && !isOwn {
      if last.map({ files[index].name >= $0 }) ?? true { files[index].isOver = true }
    }
  }

  private mutating func add(_ piece: LogParcel.Piece) -> (file: Int, end: Int) {
    let index: Int
    if let known = files.firstIndex(where: { $0.name == piece.segment }) {
      index = known
    } else {
      var file = File(name: piece.segment)
      file.isNew = true
      // Places count files in the order in which they were met, so a late one goes last.
      files.append(file)
      index = files.count - 1
    }
    files[index].unwritten += piece.bytes
    return (index, files[index].end + files[index].unwritten.count)
  }

  /// Puts on the disk what is here, whoever wrote it: only what was read before is vouched for.
  package mutating func flush() throws(StoreError) {
    let last = chain.position.sequence
    let writes = files.contains(where: \.isToBeWritten)
    if last == flushed, !writes { return }
    var isReplaced = false
    for index in files.indices where files[index].isDirty || files[index].isToBeWritten {
      if try flush(index) { isReplaced = true }
    }
    try calling("fsync", store.folder(of: node)) { () throws(Errno) in
      // Whoever made a file may have died before doing so.
      if isOwn || flushed == 0 || files.contains(where: \.isNew) {
        try store.calls.syncFolder(store.folder(of: node))
      }
    }
    if isReplaced {
      // Lines that stood behind a hole may be part of the log now.
      try abandon()
      return try flush()
    }
    for index in files.indices { files[index].isNew = false }
    flushed = last
  }

  /// - Returns: whether another file stands in the place of the one that was read.
  private mutating func flush(_ index: Int) throws(StoreError) -> Bool {
    let file = files[index]
    let path = store.path(node, file.name)
    let writes = file.isToBeWritten
    let flags = !writes ? O_RDONLY : file.isNew ? O_RDWR | O_CREAT | O_EXCL : O_RDWR
    let descriptor = try store.open(node, file.name, flags)
    defer { store.calls.close(descriptor) }
    if writes, try write(file, to: descriptor) { return true }
    do throws(Errno) {
      try store.calls.fdatasync(descriptor)
    } catch {
      if !isOwn { forgetDoubtful(file, writes ? file.end : file.size, descriptor) }
      throw .failedDisk(path: path, error)
    }
    files[index].inode = try calling("fstat", path) { () throws(Errno) in
      try store.calls.fstat(descriptor).inode
    }
    if writes {
      let end = file.end + file.unwritten.count
      // A fragment may stand behind the last line, for which the next file's first one accounts.
      (files[index].end, files[index].lineEnd) = (end, chain.end(of: index))
      (files[index].size, files[index].scanned) = (end, end)
    }
    (files[index].unwritten, files[index].isOver) = ([], false)
    files[index].isDirty = false
    return false
  }

  /// The page cache now says what the disk does not, and a second flush may lie: what is kept is written anew, and what was
  /// in doubt comes again.
  private func forgetDoubtful(_ file: File, _ size: Int, _ descriptor: Int32) {
    do throws(Errno) {
      let bytes = try store.calls.read(descriptor, at: 0, count: size)
      try store.calls.replace(store.path(node, file.name), with: bytes, mode: store.fileMode)
    } catch {
      try? store.calls.ftruncate(descriptor, min(size, file.end))
    }
  }

  /// Puts the text back into a line that is here without it and that nothing redacts: in a new file under the old one's
  /// name, so that a crash leaves the one or the other.
  package mutating func restore(_ line: ForeignLine) throws(StoreError) {
    precondition(!isOwn, "only its own machine writes a log")
    try flush()
    guard let place = chain[line.ref.sequence], place.length == line.bytes.count,
      try head(of: line.ref.sequence) == line.head
    else { return }
    let file = files[Int(place.file)]
    let path = store.path(node, file.name)
    do throws(Errno) {
      var bytes = try store.calls.contents(of: path, limit: .max)
      guard bytes.count >= place.range.upperBound else { return }
      bytes.replaceSubrange(place.range, with: line.bytes)
      try store.calls.replace(path, with: bytes, mode: store.fileMode)
    } catch {
      throw .writing(path, error)
    }
    try abandon()
  }

  private func write(_ file: File, to descriptor: Int32) throws(StoreError) -> Bool {
    let path = store.path(node, file.name)
    let size = try calling("fstat", path) { () throws(Errno) in
      if file.isNew { try store.calls.fchmod(descriptor, store.fileMode) }
      return try store.calls.fstat(descriptor).size
    }
    let tail = try calling("pread", path) { () throws(Errno) in
      size > file.end
        ? try store.calls.read(descriptor, at: file.end, count: size - file.end) : []
    }
    // The beginning of the very lines that come is completed.
    guard file.unwritten.starts(with: tail) else {
      try rewrite(file, tail, descriptor)
      return true
    }
    do throws(Errno) {
      try store.calls.writeAll(descriptor, file.unwritten, at: file.end)
    } catch {
      if !isOwn { try? store.calls.ftruncate(descriptor, size) }
      throw .writing(path, error)
    }
    return false
  }

  /// Puts lines in front of what stands where they belong, in a new file under the old one's name.
  ///
  /// What a crash has left there and is no line was never acknowledged, and goes. Lines behind a hole stay: another tool
  /// may have copied them. Of two histories the one that links to what is here is the log, the other is a fork.
  private func rewrite(
    _ file: File, _ tail: [UInt8], _ descriptor: Int32
  ) throws(StoreError) {
    let path = store.path(node, file.name)
    if isOwn {
      let next = EntryRef(node: node, sequence: flushed + 1)
      throw .broken(path: path, why: "its end is a piece of a line, and not of \(next)")
    }
    let standing = StandingLines.among(tail, of: node)
    let later = standing.filter { $0.number > position.sequence }
    let others = standing.compactMap { line -> ForeignLine? in
      guard line.number <= position.sequence, let other = line.foreign,
        (try? head(of: line.number)) != other.head
      else { return nil }
      return other
    }
    if !others.isEmpty {
      var fork = try ForkFile(node, in: store)
      try fork.keep(others)
    }
    do throws(Errno) {
      var bytes = try store.calls.read(descriptor, at: 0, count: file.end)
      bytes += file.unwritten
      for line in later.sorted(by: { $0.number < $1.number }) { bytes += line.bytes }
      try store.calls.replace(path, with: bytes, mode: store.fileMode)
    } catch {
      throw .writing(path, error)
    }
  }
}

/// Lines of a node among bytes of one of its files, as they stand there.
private struct StandingLines: LineVisitor {
  private(set) var lines: [Standing] = []
  private let tail: [UInt8]
  private let node: NodeCode
  private var start = 0
  private let reader = ForeignLineReader()

  struct Standing {
    let number: Int
    /// With what it accounts for in front of it, and an end of line.
    let bytes: [UInt8]
    /// Nil where it was altered.
    let foreign: ForeignLine?
  }

  private init(_ tail: [UInt8], _ node: NodeCode) { (self.tail, self.node) = (tail, node) }

  static func among(_ tail: [UInt8], of node: NodeCode) -> [Standing] {
    var (scanner, visitor) = (LineScanner(node: node), StandingLines(tail, node))
    let padded = tail + repeatElement(0, count: JSONParser.padding)
    padded.withUnsafeBytes { bytes in
      _ = scanner.scan(bytes[part: 0..<tail.count], offset: 0, number: 1, into: &visitor)
    }
    return visitor.lines
  }

  mutating func visit(_ line: Line, at place: LinePlace, bytes: UnsafeRawBufferPointer) {
    let gap = line.gap == nil ? [] : Array(tail[start..<place.offset])
    lines.append(
      Standing(
        number: line.sequence, bytes: gap + bytes + [0x0A],
        foreign: try? reader.foreign(line, node, bytes, gap, nil)))
    start = min(place.end, tail.count)
  }

  mutating func note(_ reason: FindingReason, at place: LinePlace) {}
}
