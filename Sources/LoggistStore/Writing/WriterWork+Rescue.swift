internal import LoggistModel

extension WriterWork {
  /// After a failed flush: writes the lines again from memory into a new segment and flushes that.
  ///
  /// The old segment is never flushed again: ext4, xfs and btrfs all say "ok" at the second call while the page is gone
  /// from memory and was never on the disk. The new segment's first line says what happened. A second failure is an
  /// alarm: from then on this writer writes nothing.
  mutating func rescue(_ lines: WrittenLines, after error: Errno) throws(StoreError) {
    guard let failed = open?.name, !lines.isEmpty else { return }
    let path = store.path(node.code, failed)
    failedSegments.insert(failed)
    closeSegment()
    if error.isFull {
      guard Reserve(store).giveUp() else {
        throw .diskFull(path: path, error, standing: lines.refs)
      }
    } else if failedFlush != nil {
      isAlarmed = true
      throw .failedDisk(path: path, error)
    } else {
      failedFlush = error
    }
    do throws(StoreError) {
      _ = try underLock { (work) throws(StoreError) -> WrittenLines in
        try work.writeAgain(lines, failed: failed, error)
      }
      do throws(Errno) {
        try flush()
      } catch {
        throw .failedDisk(path: path, error)
      }
    } catch {
      if let again = open?.name { failedSegments.insert(again) }
      closeSegment()
      end = nil
      if case .diskFull = error { throw error }
      if case .locked = error { throw error }
      isAlarmed = true
      throw .failedDisk(path: path, failedFlush ?? .inputOutput)
    }
  }

  private mutating func writeAgain(
    _ lines: WrittenLines, failed: SegmentName, _ error: Errno
  ) throws(StoreError) -> WrittenLines {
    let segments = try catchUp()
    guard var end, let last = lines.last else { return WrittenLines() }
    if end.sequence < last.ref.sequence {
      // What was written cannot even be read back: the numbers are taken all the same.
      end.sequence = last.ref.sequence
      end.headDigest = lines.lastHeadDigest
      end.logged = max(end.logged, last.logged)
      self.end = end
    }
    let logged = max(clock(), end.logged + TimeSpan(milliseconds: 1))
    var entry = Entry(
      .ioError, at: Timestamp(logged),
      text: "fdatasync of \(failed) failed: \(error). The log goes on in this file.")
    let ref = EntryRef(node: node.code, sequence: end.sequence + 1)
    entry.salt = random.salt(ref)
    let line = PendingLines(
      EntryTexts([entry]), from: ref, logged: logged, by: by, via: last.via, random)
    return try append(
      line, to: afterFailure(logged, segments), segments, repeating: lines)
  }
}
