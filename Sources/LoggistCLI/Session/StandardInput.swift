internal import Glibc

/// Standard input as a source of texts.
enum StandardInput {
  static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }

  /// Everything up to its end. Far more than a person writes is refused before it fills the memory.
  static func read(limit: Int = 64 << 20) throws -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw Failure(.unreadableInput(systemMessage(errno)))
      }
      bytes += buffer[..<count]
      if bytes.count > limit { throw Failure(.unreadableInput("more than \(limit >> 20) MiB")) }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.unreadableInput("not UTF-8: convert it with 'iconv -t UTF-8'"))
    }
    return text
  }
}
