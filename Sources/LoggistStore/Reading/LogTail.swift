internal import Glibc
internal import LoggistModel

/// Wakes whoever waits for new lines: inotify on the nodes' folders.
///
/// Put `descriptor` into `poll(2)` beside a timer of one second: the kernel's queue may overflow, and on a network disk
/// it does not see other machines. After either, `drain` and `LogReader.poll`.
package final class LogTail: Sendable {
  /// Readable when something happened. Closed with this object.
  package let descriptor: Int32

  private let store: Store

  package init(store: Store) throws(StoreError) {
    let file = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard file >= 0 else { throw .system("inotify_init1", store.path, .current) }
    (descriptor, self.store) = (file, store)
    // From here on `deinit` closes it, whatever is thrown.
    try watch("\(store.path)/nodes")
    // What cannot be watched is still looked at once a second.
    for node in store.nodes { try? watch(store.folder(of: node.code)) }
  }

  private func watch(_ folder: String) throws(StoreError) {
    let events = UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_DELETE | IN_MOVED_FROM)
    if inotify_add_watch(descriptor, folder, events) < 0 {
      throw .system("inotify_add_watch", folder, .current)
    }
  }

  /// Takes the waiting events; true where there were any. The folder of a node that has come is watched from then on.
  package func drain() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    var (hadEvents, hasNewFolder) = (false, false)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { break }
      hadEvents = true
      hasNewFolder = hasNewFolder || LogTail.namesFolder(buffer[..<count])
    }
    if hasNewFolder, let nodes = try? store.refreshed().nodes {
      for node in nodes { try? watch(store.folder(of: node.code)) }
    }
    return hadEvents
  }

  /// Whether one of the events of `inotify(7)` is about a folder.
  private static func namesFolder(_ events: ArraySlice<UInt8>) -> Bool {
    events.withUnsafeBytes { bytes in
      var offset = 0
      while offset + MemoryLayout<inotify_event>.size <= bytes.count {
        let event = bytes.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
        if event.mask & UInt32(IN_ISDIR) != 0 { return true }
        offset += MemoryLayout<inotify_event>.size + Int(event.len)
      }
      return false
    }
  }

  deinit { close(descriptor) }
}
