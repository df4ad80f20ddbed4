internal import Glibc
internal import LoggistModel

/// Wakes whoever waits for new lines: inotify on the nodes' folders.
///
/// Put `descriptor` into `poll(2)` beside a timer of one second: the kernel's queue may overflow, and on a network disk
/// it does not see other machines. After either, `drain` and `LogReader.poll`.
package final class LogTail: Sendable {
  /// Readable when something happened. Closed with this object.
  package let descriptor: Int32

  package init(store: Store) throws(StoreError) {
    let file = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard file >= 0 else { throw .system("inotify_init1", store.path, .current) }
    descriptor = file
    let events = UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_DELETE | IN_MOVED_FROM)
    for folder in ["\(store.path)/nodes"] + store.nodes.map({ store.folder(of: $0.code) }) {
      if inotify_add_watch(file, folder, events) < 0 {
        let error = Errno.current
        close(file)
        throw .system("inotify_add_watch", folder, error)
      }
    }
  }

  /// Takes the waiting events; true where there were any.
  package func drain() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    var hadEvents = false
    while read(descriptor, &buffer, buffer.count) > 0 { hadEvents = true }
    return hadEvents
  }

  deinit { close(descriptor) }
}
