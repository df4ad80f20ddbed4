internal import Glibc
internal import LoggistModel

/// One node's log with all that its verification needs.
struct VerifiedLog {
  let node: Store.Node
  private(set) var segments: [SegmentName]
  /// In the order of the files.
  private(set) var links: [Link] = []
  /// What reading found.
  private(set) var readFindings: [Finding] = []
  private(set) var redactions: [EntryRef: [Redactor]] = [:]
  private(set) var bytes = 0
  /// What entries say of the store outside this log's lines.
  private(set) var claims = Claims()

  /// One valid line.
  struct Link {
    let ref: EntryRef
    let logged: Instant
    let segment: Int
    let place: LinePlace
    let headDigest: String
    let prev: String?
    let digest: String?
    /// Of the entry's bytes as they stand there.
    let entryDigest: String
    /// The entry that the line itself says has redacted it.
    let redactedBy: EntryRef?
    let gap: String?
    /// Of the bytes between the last line and this one; nil where there are none.
    let gapThere: (digest: String, count: Int, isBlank: Bool)?
    /// The last of a run whose first line is the link before this one: what lies between is checked.
    var endsRun = false
  }

  /// Of the segments that need no closer look.
  private(set) var surveys: [Int: SegmentSurvey] = [:]
  /// Each line once, wherever it stands again.
  var lineCount: Int {
    surveys.values.reduce(0) { $0 + $1.heads.count }
      + links.count { surveys[$0.segment] == nil } - repeats.count
  }
  /// The places of links that are the same line as another one.
  private(set) var repeats: Set<Int> = []
  /// Of the lines that were looked at closely.
  private(set) var digestsOfLinks: [Int: [String]] = [:]

  /// - Parameter surveys: of the segments that need no closer look.
  init(
    _ node: Store.Node, in store: Store, surveys: [SegmentName: SegmentSurvey] = [:]
  ) throws(StoreError) {
    self.node = node
    segments = try store.segments(of: node.code)
    var pending = PendingGap()
    for (index, segment) in segments.enumerated() {
      let path = Store.relativePath(node.code, segment)
      if let survey = surveys[segment] {
        add(survey, index, &pending)
        continue
      }
      let file: Int32
      do throws(StoreError) {
        file = try store.open(node.code, segment, O_RDONLY)
      } catch {
        guard let reason = FindingReason(error) else { throw error }
        readFindings.append(Finding(path: path, reason: reason))
        continue
      }
      defer { store.calls.close(file) }
      let isNewest = index == segments.count - 1
      var visitor = LinkVisitor(
        node: node.code, path: path, segment: index, file: file, calls: store.calls,
        pending: pending)
      var tail = 0
      do throws(Errno) {
        var scan = SegmentScan(node: node.code, calls: store.calls)
        try scan.run(file, withTail: !isNewest, into: &visitor)
        tail = isNewest ? scan.tail : 0
        let size = scan.offset + tail
        bytes += size
        visitor.finish(size: scan.offset)
        if let failure = visitor.failure { throw failure }
        if tail > 0, NodeLock.isFree(store, node.code) {
          visitor.note(
            .tornTail(bytes: tail),
            at: LinePlace(number: scan.number, offset: scan.offset, length: tail, end: size))
        }
      } catch {
        throw .system("pread", store.path(node.code, segment), error)
      }
      links += visitor.links
      readFindings += visitor.findings
      redactions.merge(visitor.redactions, uniquingKeysWith: +)
      claims.add(visitor.claims)
      for link in visitor.links {
        digestsOfLinks[link.ref.sequence, default: []].append(link.headDigest)
      }
      pending = visitor.pending
    }
    repeats = findRepeats()
  }

  /// Of lines that stand twice the one counts that stands in the file of its month, or else comes first.
  private func findRepeats() -> Set<Int> {
    var claims: [Int: [Int]] = [:]
    for (place, link) in links.enumerated()
    where digestsOfLinks[link.ref.sequence, default: []].count > 1 {
      claims[link.ref.sequence, default: []].append(place)
    }
    var repeats: Set<Int> = []
    for var places in claims.values {
      while let first = places.first {
        let same = places.filter { links[$0].isSame(as: links[first]) }
        let counted = same.first { isInItsMonth(links[$0]) } ?? first
        repeats.formUnion(same.filter { $0 != counted })
        places.removeAll { same.contains($0) }
      }
    }
    return repeats
  }

  private func isInItsMonth(_ link: Link) -> Bool {
    segments[link.segment].isSameMonth(as: SegmentName(of: link.logged))
  }

  /// Its first and its last line stand for all of it.
  private mutating func add(_ survey: SegmentSurvey, _ index: Int, _ pending: inout PendingGap) {
    var gap: (digest: String, count: Int, isBlank: Bool)?
    if pending.count > 0 {
      gap = (
        digest: pending.hasher.base64URL(), count: pending.count, isBlank: pending.isBlank
      )
    }
    (pending.count, pending.isBlank) = (0, true)
    links.append(link(survey.first, index, gap: gap))
    if survey.first.sequence != survey.last.sequence {
      var last = link(survey.last, index, gap: nil)
      last.endsRun = true
      links.append(last)
    }
    surveys[index] = survey
    claims.add(survey.claims)
    bytes += survey.size
  }

