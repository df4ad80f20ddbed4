internal import Glibc
internal import LoggistModel

/// How far the newest file of a copied log goes on without a hole.
///
/// A power cut may leave later lines of what was not flushed and take earlier ones. Nobody was told that any of them are
/// here, but they may as well be what another tool copied: they stay, and the missing ones are put in front of them.
struct CopyChain {
  /// The last line of the run without holes; nil where the file has none of it.
  private(set) var last: Link?
  /// Lines behind a hole, by number.
  private(set) var behind: [Link] = []

  struct Link {
    let number: Int
    let prev: String
    let headDigest: String
    let logged: Instant
    /// With the bytes in front of it that its gap covers, and its end of line.
    let range: Range<Int>
  }

  /// - Parameter before: the end of the log in the files before this one.
  init(
    _ file: Int32, after before: LogEnd, node: NodeCode, calls: SystemCalls
  ) throws(Errno) {
    var scan = SegmentScan(node: node, calls: calls)
    var visitor = Visitor()
    try scan.run(file, withTail: true, into: &visitor)
    var (number, digest) = (before.sequence, before.headDigest)
    // Lines that were written again after a failed flush stand behind higher numbers.
    for link in visitor.links.sorted(by: { $0.number < $1.number }) {
      if behind.isEmpty, link.number == number + 1, link.prev == digest {
        (number, digest, last) = (link.number, link.headDigest, link)
      } else if link.number > number, behind.last?.number != link.number {
        behind.append(link)
      }
    }
  }

  private struct Visitor: LineVisitor {
    var links: [Link] = []
    private var start = 0
    private let hasher = SHA256Hasher()

    mutating func visit(_ line: Line, at place: LinePlace, bytes: UnsafeRawBufferPointer) {
      hasher.add(bytes[part: 0..<line.headLength])
      let begin = line.gap == nil ? place.offset : start
      links.append(
        Link(
          number: line.sequence, prev: line.prev ?? "", headDigest: hasher.base64URL(),
          logged: line.logged, range: begin..<place.end))
      start = place.end
    }

    mutating func note(_ reason: FindingReason, at place: LinePlace) {}
  }
}
