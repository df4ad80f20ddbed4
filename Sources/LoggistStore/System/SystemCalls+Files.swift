internal import Glibc

extension SystemCalls {
  /// Opens a file, hands it over and closes it whatever happens.
  func withFile<Result>(
    _ path: String, _ flags: Int32, mode: UInt32 = 0o600,
    _ body: (Int32) throws(Errno) -> Result
  ) throws(Errno) -> Result {
    let file = try open(path, flags, mode)
    defer { close(file) }
    return try body(file)
  }

  /// Bytes from an offset on, fewer only at the end of the file, and `padding` zeros behind them.
  func read(
    _ file: Int32, at offset: Int, count: Int, padding: Int = 0
  ) throws(Errno) -> [UInt8] {
    var failure: Errno?
    // A whole log is read so: filling the room with zeros first would cost as much as reading it.
    let bytes = [UInt8](unsafeUninitializedCapacity: count + padding) { buffer, filled in
      do throws(Errno) {
        let room = UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count])
        filled = try fill(room, from: file, at: offset)
      } catch {
        failure = error
      }
      buffer[filled..<filled + padding].initialize(repeating: 0)
      filled += padding
    }
    if let failure { throw failure }
    return bytes
  }

  /// Fills a buffer as far as the file goes and says how far that was.
  func fill(
    _ buffer: UnsafeMutableRawBufferPointer, from file: Int32, at offset: Int
  ) throws(Errno) -> Int {
    var count = 0
    while count < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
      let more = try pread(file, rest, offset + count)
      if more == 0 { break }
      count += more
    }
    return count
  }

  /// A whole small file; a link in its place is refused.
  package func contents(of path: String, limit: Int = 16 << 20) throws(Errno) -> [UInt8] {
    try withFile(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK) { (file) throws(Errno) -> [UInt8] in
      let status = try fstat(file)
      guard status.isRegular else { throw Errno(EINVAL) }
      return try read(file, at: 0, count: min(status.size, limit))
    }
  }

  /// Puts a file in place so that a crash leaves the old or the new one, whole: temporary file, fsync, rename,
  /// fsync of the folder.
  package func replace(_ path: String, with bytes: [UInt8], mode: UInt32) throws(Errno) {
    let temporary = path + ".new"
    do throws(Errno) {
      try withFile(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, mode: mode) {
        (file) throws(Errno) in
        try fchmod(file, mode)
        try writeAll(file, bytes)
        try fsync(file)
      }
      try rename(temporary, path)
    } catch {
      try? unlink(temporary)
      throw error
    }
    try syncFolder(folder(of: path))
  }

  func writeAll(_ file: Int32, _ bytes: [UInt8]) throws(Errno) {
    var done = 0
    while done < bytes.count {
      done += try bytes[done...].withUnsafeBufferPointer { (buffer) throws(Errno) -> Int in
        try write(file, UnsafeRawBufferPointer(buffer))
      }
    }
  }

  /// The same from an offset on, whatever the file's own position is.
  func writeAll(_ file: Int32, _ bytes: [UInt8], at offset: Int) throws(Errno) {
    var done = 0
    while done < bytes.count {
      done += try bytes[done...].withUnsafeBufferPointer { (buffer) throws(Errno) -> Int in
        try pwrite(file, UnsafeRawBufferPointer(buffer), offset + done)
      }
    }
  }

  func syncFolder(_ path: String) throws(Errno) {
    try withFile(path, O_RDONLY | O_DIRECTORY) { (file) throws(Errno) in try fsync(file) }
  }

  /// Makes a folder with exactly these permissions, whatever the umask; one that stands there already is kept. A link
  /// in its place is refused: what would be written into it belongs somewhere else.
  func makeFolder(_ path: String, mode: UInt32) throws(Errno) {
    do throws(Errno) {
      try mkdir(path, mode)
    } catch {
      guard error == .exists else { throw error }
      if try lstat(path).isSymbolicLink { throw .isSymbolicLink }
      return
    }
    try withFile(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW) { (file) throws(Errno) in
      try fchmod(file, mode)
    }
  }
}

/// The folder that a path lies in.
func folder(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// The last part of a path.
func lastName(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
  return String(path[path.utf8.index(after: slash)...])
}
