internal import Glibc
internal import LoggistModel

/// One process at a time appends to a node's log from elsewhere: an exclusive `flock` on the node's folder, which needs no
/// file of its own (a file `lock` says that the log is written here). For a log that is written here, the writers' lock.
struct CopyLock {
  private let store: Store
  private let folder: Int32?
  private let writers: NodeLock?
  /// So long somebody else may hold it, in milliseconds.
  private static let limit = 10_000

  init(_ store: Store, _ node: NodeCode, isOwn: Bool) throws(StoreError) {
    self.store = store
    if isOwn {
      let lock = try NodeLock(store, node)
      do throws(StoreError) {
        try lock.take(limit: CopyLock.limit)
      } catch {
        lock.close()
        throw error
      }
      (writers, folder) = (lock, nil)
      return
    }
    let path = store.folder(of: node)
    let file = try calling("open", path) { () throws(Errno) in
      try store.calls.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0)
    }
    do throws(StoreError) {
      try CopyLock.take(file, path, store.calls)
    } catch {
      store.calls.close(file)
      throw error
    }
    (writers, folder) = (nil, file)
  }

  private static func take(
    _ file: Int32, _ path: String, _ calls: SystemCalls
  ) throws(StoreError) {
    let deadline = calls.ticks() + limit
    while true {
      do throws(Errno) {
        return try calls.flock(file, LOCK_EX | LOCK_NB)
      } catch {
        guard error == .wouldBlock else { throw .system("flock", path, error) }
        if calls.ticks() >= deadline { throw .locked(path: path, holder: "") }
        calls.sleep(5)
      }
    }
  }

  /// Both locks go with their files.
  func close() {
    writers?.close()
    if let folder { store.calls.close(folder) }
  }
}
