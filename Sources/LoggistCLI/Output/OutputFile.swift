import Glibc

/// A file that a document or evidence is written to: whole or not at all, and never over another one unasked.
struct OutputFile {
  private let path: String
  private let mode: mode_t
  private let canBeForced: Bool

  /// - Parameters:
  ///   - mode: who may read it, before the account's own mask.
  ///   - canBeForced: the command has a `--force`.
  init(_ path: String, mode: mode_t = 0o666, canBeForced: Bool = true) {
    (self.path, self.mode, self.canBeForced) = (path, mode, canBeForced)
  }

  private var isThere: Failure { Failure(.fileExists(path, canBeForced: canBeForced)) }

  /// Throws where it is there already and nobody said that it may be written over, and where a device, a pipe or a folder
  /// has that name: to put a file in its place would take it away from everybody.
  func check(isForced: Bool) throws {
    var status = Glibc.stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw Failure(.notAFile(path))
    }
    if !isForced, access(path, F_OK) == 0 { throw isThere }
  }

  /// A temporary file beside it, flushed, then put in place under its name.
  func write(_ text: String, isForced: Bool) throws {
    try write(Array(text.utf8), isForced: isForced)
  }

  func write(_ bytes: [UInt8], isForced: Bool) throws {
    try write(isForced: isForced) { (put) throws(Failure) in try put(bytes) }
  }

  /// The same with bytes that come in pieces.
  func write<Mistake: Error>(
    isForced: Bool, _ body: ((_ bytes: [UInt8]) throws(Failure) -> Void) throws(Mistake) -> Void
  ) throws {
    try check(isForced: isForced)
    let temporary = "\(path).\(getpid()).new"
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard file >= 0 else { throw Failure(.cannotCreate(path, systemMessage(errno))) }
    var count = 0
    do {
      try body { (bytes) throws(Failure) in
        if let code = fill(file, bytes) { throw Failure(.cannotWrite(path, systemMessage(code))) }
        count += bytes.count
      }
    } catch {
      Glibc.close(file)
      unlink(temporary)
      throw error
    }
    var failure: Int32?
    if fsync(file) != 0 { failure = errno }
    if Glibc.close(file) != 0, failure == nil { failure = errno }
    if failure == nil { failure = place(temporary, isForced: isForced) }
    if let failure {
      unlink(temporary)
      if failure == EEXIST { throw isThere }
      throw Failure(.cannotWrite(path, systemMessage(failure)))
    }
    Messages.write("wrote \(path) (\(count) bytes)")
  }

  private func fill(_ file: Int32, _ bytes: [UInt8]) -> Int32? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        return errno
      }
    }
    return nil
  }

  /// Without force a link and no rename: between our look and now somebody may have made that file.
  private func place(_ temporary: String, isForced: Bool) -> Int32? {
    if !isForced {
      if link(temporary, path) == 0 {
        unlink(temporary)
        return nil
      }
      // A file system without hard links has nothing better than the look.
      if errno != EPERM, errno != ENOTSUP { return errno }
      if access(path, F_OK) == 0 { return EEXIST }
    }
    return rename(temporary, path) == 0 ? nil : errno
  }
}
