package import LoggistModel

/// What a hook is called, and with that what starts it.
package enum HookName: String, Sendable, Hashable, CaseIterable {
  case escalated, engaged, resolved, comms
  /// A clock passed: somebody should have acknowledged, fixed or told something.
  case overdue

  /// The hook that an entry of a kind starts, where one does.
  package init?(_ kind: Kind) {
    switch kind {
    case .escalated: self = .escalated
    case .engaged: self = .engaged
    case .resolved: self = .resolved
    case .comms: self = .comms
    default: return nil
    }
  }
}

/// Why a hook is not run.
package enum HookRefusal: Error, Sendable, Hashable {
  case unsafeFolder(String)
  case symbolicLink
  case notAFile
  case writableByAll
  case foreignOwner(UInt32)
  case notExecutable
  case unknownName
  case unreadable(Errno)
}

extension HookRefusal: CustomStringConvertible {
  /// What is wrong, and what to do about it.
  package var description: String {
    switch self {
    case .unsafeFolder(let why): "no hook is run: \(why)"
    case .symbolicLink: "is a symbolic link, so the hook is not run: put the file itself here"
    case .notAFile: "is not a regular file, so the hook is not run"
    case .writableByAll: "everybody may write it, so the hook is not run: chmod o-w"
    case .foreignOwner(let owner):
      "belongs to user \(owner), so the hook is not run: it has to be the store's owner's, root's or "
        + "your own"
    case .notExecutable: "is not executable, so the hook is not run: chmod +x"
    case .unknownName:
      "no hook is called so and nothing starts it: there is "
        + HookName.allCases.map(\.rawValue).joined(separator: ", ")
    case .unreadable(let error): "cannot be looked at: \(error)"
    }
  }
}
