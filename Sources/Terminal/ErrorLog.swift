internal import Glibc

/// Sends standard error to a file while the screen is up, where it would paint over cells and be lost.
struct ErrorLog: ~Copyable {
  private let path: String?
  private let file: Int32
  private let former: Int32

  /// Creates the file, for its owner alone; without a path the text goes nowhere.
  init(path: String?) throws(TerminalError) {
    self.path = path
    file = open(path ?? "/dev/null", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    if file < 0 { throw .system(call: "open", errno: errno) }
    // Standard error may be closed; it is then left closed.
    former = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
  }

  /// Closes the file, and removes it when nothing was written.
  deinit {
    var status = stat()
    if let path, fstat(file, &status) == 0, status.st_size == 0 { unlink(path) }
    _ = close(file)
    if former >= 0 { _ = close(former) }
  }

  func begin() {
    dup2(file, STDERR_FILENO)
  }

  func end() {
    if former >= 0 { dup2(former, STDERR_FILENO) } else { _ = close(STDERR_FILENO) }
  }
}
