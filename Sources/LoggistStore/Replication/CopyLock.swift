internal import Glibc

/// Who has it may append to copies of other machines' logs in a store: an exclusive `flock` on `sync/lock`, which is never
/// removed. `loggist-sync` holds it for as long as it runs, `unpack` for a moment.
package struct CopyLock: Sendable {
  private let store: Store
  private let file: Int32

  /// - Parameter patience: so long somebody else may hold it, in milliseconds.
  package init(_ store: Store, patience: Int = 10_000) throws(StoreError) {
    self.store = store
    let folder = "\(store.path)/sync"
    let path = "\(folder)/lock"
    do throws(Errno) {
      try store.calls.makeFolder(folder, mode: store.folderMode)
    } catch {
      throw error == .isSymbolicLink
        ? .unsafe(path: folder, .symbolicLink) : .system("mkdir", folder, error)
    }
    file = try calling("create", path) { () throws(Errno) in
      try store.calls.open(path, O_RDWR | O_CREAT | O_NOFOLLOW, store.fileMode)
    }
    do throws(StoreError) {
      try take(path, patience)
    } catch {
      close()
      throw error
    }
  }

  private func take(_ path: String, _ patience: Int) throws(StoreError) {
    // Set outright, as everywhere in a shared store; whoever finds it there may not be its owner.
    try? store.calls.fchmod(file, store.fileMode)
    let deadline = store.calls.ticks() + patience
    while true {
      do throws(Errno) {
        return try store.calls.flock(file, LOCK_EX | LOCK_NB)
      } catch {
        guard error == .wouldBlock else { throw .system("flock", path, error) }
        if store.calls.ticks() >= deadline {
          throw .locked(
            path: path,
            holder:
              "loggist-sync, which has to be stopped first ('systemctl stop loggist-sync'), or another 'loggist unpack'"
          )
        }
        store.calls.sleep(10)
      }
    }
  }

  package func close() { store.calls.close(file) }

  /// Whether somebody holds a store's lock at the moment; nil where this account may not ask.
  static func isHeld(in store: Store) -> Bool? {
    do throws(Errno) {
      return try store.calls.withFile("\(store.path)/sync/lock", O_RDONLY | O_NOFOLLOW) {
        (file) throws(Errno) -> Bool in
        do throws(Errno) {
          // Closed, and with that given back, at once.
          try store.calls.flock(file, LOCK_SH | LOCK_NB)
          return false
        } catch {
          guard error == .wouldBlock else { throw error }
          return true
        }
      }
    } catch {
      return error == .missing ? false : nil
    }
  }
}
