import Glibc
import Terminal

/// Standard output: data, and nothing but data.
enum StandardOutput {
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Writes all of a text. Throws `ReaderGone` where nobody reads any more.
  static func write(_ text: String) throws {
    var text = text
    try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
  }

  static func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try write($0) }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Glibc.write(
        STDOUT_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EPIPE {
        throw ReaderGone()
      } else if errno != EINTR {
        throw Failure("cannot write standard output: \(systemMessage(errno))", .cannotWrite)
      }
    }
  }
}

/// Standard error: what is for people and no part of the data.
enum Messages {
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes a line, whatever is in it made safe; where even that fails there is nobody left to tell.
  static func write(_ line: String, end: String = "\n") { raw(displaySafe(line) + end) }

  /// Writes a text of ours as it is.
  static func raw(_ text: String) {
    var text = text
    text.withUTF8 { bytes in _ = Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count) }
  }
}

/// `Permission denied`.
func systemMessage(_ code: Int32) -> String {
  String(cString: strerror(code))
}
