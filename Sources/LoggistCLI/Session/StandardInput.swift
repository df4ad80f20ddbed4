import Glibc

/// Standard input as a source of texts.
enum StandardInput {
  static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }

  /// Its lines as they come, without waiting for the end.
  struct Lines {
    private var pending: [UInt8] = []
    private var number = 0
    private var isOver = false

    /// The next line that is not blank, and its number; nil at the end.
    mutating func next() throws -> (text: String, number: Int)? {
      while true {
        if let end = pending.firstIndex(of: 0x0A) {
          let line = Array(pending[..<end])
          pending.removeSubrange(...end)
          if let text = try take(line) { return (text, number) }
        } else if isOver {
          let line = pending
          pending = []
          if line.isEmpty { return nil }
          if let text = try take(line) { return (text, number) }
        } else {
          try fill()
        }
      }
    }

    private mutating func take(_ line: [UInt8]) throws -> String? {
      number += 1
      if line.allSatisfy({ $0 <= 0x20 }) { return nil }
      guard let text = String(validating: line, as: UTF8.self) else {
        throw Failure(.badLine(number: number, "not UTF-8: convert it with 'iconv -t UTF-8'"))
      }
      return text
    }

    private mutating func fill() throws {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      if count > 0 {
        pending += buffer[..<count]
      } else if count == 0 {
        isOver = true
      } else if errno != EINTR {
        throw Failure(.unreadableInput(systemMessage(errno)))
      }
    }
  }

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

  /// All of it as a file that can be read more than once, gone afterwards.
  static func asFile<Value>(_ body: (_ path: String) throws -> Value) throws -> Value {
    var template = Array("\(Environment["TMPDIR"] ?? "/tmp")/loggist-XXXXXX".utf8CString)
    let file = mkstemp(&template)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard file >= 0 else { throw Failure(.cannotCreate(path, systemMessage(errno))) }
    defer { close(file) }
    unlink(path)
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw Failure(.unreadableInput(systemMessage(errno)))
      }
      var rest = buffer[..<count]
      while !rest.isEmpty {
        let done = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        if done < 0, errno != EINTR {
          throw Failure(.cannotWrite("a copy of standard input", systemMessage(errno)))
        }
        rest = rest.dropFirst(max(0, done))
      }
    }
    return try body("/proc/self/fd/\(file)")
  }
}
