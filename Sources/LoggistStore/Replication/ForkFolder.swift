internal import Glibc
package import LoggistModel

/// Lines that claim a number which another line has here: the other branch of a forked log, in `sync/forks/WARD.jsonl`.
///
/// Two machines that write under one code make them. Both branches are kept, the one that was here first in the log; which
/// of them is right, only people can say. While the file stands there `verify` and `doctor` speak of it.
package struct ForkFolder: Sendable {
  private let store: Store

  package init(_ store: Store) { self.store = store }

  /// Relative to the store.
  package static func path(of node: NodeCode) -> String { "sync/forks/\(node).jsonl" }

  /// Appends the lines that are not there yet; on the disk when this returns.
  ///
  /// - Returns: how many were new.
  package func keep(_ lines: some Collection<ForeignLine>) throws(StoreError) -> Int {
    guard let node = lines.first?.ref.node else { return 0 }
    let path = "\(store.path)/\(ForkFolder.path(of: node))"
    let there = try contents(of: node)
    var seen = Set(there.split(separator: 0x0A).map { SHA256.base64URL($0) })
    var bytes: [UInt8] = there.isEmpty || there.last == 0x0A ? [] : [0x0A]
    var count = 0
    for line in lines where seen.insert(SHA256.base64URL(line.bytes)).inserted {
      bytes += line.bytes
      bytes.append(0x0A)
      count += 1
    }
    if count == 0 { return 0 }
    do throws(Errno) {
      try store.calls.makeFolder("\(store.path)/sync", mode: store.folderMode)
      try store.calls.makeFolder("\(store.path)/sync/forks", mode: store.folderMode)
      try store.calls.withFile(
        path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, mode: store.fileMode
      ) { (file) throws(Errno) in
        // Whoever finds the file there may not be its owner, and its rights are right already.
        if there.isEmpty { try? store.calls.fchmod(file, store.fileMode) }
        try store.calls.writeAll(file, bytes)
        try store.calls.fdatasync(file)
      }
      try store.calls.syncFolder("\(store.path)/sync/forks")
      try store.calls.syncFolder("\(store.path)/sync")
    } catch {
      throw error.isFull
        ? .diskFull(path: path, error, standing: []) : .system("write", path, error)
    }
    return count
  }

  private func contents(of node: NodeCode) throws(StoreError) -> [UInt8] {
    let path = "\(store.path)/\(ForkFolder.path(of: node))"
    do throws(Errno) {
      return try store.calls.contents(of: path, limit: 1 << 30)
    } catch {
      if error == .missing || error.code == ENOTDIR { return [] }
      throw .system("open", path, error)
    }
  }

  /// A finding for each forked log.
  func findings() -> [Finding] {
    let names = (try? store.calls.names("\(store.path)/sync/forks")) ?? []
    return names.map { name in
      let path = "sync/forks/\(name)"
      guard name.hasSuffix(".jsonl"), let node = NodeCode(name.dropLast(6)),
        let bytes = try? contents(of: node), let first = ForkFolder.firstLine(bytes)
      else { return Finding(path: path, reason: .notALog) }
      return Finding(path: path, line: 1, length: bytes.count, reason: .forkKept(first))
    }
  }

  private static func firstLine(_ bytes: [UInt8]) -> EntryRef? {
    guard let line = bytes.split(separator: 0x0A, maxSplits: 1).first else { return nil }
    return try? ForeignLineReader().read(Array(line)).ref
  }
}
