internal import Glibc
package import LoggistModel

/// Which clocks' passing somebody has taken on already: a file each, made by the first who comes.
///
/// Two open screens would otherwise page the same person twice. The mark is made before the hook is run: a machine that
/// stops in between pages nobody, where the other order would page again and again.
package struct OverdueMarks: Sendable {
  private let store: Store

  package init(_ store: Store) {
    self.store = store
  }

  private var folder: String { "\(store.path)/overdue" }

  /// True for the one process that is to run the hook.
  package func claim(_ deadline: Deadline, now: Instant) throws(Errno) -> Bool {
    try store.calls.makeFolder(folder, mode: store.folderMode)
    removeOld(now)
    do throws(Errno) {
      let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
      let file = try store.calls.open("\(folder)/\(name(deadline))", flags, store.fileMode)
      store.calls.close(file)
      return true
    } catch {
      if error == .exists { return false }
      throw error
    }
  }

  /// `INC-12.ack.1641413700`: a promise that is made anew is another deadline.
  private func name(_ deadline: Deadline) -> String {
    "\(deadline.incident).\(deadline.clock.rawValue).\(deadline.due.seconds)"
  }

  /// A deadline that passed long ago is not reported any more, and needs no mark.
  private func removeOld(_ now: Instant) {
    for name in (try? store.calls.names(folder)) ?? [] {
      guard let due = name.split(separator: ".").last.flatMap({ Int64($0) }) else { continue }
      if now.seconds - due > 30 * 86_400 { try? store.calls.unlink("\(folder)/\(name)") }
    }
  }
}
