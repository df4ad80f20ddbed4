import ArgumentParser
import Glibc

/// Where the program begins and ends: the one place that prints an error and leaves with a status.
package enum EntryPoint {
  package static let version = "0.1.0"

  package static func main() -> Never {
    setlocale(LC_ALL, "")
    tzset()
    // A reader that goes away (`loggist list | head -1`) is an error of a write, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    exit(run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  /// Runs one command line, and says what went wrong on standard error.
  static func run(_ arguments: [String]) -> ExitStatus {
    do {
      if let name = Arguments.unknownCommand(arguments) { throw Failure(.unknownCommand(name)) }
      let words = Arguments.prepared(arguments)
      var command = try quickly(words) ?? Loggist.parseAsRoot(words)
      try command.run()
      return .done
    } catch {
      return report(error)
    }
  }

  /// A command parsed without building those of all others first, which takes longer than logging an entry. Whatever is
  /// not understood so is left to the whole parser and its messages.
  private static func quickly(_ words: [String]) -> (any ParsableCommand)? {
    guard let name = words.first, !name.hasPrefix("-") else {
      return try? BoardCommand.parse(words)
    }
    let command = Loggist.configuration.subcommands.first {
      $0.configuration.commandName == name && $0.configuration.subcommands.isEmpty
    }
    return try? command?.parse(Array(words.dropFirst()))
  }

  private static func report(_ error: any Error) -> ExitStatus {
    switch error {
    case is ReaderGone: return .done
    case let failure as Failure:
      for sentence in failure.sentences { Messages.write("loggist: \(sentence)") }
      return failure.status
    case let status as ExitStatus: return status
    default: return reportParsing(error)
    }
  }

  /// Help and versions are what was asked for and go to standard output; everything else is a mistake of usage.
  private static func reportParsing(_ error: any Error) -> ExitStatus {
    let message = Loggist.fullMessage(for: error)
    if Loggist.exitCode(for: error) == .success {
      do {
        try StandardOutput.write(message.isEmpty ? "" : message + "\n")
        return .done
      } catch {
        return report(error)
      }
    }
    for line in EntryPoint.shortened(message) { Messages.write(line) }
    return .usage
  }

  /// The parser's message without the list of all options, which hides what is wrong: 'help' shows it.
  private static func shortened(_ message: String) -> [String] {
    let prefix = "Error: "
    let lines = message.split(separator: "\n").map(String.init)
    return lines.compactMap { line in
      if line.hasPrefix(prefix) {
        return "loggist: \(lowercasedFirst(String(line.dropFirst(prefix.count))))"
      }
      if line.hasPrefix("Usage:") || line.hasPrefix("Help:") { return nil }
      return line.trimmed
    }
  }
}
