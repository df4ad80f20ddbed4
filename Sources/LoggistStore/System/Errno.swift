internal import Glibc

/// Why a system call failed.
package struct Errno: Error, Sendable, Hashable {
  package let code: Int32

  package init(_ code: Int32) {
    self.code = code
  }

  /// Of the call that has just failed on this thread.
  static var current: Errno { Errno(errno) }

  package static let noSpace = Errno(ENOSPC)
  package static let quota = Errno(EDQUOT)
  package static let inputOutput = Errno(EIO)
  package static let missing = Errno(ENOENT)
  package static let exists = Errno(EEXIST)
  package static let readOnlyFileSystem = Errno(EROFS)
  package static let permission = Errno(EACCES)
  package static let wouldBlock = Errno(EWOULDBLOCK)
  package static let isSymbolicLink = Errno(ELOOP)

  /// The disk or somebody's share of it is full.
  package var isFull: Bool { self == .noSpace || self == .quota }
}

extension Errno: CustomStringConvertible {
  /// `No space left on device`.
  package var description: String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