  private func link(
    _ end: SegmentSurvey.End, _ index: Int, gap: (digest: String, count: Int, isBlank: Bool)?
  ) -> Link {
    Link(
      ref: EntryRef(node: node.code, sequence: end.sequence), logged: end.logged, segment: index,
      place: end.place, headDigest: end.headDigest, prev: end.prev, digest: "", entryDigest: "",
      redactedBy: nil, gap: nil, gapThere: gap)
  }

  /// The digests of the heads of the lines that claim a number.
  func headDigests(of ref: EntryRef) -> [String] {
    surveys.values.compactMap { $0.headDigest(of: ref.sequence) }
      + (digestsOfLinks[ref.sequence] ?? [])
  }

  /// The line of the highest number.
  var head: LogHead? {
    links.max { $0.ref < $1.ref }.map { LogHead(ref: $0.ref, digest: $0.headDigest) }
  }
}

/// Bytes since the last valid line, which may lie in the segment before.
struct PendingGap {
  let hasher = SHA256Hasher()
  var count = 0
  var isBlank = true
  /// Up to where the present segment is accounted for.
  var offset = 0
}

/// Collects the links of one segment.
private struct LinkVisitor: LineVisitor {
  let node: NodeCode
  let path: String
  let segment: Int
  let file: Int32
  let calls: SystemCalls
  var pending: PendingGap
  var links: [VerifiedLog.Link] = []
  var findings: [Finding] = []
  var redactions: [EntryRef: [Redactor]] = [:]
  var claims = Claims()
  var failure: Errno?
  private let hasher = SHA256Hasher()
  private let decoder = EntryDecoder()

  init(
    node: NodeCode, path: String, segment: Int, file: Int32, calls: SystemCalls,
    pending: PendingGap
  ) {
    (self.node, self.path, self.segment) = (node, path, segment)
    (self.file, self.calls, self.pending) = (file, calls, pending)
    self.pending.offset = 0
  }

  mutating func visit(_ line: Line, at place: LinePlace, bytes: UnsafeRawBufferPointer) {
    takeGap(upTo: place.offset)
    let gap =
      pending.count == 0
      ? nil : (pending.hasher.base64URL(), count: pending.count, isBlank: pending.isBlank)
    (pending.count, pending.isBlank, pending.offset) = (0, true, place.end)
    let ref = EntryRef(node: node, sequence: line.sequence)
    hasher.add(bytes[part: 0..<line.headLength])
    let headDigest = hasher.base64URL()
    hasher.add(bytes[part: line.entryRange])
    let (entry, failure) = decoder.entry(line.tape, at: line.entryToken, logged: line.logged)
    if let failure, line.version <= Record.version { note(.unreadableEntry(failure), at: place) }
    if entry.kind == .redacted, let redacted = entry.ref {
      let redactor = Redactor(ref: ref, reason: entry.string(.reason) ?? "")
      redactions[redacted, default: []].append(redactor)
    }
    claims.take(
      entry, ref,
      Claims.Place(path: path, line: place.number, offset: place.offset, length: place.length))
    links.append(
      VerifiedLog.Link(
        ref: ref, logged: line.logged, segment: segment, place: place, headDigest: headDigest,
        prev: line.prev, digest: line.digest, entryDigest: hasher.base64URL(),
        redactedBy: entry.redactedBy, gap: line.gap, gapThere: gap))
  }

  mutating func note(_ reason: FindingReason, at place: LinePlace) {
    findings.append(
      Finding(
        path: path, line: place.number, offset: place.offset, length: place.length,
        reason: reason))
  }

  /// What stands behind the last line goes over to the next segment.
  mutating func finish(size: Int) { takeGap(upTo: size) }

  private mutating func takeGap(upTo end: Int) {
    while pending.offset < end, failure == nil {
      do throws(Errno) {
        let bytes = try calls.read(
          file, at: pending.offset, count: min(1 << 20, end - pending.offset))
        if bytes.isEmpty { return }
        pending.hasher.add(bytes)
        pending.count += bytes.count
        pending.isBlank = pending.isBlank && LinkVisitor.isBlank(bytes, at: pending.offset)
        pending.offset += bytes.count
      } catch {
        failure = error
      }
    }
  }

  /// White space, and a byte order mark at the file's start: tolerated without being accounted for.
  private static func isBlank(_ bytes: [UInt8], at offset: Int) -> Bool {
    let rest = offset == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    return rest.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
  }
}

extension Entry {
  /// The entry that redacted this one, as it stands in its place.
  var redactedBy: EntryRef? {
    fields.first { $0.name == "redacted" }?.value.string.flatMap { EntryRef($0) }
  }
}
