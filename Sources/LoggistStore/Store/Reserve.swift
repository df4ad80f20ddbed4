internal import Glibc

/// The file `reserve`: 1 MiB that is given up first when the disk is full, so that the last words get through.
struct Reserve {
  private let store: Store

  init(_ store: Store) {
    self.store = store
  }

  static let size = 1 << 20
  private var path: String { "\(store.path)/reserve" }

  var exists: Bool { (try? store.calls.lstat(path)) != nil }

  /// True where there was something to give up.
  func giveUp() -> Bool {
    (try? store.calls.unlink(path)) != nil
  }

  /// Sets the room aside again where it was given up and there is room; a failure is none.
  func restore() {
    guard !exists else { return }
    do throws(Errno) {
      try store.calls.withFile(
        path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: store.fileMode
      ) { (file) throws(Errno) in
        try store.calls.fchmod(file, store.fileMode)
        try store.calls.allocate(file, Reserve.size)
      }
    } catch {
      if error != .exists { _ = giveUp() }
    }
  }
}
