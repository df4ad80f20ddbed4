internal import Glibc

/// The programs that a store starts when something is logged: executables in `hooks`, named for what starts them.
///
/// Whoever can write there has others run what he likes; so nothing is run that is not the store's owner's, root's or
/// one's own, nor anything that everybody may write.
package struct HookFolder: Sendable {
  private let store: Store

  /// The store's folder from the root on: a hook is started there, where a path from elsewhere leads nowhere.
  package let root: String

  package init(_ store: Store) {
    self.store = store
    let resolved = realpath(store.path, nil)
    defer { free(resolved) }
    root = resolved.map { String(cString: $0) } ?? store.path
  }

  package var path: String { "\(root)/hooks" }

  /// A hook's program; nil where there is none.
  package func program(_ name: HookName) throws(HookRefusal) -> String? {
    guard try checkFolder() else { return nil }
    let program = "\(path)/\(name.rawValue)"
    guard let status = try status(program) else { return nil }
    if let refusal = refusal(status) { throw refusal }
    if !status.isExecutable { throw .notExecutable }
    return program
  }

  /// Whether a rehearsal runs hooks, too: somebody put a file `rehearse` there.
  package var isForRehearsals: Bool {
    (try? store.calls.lstat("\(path)/rehearse").isRegular) ?? false
  }

  /// Whether there is anything at all: where there is not, nothing is looked up for each entry.
  package var exists: Bool { (try? store.calls.lstat(path)) != nil }

  /// Everything there that is not run although it looks as if somebody meant it, by its path in the store.
  package var refusals: [(path: String, refusal: HookRefusal)] {
    do throws(HookRefusal) {
      guard try checkFolder() else { return [] }
    } catch {
      return [("hooks", error)]
    }
    var refusals: [(path: String, refusal: HookRefusal)] = []
    for name in (try? store.calls.names(path)) ?? [] where name != "rehearse" {
      if let known = HookName(rawValue: name) {
        do throws(HookRefusal) {
          _ = try program(known)
        } catch {
          refusals.append(("hooks/\(name)", error))
        }
      } else if let status = try? status("\(path)/\(name)"), status.isRegular,
        status.isExecutable, !name.contains(".")
      {
        refusals.append(("hooks/\(name)", .unknownName))
      }
    }
    return refusals
  }

  /// False where there is no such folder.
  private func checkFolder() throws(HookRefusal) -> Bool {
    guard let status = try status(path) else { return false }
    if status.isSymbolicLink { throw .unsafeFolder("hooks is a symbolic link") }
    if !status.isFolder { throw .unsafeFolder("hooks is not a folder") }
    if status.isWritableByAll { throw .unsafeFolder("everybody may write the folder: chmod o-w") }
    if !isTrusted(status.owner) {
      throw .unsafeFolder("the folder belongs to user \(status.owner), not to the store's owner")
    }
    return true
  }

  private func status(_ path: String) throws(HookRefusal) -> FileStatus? {
    do throws(Errno) {
      return try store.calls.lstat(path)
    } catch {
      if error == .missing { return nil }
      throw .unreadable(error)
    }
  }

  private func refusal(_ status: FileStatus) -> HookRefusal? {
    if status.isSymbolicLink { return .symbolicLink }
    if !status.isRegular { return .notAFile }
    if status.isWritableByAll { return .writableByAll }
    return isTrusted(status.owner) ? nil : .foreignOwner(status.owner)
  }

  private func isTrusted(_ owner: UInt32) -> Bool {
    owner == store.owner || owner == 0 || owner == store.calls.user().id
  }
}
