internal import Glibc
package import LoggistModel

/// Which redacted entries are gone from the engine's copy, too: `sync/erased`, the copy's name in the first line, then a
/// name of an entry a line.
///
/// Another copy is another matter: where the engine lost the one that was looked through, machines that have not heard of
/// a redaction offer the text again.
package struct Erasures: Sendable {
  private let store: Store
  /// When the engine made the copy in which they are gone; nil where nobody looked.
  private(set) package var copy: String?
  private(set) package var done: Set<EntryRef> = []

  private static let word = "copy "

  package init(_ store: Store) {
    self.store = store
    let bytes = (try? store.calls.contents(of: "\(store.path)/sync/erased")) ?? []
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard let first = lines.first, first.hasPrefix(Erasures.word) else { return }
    copy = String(first.dropFirst(Erasures.word.count))
    done = Set(lines.dropFirst().compactMap { EntryRef($0) })
  }

  /// Redacted here, and perhaps still readable on the servers.
  ///
  /// - Parameter copy: the one that they have, where that is known.
  package func open(in copy: String?) throws(StoreError) -> [EntryRef] {
    let gone = copy == nil || copy == self.copy ? done : []
    return try Set(Redaction.redactors(in: store).keys).subtracting(gone).sorted()
  }

  /// - Parameters:
  ///   - refs: those that were looked for in that copy, and are gone.
  ///   - copy: when the engine made it.
  package mutating func note(_ refs: [EntryRef], in copy: String) throws(StoreError) {
    if copy != self.copy { (self.copy, done) = (copy, []) }
    done.formUnion(refs)
    try save()
  }

  /// The engine has their texts again.
  package mutating func reopen(_ refs: Set<EntryRef>) throws(StoreError) {
    if done.isDisjoint(with: refs) { return }
    done.subtract(refs)
    try save()
  }

  private func save() throws(StoreError) {
    let text = "\(Erasures.word)\(copy ?? "")\n" + done.sorted().map { "\($0)\n" }.joined()
    let path = "\(store.path)/sync/erased"
    try calling("create", path) { () throws(Errno) in
      try store.calls.makeFolder("\(store.path)/sync", mode: store.folderMode)
      try store.calls.replace(path, with: Array(text.utf8), mode: store.fileMode)
    }
  }
}
