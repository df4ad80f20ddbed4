internal import Glibc
package import LoggistModel

/// Which redacted entries are gone from the engine's copy, too: `sync/erased`, a name a line.
package struct Erasures: Sendable {
  private let store: Store
  private(set) package var done: Set<EntryRef>

  package init(_ store: Store) {
    self.store = store
    let bytes = (try? store.calls.contents(of: "\(store.path)/sync/erased")) ?? []
    done = Set(
      String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { EntryRef($0) })
  }

  /// Redacted here, and perhaps still readable on the servers.
  package func open() throws(StoreError) -> [EntryRef] {
    try Set(Redaction.redactors(in: store).keys).subtracting(done).sorted()
  }

  package mutating func note(_ refs: [EntryRef]) throws(StoreError) {
    done.formUnion(refs)
    let text = done.sorted().map { "\($0)\n" }.joined()
    let path = "\(store.path)/sync/erased"
    try calling("create", path) { () throws(Errno) in
      try store.calls.makeFolder("\(store.path)/sync", mode: store.folderMode)
      try store.calls.replace(path, with: Array(text.utf8), mode: store.fileMode)
    }
  }
}
