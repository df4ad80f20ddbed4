import ArgumentParser
import LoggistUI

/// The command line: what there is to run. Without a command the board opens.
struct Loggist: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "loggist",
    abstract: "Incident timelines for IT front desks: an append-only log in plain files.",
    discussion: "Without a subcommand the board opens, full screen: see 'loggist help board'.",
    version: "loggist \(EntryPoint.version)",
    groupedSubcommands: [
      CommandGroup(
        name: "Logging",
        subcommands: [
          NewCommand.self, AddCommand.self, CorrectCommand.self, StrikeCommand.self,
          UnstrikeCommand.self, RedactCommand.self, EvidenceCommand.self, ImportCommand.self,
          KindsCommand.self,
        ]),
      CommandGroup(
        name: "Looking",
        subcommands: [
          BoardCommand.self, ListCommand.self, ShowCommand.self, SearchCommand.self,
          WatchCommand.self, OnCallCommand.self,
        ]),
      CommandGroup(
        name: "Reporting",
        subcommands: [
          TimelineCommand.self, PostMortemCommand.self, ReportCommand.self, HandoverCommand.self,
          MetricsCommand.self,
        ]),
      CommandGroup(
        name: "Keeping",
        subcommands: [
          InitCommand.self, PackCommand.self, UnpackCommand.self, VerifyCommand.self,
          DoctorCommand.self, ConfigCommand.self,
          HooksCommand.self, TemplateCommand.self, SyncCommand.self,
        ]),
    ],
    defaultSubcommand: BoardCommand.self)

  static func hasCommand(_ name: String) -> Bool { name == "help" || commandNames.contains(name) }

  static var commandNames: [String] {
    // By a closure: a key path through the metatype crashes the compiler (Swift 6.3.1).
    configuration.subcommands.compactMap { $0.configuration.commandName }
  }

  /// What the screens' command line offers.
  static var commands: [CommandName] {
    configuration.subcommands.compactMap { command in
      command.configuration.commandName.map { CommandName($0, command.configuration.abstract) }
    }
  }
}
