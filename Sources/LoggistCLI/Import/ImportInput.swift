import Glibc

/// The file that is imported, or standard input, piece by piece.
struct ImportInput {
  let path: String
  private let file: Int32
  /// In bytes; nil where nobody can say.
  let size: Int?

  /// - Parameter path: `-` for standard input.
  init(_ path: String) throws {
    self.path = path
    if path == "-" {
      (file, size) = (STDIN_FILENO, nil)
      return
    }
    file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Failure(.unreadableFile(path, systemMessage(errno))) }
    var status = stat()
    guard fstat(file, &status) == 0 else {
      throw Failure(.unreadableFile(path, systemMessage(errno)))
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw Failure(.unreadableFile(path, systemMessage(EISDIR)))
    }
    size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
  }

  /// For sentences: the path as it was written.
  var name: String { path == "-" ? "standard input" : path }

  /// `incidents` of `exports/incidents.csv`.
  var stem: String { ImportInput.stem(of: path == "-" ? "standard input" : path) }

  static func stem(of path: String) -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = last.lastIndex(of: "."), dot > last.startIndex else { return last }
    return String(last[..<dot])
  }

  /// The next bytes; none at the end.
  func next(_ buffer: inout [UInt8]) throws -> Int {
    while true {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw Failure(.unreadableFile(name, systemMessage(errno))) }
    }
  }

  func close() {
    if file != STDIN_FILENO { Glibc.close(file) }
  }

  /// The whole of a small file.
  static func text(of path: String, limit: Int) throws -> String {
    let input = try ImportInput(path)
    defer { input.close() }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = try input.next(&buffer)
      if count == 0 { break }
      bytes += buffer[..<count]
      if bytes.count > limit {
        throw Failure(.unreadableFile(path, "more than \(limit >> 10) KiB"))
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.unreadableFile(path, "not UTF-8"))
    }
    return text
  }
}
