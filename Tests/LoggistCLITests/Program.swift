import Glibc
import Testing

/// The built program, run as anybody would run it.
struct Program {
  /// What a run left behind.
  struct Result: Equatable {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Beside the tests' own binary.
  static let path: String = {
    var target = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &target, target.count - 1)
    let own = String(
      decoding: target.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // `swift test` runs a bundle through a helper elsewhere; its first argument is the bundle.
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? own
    return String(bundle[..<(bundle.lastIndex(of: "/") ?? bundle.endIndex)]) + "/loggist"
  }()

  /// Of the repository's own top folder.
  static let root: String = {
    let parts = #filePath.split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/")
  }()

  /// Runs a program to its end with a bare environment.
  ///
  /// - Parameters:
  ///   - input: standard input; nil for `/dev/null`.
  ///   - environment: besides `PATH`, `HOME`, `TZ` and `LC_ALL`.
  static func run(
    _ executable: String, _ arguments: [String], input: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Result {
    let (outPath, errorPath, inPath) = (
      try temporary("out"), try temporary("err"), try temporary("in")
    )
    defer { for path in [outPath, errorPath, inPath] { unlink(path) } }
    if let input { try write(inPath, input) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input == nil ? "/dev/null" : inPath, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, outPath, O_WRONLY | O_TRUNC, 0)
    posix_spawn_file_actions_addopen(&actions, 2, errorPath, O_WRONLY | O_TRUNC, 0)
    let base = [
      "PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "TZ": "Africa/Lagos", "LC_ALL": "C.UTF-8",
    ]
    let variables = base.merging(environment) { _, own in own }.map { "\($0)=\($1)" }
    var pid = pid_t()
    var status: Int32 = 0
    let code = withStrings([executable] + arguments) { argv in
      withStrings(variables) { posix_spawn(&pid, executable, &actions, nil, argv, $0) }
    }
    try #require(code == 0, "cannot run \(executable): \(String(cString: strerror(code)))")
    while waitpid(pid, &status, 0) < 0 { try #require(errno == EINTR) }
    let exit = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    return Result(status: exit, output: try read(outPath), errors: try read(errorPath))
  }

  private static func withStrings<Value>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
  ) -> Value {
    let copies = strings.map { strdup($0) } + [nil]
    defer { for copy in copies { free(copy) } }
    return body(copies)
  }

  private static func temporary(_ name: String) throws -> String {
    var template = Array("/tmp/loggist-\(name)-XXXXXX".utf8CString)
    let file = mkstemp(&template)
    try #require(file >= 0)
    close(file)
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  static func read(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    let file = open(path, O_RDONLY)
    try #require(file >= 0, "cannot read \(path)")
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count <= 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  static func write(_ path: String, _ text: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    try #require(file >= 0, "cannot write \(path)")
    defer { close(file) }
    var text = text
    let isWhole = text.withUTF8 { Glibc.write(file, $0.baseAddress, $0.count) == $0.count }
    try #require(isWhole)
  }
}
