internal import Glibc

/// Every system call that the store makes on files: the seam at which tests fail them and cut the power.
///
/// A closure does what the call of that name does; an error is thrown and nothing is retried behind it, but for
/// `EINTR` where a repetition is safe.
package struct SystemCalls: Sendable {
  package var open:
    @Sendable (_ path: String, _ flags: Int32, _ mode: UInt32) throws(Errno) -> Int32
  package var close: @Sendable (_ file: Int32) -> Void
  /// May write less than all of it.
  package var write: @Sendable (_ file: Int32, _ bytes: UnsafeRawBufferPointer) throws(Errno) -> Int
  package var pwrite:
    @Sendable (_ file: Int32, _ bytes: UnsafeRawBufferPointer, _ offset: Int) throws(Errno) -> Int
  /// May read less than asked for; 0 at the end of the file.
  package var pread:
    @Sendable (_ file: Int32, _ into: UnsafeMutableRawBufferPointer, _ offset: Int) throws(Errno) ->
      Int
  package var fdatasync: @Sendable (_ file: Int32) throws(Errno) -> Void
  package var fsync: @Sendable (_ file: Int32) throws(Errno) -> Void
  /// `flock`; with `LOCK_NB` it throws `EWOULDBLOCK` where somebody else holds it.
  package var flock: @Sendable (_ file: Int32, _ operation: Int32) throws(Errno) -> Void
  package var fstat: @Sendable (_ file: Int32) throws(Errno) -> FileStatus
  /// Of the link itself where the path is one.
  package var lstat: @Sendable (_ path: String) throws(Errno) -> FileStatus
  package var fchmod: @Sendable (_ file: Int32, _ mode: UInt32) throws(Errno) -> Void
  /// `posix_fallocate` from offset 0.
  package var allocate: @Sendable (_ file: Int32, _ length: Int) throws(Errno) -> Void
  package var ftruncate: @Sendable (_ file: Int32, _ length: Int) throws(Errno) -> Void
  package var unlink: @Sendable (_ path: String) throws(Errno) -> Void
  package var rename: @Sendable (_ from: String, _ to: String) throws(Errno) -> Void
  package var mkdir: @Sendable (_ path: String, _ mode: UInt32) throws(Errno) -> Void
  /// The names in a folder, without `.` and `..`, in order.
  package var names: @Sendable (_ path: String) throws(Errno) -> [String]
  /// The magic number of the file system that a path lies on.
  package var fileSystem: @Sendable (_ path: String) throws(Errno) -> Int
  /// Milliseconds of a clock that never steps.
  package var ticks: @Sendable () -> Int
  /// 0 lets others run.
  package var sleep: @Sendable (_ milliseconds: Int) -> Void
  package var random: @Sendable (_ count: Int) -> [UInt8]
  package var user: @Sendable () -> UserIdentity
}

/// What a store needs to know about a file.
package struct FileStatus: Sendable, Hashable {
  package var device: UInt64
  package var inode: UInt64
  package var size: Int
  /// Kind and permissions, as `st_mode`.
  package var mode: UInt32
  package var owner: UInt32
  package var group: UInt32
  /// When its contents or its attributes were changed, in nanoseconds since 1970.
  package var changed: Int

  package init(
    device: UInt64, inode: UInt64, size: Int, mode: UInt32, owner: UInt32, group: UInt32,
    changed: Int = 0
  ) {
    (self.device, self.inode, self.size) = (device, inode, size)
    (self.mode, self.owner, self.group, self.changed) = (mode, owner, group, changed)
  }

  var isFolder: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFDIR) }
  var isRegular: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFREG) }
  var isSymbolicLink: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFLNK) }
  var isWritableByAll: Bool { mode & 0o002 != 0 }
  var isWritableByGroup: Bool { mode & 0o020 != 0 }
  var isExecutable: Bool { mode & 0o111 != 0 }
}

/// The account that this process runs as.
package struct UserIdentity: Sendable, Hashable {
  package var id: UInt32
  package var name: String
  package var process: Int32

  package init(id: UInt32, name: String, process: Int32) {
    (self.id, self.name, self.process) = (id, name, process)
  }
}
