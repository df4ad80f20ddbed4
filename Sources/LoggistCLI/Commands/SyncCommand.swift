import ArgumentParser
import Glibc

/// Replication is a program of its own, so that this one does not need the library that it talks through.
struct SyncCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Carry the logs to other machines and theirs to this one: see loggist-sync(1).",
    discussion:
      "run (and run --once), status and setup; the program loggist-sync does it, which lies beside this one."
  )

  @Argument(parsing: .captureForPassthrough, help: "What loggist-sync is given.")
  var words: [String] = []

  func run() throws { try SyncCommand.become(words) }

  private static let program = "loggist-sync"

  /// Goes on as `loggist-sync`; returns only where there is none.
  static func become(_ words: [String]) throws {
    for path in candidates() where access(path, X_OK) == 0 {
      var arguments = ([program] + words).map { strdup(Arguments.unguarded($0)) }
      arguments.append(nil)
      // The same for it as for any program that a shell starts.
      signal(SIGPIPE, SIG_DFL)
      execv(path, arguments)
      throw Failure("cannot start \(path): \(systemMessage(errno))")
    }
    throw Failure(
      "there is no loggist-sync beside this program nor on the PATH: it comes in a package of its own, loggist-sync"
    )
  }

  /// Beside this program, then where the shell looks.
  private static func candidates() -> [String] {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    var folders: [String] = []
    if count > 0 {
      let own = String(
        decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if let slash = own.lastIndex(of: "/") { folders.append(String(own[..<slash])) }
    }
    folders += (Environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return folders.map { "\($0)/\(program)" }
  }
}
