internal import Glibc
package import LoggistModel

/// The other history of a node's log, kept beside the one that is here: `sync/forks/INC.jsonl`, lines as they came.
///
/// Nothing that is here is changed by it. So much at most is kept of one node that nobody can fill a disk with it.
package struct ForkFile: Sendable {
  package let node: NodeCode
  private let store: Store
  /// Heads of the lines that are kept.
  private var heads: Set<String> = []
  private var size = 0
  /// The lowest number of which there are two.
  package private(set) var first: Int?

  private static let limit = 16 << 20

  package init(_ node: NodeCode, in store: Store) {
    (self.node, self.store) = (node, store)
    let bytes = (try? store.calls.contents(of: path, limit: ForkFile.limit)) ?? []
    size = bytes.count
    let segment = SegmentName(year: 1, month: 1)
    for line in LogParcel([.init(segment: segment, bytes: bytes)]).lines(of: node) { note(line) }
  }

  /// Relative to the store.
  package var relativePath: String { "sync/forks/\(node).jsonl" }
  private var path: String { "\(store.path)/\(relativePath)" }

  package var count: Int { heads.count }

  /// Whether a line with that head is kept: the next one of that history links to it.
  package func holds(_ head: String) -> Bool { heads.contains(head) }

  /// Keeps a line on the disk.
  ///
  /// - Returns: whether it was not kept before.
  package mutating func keep(_ line: ParcelLine) throws(StoreError) -> Bool {
    guard !heads.contains(line.head) else { return false }
    guard size + line.bytes.count <= ForkFile.limit else { return false }
    try calling("create", path) { () throws(Errno) in
      try store.calls.makeFolder("\(store.path)/sync", mode: store.folderMode)
      try store.calls.makeFolder("\(store.path)/sync/forks", mode: store.folderMode)
      let flags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW
      try store.calls.withFile(path, flags, mode: store.fileMode) { (file) throws(Errno) in
        try store.calls.writeAll(file, line.bytes.last == 0x0A ? line.bytes : line.bytes + [0x0A])
        try store.calls.fdatasync(file)
      }
      try store.calls.syncFolder("\(store.path)/sync/forks")
    }
    size += line.bytes.count
    note(line)
    return true
  }

  private mutating func note(_ line: ParcelLine) {
    heads.insert(line.head)
    first = min(first ?? line.ref.sequence, line.ref.sequence)
  }

  /// Those that a store has.
  package static func all(in store: Store) -> [ForkFile] {
    ((try? store.calls.names("\(store.path)/sync/forks")) ?? [])
      .compactMap { $0.hasSuffix(".jsonl") ? NodeCode($0.dropLast(6)) : nil }
      .map { ForkFile($0, in: store) }
  }
}
