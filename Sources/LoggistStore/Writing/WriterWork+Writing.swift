internal import LoggistModel

extension WriterWork {
  /// Makes the batch and writes it behind the log's end; under the lock.
  mutating func write(
    via: Record.Via, _ batch: (AppendContext) throws -> EntryTexts
  ) throws(StoreError) -> WrittenLines {
    let segments = try catchUp()
    guard let end else { return WrittenLines() }
    let now = clock()
    let isFirst = end.sequence == 0
    // Recorded times never go back, whatever the clock does.
    let first = isFirst ? now : max(now, end.logged + TimeSpan(milliseconds: 1))
    let context = AppendContext(
      store: store, node: node.code, nextSequence: end.sequence + 1, logged: first,
      clockBehind: isFirst ? .zero : max(.zero, end.logged - now),
      highestIncident: end.highestIncident)
    let entries: EntryTexts
    do {
      entries = try batch(context)
    } catch {
      throw (error as? StoreError) ?? .refused(error)
    }
    self.end?.highestIncident = context.highestIncident
    guard !entries.texts.isEmpty else { return WrittenLines() }
    try checkRoom(for: entries.texts.count, from: context)
    let lines = PendingLines(
      entries, from: context.ref(0), logged: first, by: by, via: via, random)
    let target = target(of: first, segments)
    if let newest = segments.last, newest != target, !failedSegments.contains(newest) {
      finish(newest)
    }
    return try append(lines, to: target, segments, repeating: WrittenLines())
  }

  /// A line that no reader takes would be acknowledged and lost.
  private func checkRoom(
    for count: Int, from context: AppendContext
  ) throws(StoreError) {
    guard context.nextSequence <= Line.highestNumber - (count - 1) else {
      throw .usedUp(node.code, .entries)
    }
    let last = context.logged + TimeSpan(milliseconds: Int64(count - 1))
    guard SegmentName(of: last).isReadable else { throw .usedUp(node.code, .time) }
  }

  var random: RandomSource { RandomSource(seed: store.seed, random: store.calls.random) }

  /// The file that a line recorded at an instant goes into: the newest, unless its month is over or its flush failed.
  private func target(of logged: Instant, _ segments: [SegmentName]) -> SegmentName {
    let month = SegmentName(of: logged)
    guard let newest = segments.last else { return month }
    if failedSegments.contains(newest) { return afterFailure(logged, segments) }
    return newest > month || newest.isSameMonth(as: month) ? newest : month
  }

  /// A file for lines that are written again. It is always numbered: that is how a reader knows that lines may
  /// stand in it that stood elsewhere before.
  func afterFailure(_ logged: Instant, _ segments: [SegmentName]) -> SegmentName {
    let month = max(SegmentName(of: logged), segments.last ?? SegmentName(of: logged))
    let numbers = segments.filter { $0.isSameMonth(as: month) }.map(\.number)
    return SegmentName(
      year: month.year, month: month.month, number: max(1, numbers.max() ?? 1) + 1)
  }

  /// Flushes a segment before the next one is begun: what a process that died has left there unflushed stands
  /// before what is acknowledged from now on.
  private mutating func finish(_ segment: SegmentName) {
    guard let opened = try? openSegment(segment, isNew: false) else { return }
    try? store.calls.fdatasync(opened.file)
  }

  /// Writes lines, then repeats others as they are, behind the log's end.
  mutating func append(
    _ lines: PendingLines, to target: SegmentName, _ segments: [SegmentName],
    repeating repeated: WrittenLines
  ) throws(StoreError) -> WrittenLines {
    guard let end else { return WrittenLines() }
    let (store, node) = (store, node.code)
    let isNew = !segments.contains(target)
    let breaks = !isNew && !end.endsWithLineBreak
    let known = isNew ? segments + [target] : segments
    let gap = try GapDigest.digest(
      behind: end, in: store, node: node, segments: segments, breaks: breaks)
    let path = store.path(node, target)
    var hasReserve = true
    func makeRoom() -> Bool {
      defer { hasReserve = false }
      return hasReserve && Reserve(store).giveUp()
    }
    let opened: OpenSegment
    do throws(StoreError) {
      opened = try openSegment(target, isNew: isNew)
    } catch {
      guard case .system(let failure) = error, failure.error.isFull else { throw error }
      guard makeRoom() else { throw .diskFull(path: path, failure.error, standing: []) }
      opened = try openSegment(target, isNew: isNew)
    }
    var appender = SegmentAppender(
      calls: store.calls, file: opened.file, needsBreak: breaks, prev: end.headDigest, gap: gap,
      gapOnDisk: { (lineEnd) throws(StoreError) -> String? in
        var torn = end
        if let lineEnd { torn.lineEnd = (target, lineEnd) }
        (torn.segment, torn.size, torn.tailIsLine) = (target, .max, false)
        return try GapDigest.digest(
          behind: torn, in: store, node: node, segments: known, breaks: true)
      },
      makeRoom: makeRoom, size: isNew || end.segment != target ? 0 : end.size)
    do throws(SegmentAppender.Failure) {
      try appender.append(lines)
      if !repeated.isEmpty { try appender.repeatLines(repeated) }
    } catch {
      switch error {
      case .read(let error): throw error
      case .write(let errno) where errno.isFull:
        throw .diskFull(path: path, errno, standing: appender.written.refs)
      case .write(let errno): throw .system("write", path, errno)
      }
    }
    try advance(over: appender, lines, target)
    return appender.written
  }

  /// The log's end after what an appender wrote: nobody else can have written, the lock is held.
  private mutating func advance(
    over appender: SegmentAppender, _ lines: PendingLines, _ target: SegmentName
  ) throws(StoreError) {
    guard let last = appender.written.last, var end = end else { return }
    end.sequence = last.ref.sequence
    end.headDigest = appender.prev
    end.logged = last.logged
    let path = store.path(node.code, target)
    if end.segment != target {
      end.inode = try calling("fstat", path) { () throws(Errno) in
        try store.calls.fstat(appender.file).inode
      }
    }
    (end.segment, end.size, end.endsWithLineBreak) = (target, appender.size, true)
    end.tailIsLine = false
    end.lineEnd = (target, appender.lineEnd ?? appender.size)
    if let highest = end.highestIncident {
      end.highestIncident = max(highest, lines.highestOpened ?? 0)
    }
    self.end = end
  }
}
