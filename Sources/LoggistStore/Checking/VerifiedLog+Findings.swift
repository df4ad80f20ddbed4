internal import LoggistModel

extension VerifiedLog {
  /// Everything that is not as it should be in this log, in the order of its files.
  func findings(redactions: [EntryRef: [Redactor]], noted: [LogHead]) -> [Finding] {
    var findings = readFindings
    let firsts = claims(&findings)
    var highest = 0
    var disordered: Int?
    for (index, link) in links.enumerated() where !repeats.contains(index) {
      let reasons = [checkEntry(link, redactions), checkGap(link)]
      findings += reasons.compactMap { $0.map { finding(link, $0) } }
      // Of lines that follow one another in a file the first stands for all.
      if link.ref.sequence < highest, disordered != link.segment {
        findings.append(finding(link, .outOfOrder(link.ref)))
      }
      disordered = link.ref.sequence < highest ? link.segment : nil
      highest = max(highest, link.ref.sequence)
    }
    account(&findings)
    findings += checkChain(firsts)
    for head in noted where head.ref.node == node.code {
      findings += checkNoted(head, firsts)
    }
    return findings.sorted {
      ($0.path.order, $0.line ?? 0, $0.offset) < ($1.path.order, $1.line ?? 0, $1.offset)
    }
  }

  /// The first line of each number, in order of the numbers, with any other that claims the same number.
  private func claims(_ findings: inout [Finding]) -> [[Link]] {
    var bySequence: [Int: [Link]] = [:]
    for (index, link) in links.enumerated() where !repeats.contains(index) {
      let known = bySequence[link.ref.sequence, default: []]
      if !known.isEmpty { findings.append(finding(link, .fork(link.ref))) }
      bySequence[link.ref.sequence] = known + [link]
    }
    return bySequence.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Marks foreign bytes that lie in a gap which its line accounts for.
  private func account(_ findings: inout [Finding]) {
    var start = (segment: 0, offset: 0)
    var covers: [(start: (Int, Int), end: (Int, Int), by: EntryRef)] = []
    for link in links {
      if let gap = link.gap, gap == link.gapThere?.digest {
        covers.append((start, (link.segment, link.place.offset), link.ref))
      }
      start = (link.segment, link.place.end)
    }
    guard !covers.isEmpty else { return }
    let paths = segments.map { Store.relativePath(node.code, $0) }
    for index in findings.indices where findings[index].reason.isForeign {
      guard let segment = paths.firstIndex(of: findings[index].path) else { continue }
      let place = (segment, findings[index].offset)
      findings[index].accountedBy = covers.first { $0.start <= place && place < $0.end }?.by
    }
  }

  private func checkEntry(
    _ link: Link, _ redactions: [EntryRef: [Redactor]]
  ) -> FindingReason? {
    guard let digest = link.digest else { return .uncheckable(link.ref) }
    let redactors = redactions[link.ref] ?? []
    if digest == link.entryDigest {
      return redactors.first.map { .unfinishedRedaction(link.ref, by: $0.ref) }
    }
    if let redactor = redactors.first(where: { $0.ref == link.redactedBy }) {
      return .redacted(link.ref, by: redactor.ref, reason: redactor.reason)
    }
    return .alteredEntry(link.ref)
  }

  private func checkGap(_ link: Link) -> FindingReason? {
    switch (link.gap, link.gapThere) {
    case (nil, nil): nil
    case (nil, let there?):
      there.isBlank ? nil : .uncoveredBytes(link.ref, count: there.count)
    case (let gap?, let there): gap == there?.digest ? nil : .gapDiffers(link.ref)
    }
  }

  /// Numbers without holes, each line naming the head before it, recorded one after the other.
  private func checkChain(_ lines: [[Link]]) -> [Finding] {
    var findings: [Finding] = []
    var before: [Link] = []
    for claims in lines {
      guard let link = claims.first else { continue }
      let expected = (before.first?.ref.sequence ?? 0) + 1
      if link.endsRun, let first = before.first, first.segment == link.segment {
        before = claims
        continue
      }
      if link.ref.sequence > expected {
        let missing = EntryRef(node: node.code, sequence: expected)
        let isSegment = before.first.map { $0.segment != link.segment } ?? (link.place.number == 1)
        let last = link.ref.sequence - 1
        findings.append(
          finding(
            link, isSegment ? .missingSegment(missing, to: last) : .missing(missing, to: last)))
      } else if before.isEmpty {
        if let uuid = node.uuid, link.prev != SHA256.base64URL(Array(uuid.utf8)) {
          findings.append(finding(link, .alteredFirst(link.ref)))
        }
      } else {
        findings += checkLink(claims, before)
      }
      before = claims
    }
    return findings
  }

  private func checkLink(_ claims: [Link], _ before: [Link]) -> [Finding] {
    var findings: [Finding] = []
    for link in claims {
      guard let prev = link.prev else { continue }
      // Of two lines of one number the one that the next line names is the one that stood there.
      if let first = before.first, !before.contains(where: { $0.headDigest == prev }) {
        findings.append(finding(first, .alteredHead(first.ref, by: link.ref)))
      }
      if let first = before.first, link.logged <= first.logged {
        findings.append(finding(link, .loggedGoesBack(link.ref)))
      }
    }
    return findings
  }

  private func checkNoted(_ head: LogHead, _ lines: [[Link]]) -> [Finding] {
    let claims = lines.first { $0.first?.ref == head.ref } ?? []
    if claims.contains(where: { $0.headDigest == head.digest }) { return [] }
    guard let link = claims.first else {
      return [
        Finding(
          path: Store.relativeFolder(of: node.code), reason: .notedHeadMissing(head.ref))
      ]
    }
    return [finding(link, .notedHeadDiffers(head.ref))]
  }

  private func finding(_ link: Link, _ reason: FindingReason) -> Finding {
    Finding(
      path: Store.relativePath(node.code, segments[link.segment]), line: link.place.number,
      offset: link.place.offset, length: link.place.length, reason: reason)
  }
}

extension VerifiedLog.Link {
  /// The same number and the same bytes.
  func isSame(as other: VerifiedLog.Link) -> Bool {
    headDigest == other.headDigest && entryDigest == other.entryDigest
      && place.length == other.place.length
  }
}

extension String {
  /// Segments in their own order: `2022-01.jsonl` before `2022-01.2.jsonl`, which as text it is not.
  var order: String {
    guard let name = SegmentName(lastName(of: self)) else { return self }
    let number = String(name.number)
    let padding = String(repeating: "0", count: max(0, 6 - number.count))
    return "\(folder(of: self))/\(name.description.prefix(7)).\(padding)\(number)"
  }
}
