internal import Glibc
internal import LoggistModel

/// Reads a pack from its first line to its last and holds it against itself: every line's digest, every stretch's chain, every
/// file's sum, and the sum of all.
struct PackReader {
  private let calls: SystemCalls
  private let path: String
  private var lines: FileLines
  private let reader = ForeignLineReader()
  private let sum = SHA256Hasher()
  private var header: PackHeader?
  private var next: [NodeCode: (number: Int, prev: String)] = [:]
  private var gap: (before: EntryRef, bytes: [UInt8])?
  private var evidence: (name: EvidenceName, size: Int, offset: Int, hasher: SHA256Hasher)?
  private var (lineCount, fileCount) = (0, 0)
  private var isOver = false

  init(_ file: Int32, path: String, calls: SystemCalls) {
    (self.path, self.calls) = (path, calls)
    lines = FileLines(file, calls: calls)
  }

  /// The next item; nil behind the last line. Throws `StoreError.badPack` at the first that does not hold.
  mutating func item() throws(StoreError) -> PackItem? {
    let line: UnsafeRawBufferPointer?
    do throws(FileLines.Failure) {
      line = try lines.next()
    } catch {
      switch error {
      case .read(let error): throw .system("pread", path, error)
      case .tooLong: throw bad(.tooLong)
      case .unterminated: throw bad(header == nil ? .notAPack : .cutOff)
      }
    }
    do throws(PackFlaw.Reason) {
      guard let line else {
        if isOver { return nil }
        throw header == nil ? .notAPack : .cutOff
      }
      if isOver { throw .trailing }
      let item = try read(line)
      if case .end = item { return item }
      sum.add(line)
      sum.add([0x0A])
      return item
    } catch {
      throw bad(error)
    }
  }

  private func bad(_ reason: PackFlaw.Reason) -> StoreError {
    .badPack(path: path, PackFlaw(line: max(1, lines.number), reason: reason))
  }

  private mutating func read(
    _ line: UnsafeRawBufferPointer
  ) throws(PackFlaw.Reason) -> PackItem {
    guard header != nil else {
      guard line.starts(with: PackLineStart.header), let json = json(line) else { throw .notAPack }
      let header = try PackHeader(json)
      self.header = header
      for run in header.runs { next[run.node.code] = (run.first, run.prev) }
      return .header(header)
    }
    if line.starts(with: PackLineStart.evidence) { return try readEvidence(line) }
    if evidence != nil { throw .evidence }
    if line.starts(with: PackLineStart.gap) { return try readGap(line) }
    if line.starts(with: PackLineStart.end) { return try readEnd(line) }
    return try readLine(line)
  }

  private func json(_ line: UnsafeRawBufferPointer) -> JSONValue? { try? JSONText.parse(line) }

  private mutating func readGap(_ line: UnsafeRawBufferPointer) throws(PackFlaw.Reason) -> PackItem
  {
    guard gap == nil, let json = json(line),
      let before = json["before"]?.string.flatMap({ EntryRef($0) }),
      let bytes = json["gap"]?.string.flatMap({ Base64.bytes(Array($0.utf8)) }), !bytes.isEmpty
    else { throw .gap }
    gap = (before, bytes)
    return .gap(before: before, bytes: bytes)
  }

  private mutating func readLine(
    _ bytes: UnsafeRawBufferPointer
  ) throws(PackFlaw.Reason) -> PackItem {
    let line: ForeignLine
    do throws(ForeignLineFlaw) {
      line = try reader.read(bytes, gap: gap?.bytes ?? [])
    } catch {
      throw .line(error)
    }
    if let gap, gap.before != line.ref { throw .gap }
    gap = nil
    let run = header?.runs.first { $0.node.code == line.ref.node }
    guard let run, let expected = next[run.node.code], expected.number <= run.last,
      line.ref.sequence == expected.number, line.prev == expected.prev
    else { throw .outOfOrder(line.ref) }
    if line.ref.sequence == run.last, line.head != run.head { throw .outOfOrder(line.ref) }
    next[run.node.code] = (expected.number + 1, line.head)
    lineCount += 1
    return .line(line)
  }

  private mutating func readEvidence(
    _ line: UnsafeRawBufferPointer
  ) throws(PackFlaw.Reason) -> PackItem {
    guard let piece = json(line).flatMap({ EvidencePiece($0) }) else { throw .evidence }
    if let under = evidence {
      guard under.name == piece.name, under.size == piece.size, under.offset == piece.offset
      else { throw .evidence }
    } else if piece.offset != 0 {
      throw .evidence
    }
    let hasher = evidence?.hasher ?? SHA256Hasher()
    hasher.add(piece.bytes)
    let end = piece.offset + piece.bytes.count
    if end < piece.size {
      evidence = (piece.name, piece.size, end, hasher)
    } else {
      if hex(hasher.digest()) != piece.name.description { throw .evidence }
      evidence = nil
      fileCount += 1
    }
    return .evidence(piece)
  }

  private mutating func readEnd(_ line: UnsafeRawBufferPointer) throws(PackFlaw.Reason) -> PackItem
  {
    guard let end = json(line).flatMap({ PackEnd($0) }) else { throw .cutOff }
    // Each stretch has to be there to its last line.
    for run in header?.runs ?? [] where next[run.node.code]?.number != run.last + 1 {
      throw .cutOff
    }
    let there = PackEnd(lines: lineCount, files: fileCount, sum: hex(sum.digest()))
    if gap != nil || end != there { throw .sum }
    isOver = true
    return .end(end)
  }
}
