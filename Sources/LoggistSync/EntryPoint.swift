import ArgumentParser
import Glibc

/// Where `loggist-sync` begins and ends: the one place that prints an error and leaves with a status.
package enum EntryPoint {
  package static func main() -> Never {
    setlocale(LC_ALL, "")
    signal(SIGPIPE, SIG_IGN)
    exit(run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  static func run(_ words: [String]) -> ExitStatus {
    do {
      var command = try LoggistSync.parseAsRoot(commandFirst(words))
      try command.run()
      return .done
    } catch let failure as Failure {
      say("loggist-sync: \(printable(failure.sentence))")
      return failure.status
    } catch let status as ExitStatus {
      return status
    } catch {
      let message = LoggistSync.fullMessage(for: error)
      if LoggistSync.exitCode(for: error) == .success {
        print(message)
        return .done
      }
      say(message)
      return .usage
    }
  }

  /// `--store DIR status` means `status --store DIR`, whatever the folder is called.
  static func commandFirst(_ words: [String]) -> [String] {
    var place = 0
    while place < words.count, words[place].hasPrefix("-") {
      place += ["--store", "--format", "--limit"].contains(words[place]) ? 2 : 1
    }
    let names = LoggistSync.commandNames + ["help"]
    guard place > 0, place < words.count, names.contains(words[place]) else { return words }
    return [words[place]] + words[..<place] + words[(place + 1)...]
  }

  static func say(_ line: String) {
    var line = line + "\n"
    line.withUTF8 { bytes in _ = write(STDERR_FILENO, bytes.baseAddress, bytes.count) }
  }

  static func print(_ text: String) {
    var text = text + "\n"
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)[...]
      while !rest.isEmpty {
        let part = UnsafeRawBufferPointer(rebasing: rest)
        let count = write(STDOUT_FILENO, part.baseAddress, part.count)
        if count <= 0 { return }
        rest = rest.dropFirst(count)
      }
    }
  }
}

/// The command line of replication.
struct LoggistSync: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "loggist-sync",
    abstract: "Carry the logs of a store to other machines and theirs to it, by NATS JetStream.",
    discussion:
      "What it talks to stands under 'sync' in the store's config.yaml. 'loggist sync …' is the same program.",
    subcommands: [RunCommand.self, StatusCommand.self, SetupCommand.self, EraseCommand.self],
    defaultSubcommand: RunCommand.self)

  static var commandNames: [String] {
    configuration.subcommands.compactMap { $0.configuration.commandName }
  }
}

struct StoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The store's folder (default: $LOGGIST_STORE, else ~/.local/share/loggist).", valueName: "dir"
    ),
    completion: .directory)
  var store: String?

  var path: String { store ?? StoreOptions.defaultPath }

  private static var defaultPath: String {
    if let path = variable("LOGGIST_STORE") { return path }
    if let data = variable("XDG_DATA_HOME"), data.hasPrefix("/") { return "\(data)/loggist" }
    return "\(variable("HOME") ?? "")/.local/share/loggist"
  }

  private static func variable(_ name: String) -> String? {
    guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { return nil }
    return value
  }
}
