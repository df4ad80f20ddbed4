private import CSystem
import Glibc

extension SystemCalls {
  /// The kernel's.
  package static let real = SystemCalls(
    open: { (path, flags, mode) throws(Errno) in
      try again { Glibc.open(path, flags | O_CLOEXEC, mode) }
    },
    close: { _ = Glibc.close($0) },
    write: { (file, bytes) throws(Errno) in
      try again { Glibc.write(file, bytes.baseAddress, bytes.count) }
    },
    pwrite: { (file, bytes, offset) throws(Errno) in
      try again { Glibc.pwrite(file, bytes.baseAddress, bytes.count, offset) }
    },
    pread: { (file, buffer, offset) throws(Errno) in
      try again { Glibc.pread(file, buffer.baseAddress, buffer.count, offset) }
    },
    // Not again: after a failed flush the second says "ok" while the page is gone.
    fdatasync: { (file) throws(Errno) in try check(Glibc.fdatasync(file)) },
    fsync: { (file) throws(Errno) in try check(Glibc.fsync(file)) },
    flock: { (file, operation) throws(Errno) in
      _ = try again { loggist_flock(file, operation) }
    },
    fstat: { (file) throws(Errno) in
      var status = stat()
      try check(Glibc.fstat(file, &status))
      return FileStatus(status)
    },
    lstat: { (path) throws(Errno) in
      var status = stat()
      try check(Glibc.lstat(path, &status))
      return FileStatus(status)
    },
    fchmod: { (file, mode) throws(Errno) in try check(Glibc.fchmod(file, mode)) },
    allocate: { (file, length) throws(Errno) in
      let code = posix_fallocate(file, 0, length)
      if code != 0 { throw Errno(code) }
    },
    ftruncate: { (file, length) throws(Errno) in
      _ = try again { Glibc.ftruncate(file, length) }
    },
    unlink: { (path) throws(Errno) in try check(Glibc.unlink(path)) },
    rename: { (from, to) throws(Errno) in try check(Glibc.rename(from, to)) },
    mkdir: { (path, mode) throws(Errno) in try check(Glibc.mkdir(path, mode)) },
    names: { (path) throws(Errno) in try namesInFolder(path) },
    fileSystem: { (path) throws(Errno) in
      try again { loggist_file_system(path) }
    },
    ticks: {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    },
    sleep: { milliseconds in
      if milliseconds == 0 {
        sched_yield()
        return
      }
      var time = timespec(
        tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
      nanosleep(&time, nil)
    },
    random: { count in
      // Not by Swift's generator, which asks the kernel for each word of its own.
      [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        while filled < count {
          let got = loggist_random(buffer.baseAddress.map { $0 + filled }, count - filled)
          if got > 0 { filled += got }
          precondition(got > 0 || errno == EINTR, "the kernel has no random bits")
        }
      }
    },
    user: {
      let id = geteuid()
      return UserIdentity(id: id, name: accountName(id), process: getpid())
    })
}

/// Makes a call until no signal interrupts it.
private func again<Number: FixedWidthInteger & SignedInteger>(
  _ call: () -> Number
) throws(Errno) -> Number {
  while true {
    let result = call()
    if result >= 0 { return result }
    if errno != EINTR { throw .current }
  }
}

private func check(_ result: Int32) throws(Errno) {
  if result != 0 { throw .current }
}

private func namesInFolder(_ path: String) throws(Errno) -> [String] {
  guard let folder = opendir(path) else { throw .current }
  defer { closedir(folder) }
  var names: [String] = []
  errno = 0
  while let entry = readdir(folder) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
    errno = 0
  }
  if errno != 0 { throw .current }
  return names.sorted()
}

/// The name of an account, or its number where nobody knows its name.
private func accountName(_ id: uid_t) -> String {
  var entry = passwd()
  var found: UnsafeMutablePointer<passwd>?
  var buffer = [CChar](repeating: 0, count: 4096)
  let status = getpwuid_r(id, &entry, &buffer, buffer.count, &found)
  guard status == 0, found != nil, let name = entry.pw_name else { return String(id) }
  return String(cString: name)
}

extension FileStatus {
  fileprivate init(_ status: stat) {
    self.init(
      device: UInt64(status.st_dev), inode: UInt64(status.st_ino), size: Int(status.st_size),
      mode: status.st_mode, owner: status.st_uid, group: status.st_gid,
      changed: Int(status.st_ctim.tv_sec) * 1_000_000_000 + Int(status.st_ctim.tv_nsec))
  }
}
