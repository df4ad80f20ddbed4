internal import Glibc
package import LoggistModel

/// The other history of a node's log, kept beside the one that is here: `sync/forks/INC.jsonl`, lines as they came.
///
/// Two machines that write under one code make it, or a machine that was put back to an older copy. Both histories are
/// kept, the one that was here first in the log; which of them is right, only people can say. While the file stands there
/// `verify` and `doctor` speak of it. So much at most is kept of one node that nobody can fill a disk with it.
package struct ForkFile: Sendable {
  package let node: NodeCode
  private let store: Store
  private var lines: Lines
  private var size: Int
  private var endsWithLineBreak: Bool

  /// Bytes.
  package static let limit = 64 << 20

  package init(_ node: NodeCode, in store: Store) throws(StoreError) {
    (self.node, self.store) = (node, store)
    let path = "\(store.path)/\(ForkFile.path(of: node))"
    var bytes: [UInt8] = []
    do throws(Errno) {
      bytes = try store.calls.contents(of: path, limit: ForkFile.limit)
    } catch {
      guard error == .missing || error.code == ENOTDIR else { throw .system("open", path, error) }
    }
    (size, lines) = (bytes.count, Lines(bytes, of: node))
    endsWithLineBreak = bytes.last.map { $0 == 0x0A } ?? true
  }

  /// Relative to the store.
  package static func path(of node: NodeCode) -> String { "sync/forks/\(node).jsonl" }

  /// The lowest number of which there are two.
  package var first: Int? { lines.first }

  /// The digest of the head that the line of the lowest number follows from. Where the log has that head, the fork is here
  /// from its beginning on.
  package var root: String? { lines.root }

  package var count: Int { lines.heads.count }

  /// Nobody has moved it away.
  package var isThere: Bool {
    (try? store.calls.lstat("\(store.path)/\(ForkFile.path(of: node))")) != nil
  }

  /// Whether a line with that head is kept: the next one of that history links to it.
  package func holds(_ head: String) -> Bool { lines.heads.contains(head) }

  /// Keeps the lines that are not there yet; on the disk when this returns.
  ///
  /// - Returns: so many of them stand there, from the first on: the others found no room.
  @discardableResult
  package mutating func keep(_ lines: some Sequence<ForeignLine>) throws(StoreError) -> Int {
    var (bytes, kept): ([UInt8], Lines) = (endsWithLineBreak ? [] : [0x0A], self.lines)
    var standing = 0
    for line in lines {
      if !kept.heads.contains(line.head) {
        if size + bytes.count + line.bytes.count + 1 > ForkFile.limit { break }
        kept.heads.insert(line.head)
        kept.note(line.ref.sequence, prev: line.prev)
        bytes += line.bytes
        bytes.append(0x0A)
      }
      standing += 1
    }
    if kept.heads.count == count { return standing }
    let path = "\(store.path)/\(ForkFile.path(of: node))"
    do throws(Errno) {
      try store.calls.makeFolder("\(store.path)/sync", mode: store.folderMode)
      try store.calls.makeFolder("\(store.path)/sync/forks", mode: store.folderMode)
      let flags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW
      try store.calls.withFile(path, flags, mode: store.fileMode) { (file) throws(Errno) in
        // Whoever finds the file there may not be its owner, and its rights are right already.
        if size == 0 { try? store.calls.fchmod(file, store.fileMode) }
        try store.calls.writeAll(file, bytes)
        try store.calls.fdatasync(file)
      }
      try store.calls.syncFolder("\(store.path)/sync/forks")
      try store.calls.syncFolder("\(store.path)/sync")
    } catch {
      throw .writing(path, error)
    }
    (self.lines, size, endsWithLineBreak) = (kept, size + bytes.count, true)
    return standing
  }

  /// The nodes of a store that have one.
  package static func nodes(in store: Store) -> [NodeCode] {
    names(in: store).compactMap { $0.hasSuffix(".jsonl") ? NodeCode($0.dropLast(6)) : nil }
  }

  /// A finding for each forked log.
  static func findings(in store: Store) -> [Finding] {
    names(in: store).map { name in
      guard name.hasSuffix(".jsonl"), let node = NodeCode(name.dropLast(6)),
        let fork = try? ForkFile(node, in: store), let first = fork.first
      else { return Finding(path: "sync/forks/\(name)", reason: .notALog) }
      return Finding(
        path: path(of: node), line: 1, length: fork.size,
        reason: .forkKept(EntryRef(node: node, sequence: first)))
    }
  }

  private static func names(in store: Store) -> [String] {
    ((try? store.calls.names("\(store.path)/sync/forks")) ?? []).sorted()
  }

  /// What is known of the lines that are kept.
  private struct Lines: LineVisitor {
    var heads: Set<String> = []
    private(set) var first: Int?
    private(set) var root: String?

    init(_ bytes: [UInt8], of node: NodeCode) {
      var (scanner, lines) = (LineScanner(node: node), self)
      let padded = bytes + repeatElement(0, count: JSONParser.padding)
      padded.withUnsafeBytes { buffer in
        _ = scanner.scan(buffer[part: 0..<bytes.count], offset: 0, number: 1, into: &lines)
      }
      self = lines
    }

    mutating func visit(_ line: Line, at place: LinePlace, bytes: UnsafeRawBufferPointer) {
      heads.insert(base64URL(SHA256.digest(bytes[part: 0..<line.headLength])))
      note(line.sequence, prev: line.prev)
    }

    mutating func note(_ sequence: Int, prev: String?) {
      if sequence < first ?? .max { (first, root) = (sequence, prev) }
    }

    mutating func note(_ reason: FindingReason, at place: LinePlace) {}
  }
}
