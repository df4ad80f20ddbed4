internal import Glibc
internal import LoggistModel

/// The lock of a node's log: an exclusive `flock` on its file `lock`, which is never removed.
///
/// Who takes it writes process and account into the file, so that whoever waits can name them; that content is
/// information and decides nothing.
struct NodeLock {
  private let store: Store
  private let path: String
  private let file: Int32
  private let note: [UInt8]

  init(_ store: Store, _ node: NodeCode) throws(StoreError) {
    self.store = store
    let path = "\(store.folder(of: node))/lock"
    self.path = path
    file = try calling("open", path) { () throws(Errno) in
      try store.calls.open(path, O_RDWR | O_CREAT | O_NOFOLLOW, store.fileMode)
    }
    let user = store.calls.user()
    let text = Array("\(user.name), process \(user.process)".utf8.prefix(63))
    note = text + Array(repeating: 0x20, count: 63 - text.count) + [0x0A]
  }

  func close() { store.calls.close(file) }

  /// Waits for the lock, up to a limit in milliseconds.
  func take(limit: Int) throws(StoreError) {
    let deadline = store.calls.ticks() + limit
    var tries = 0
    while true {
      do throws(Errno) {
        try store.calls.flock(file, LOCK_EX | LOCK_NB)
        break
      } catch {
        guard error == .wouldBlock else { throw .system("flock", path, error) }
        if store.calls.ticks() >= deadline { throw .locked(path: path, holder: holder) }
        // It is held for a tenth of a millisecond as a rule: look again at once for a while, then more calmly.
        tries += 1
        store.calls.sleep(tries < 100 ? 0 : min(tries / 100, 10))
      }
    }
    note.withUnsafeBytes { bytes in _ = try? store.calls.pwrite(file, bytes, 0) }
  }

  func release() { try? store.calls.flock(file, LOCK_UN) }

  /// True where nobody holds a node's lock at the moment; also where there is none.
  static func isFree(_ store: Store, _ node: NodeCode) -> Bool {
    let path = "\(store.folder(of: node))/lock"
    let isFree = try? store.calls.withFile(path, O_RDONLY | O_NOFOLLOW) {
      (file) throws(Errno) -> Bool in
      do throws(Errno) {
        try store.calls.flock(file, LOCK_SH | LOCK_NB)
        try? store.calls.flock(file, LOCK_UN)
        return true
      } catch {
        return error != .wouldBlock
      }
    }
    return isFree ?? true
  }

  private var holder: String {
    let bytes = (try? store.calls.read(file, at: 0, count: 64)) ?? []
    let text = String(decoding: bytes.prefix { $0 >= 0x20 }, as: UTF8.self)
    return String(text.reversed().drop { $0 == " " }.reversed())
  }
}
