import ArgumentParser
import LoggistModel
import LoggistStore
import Terminal

/// The configuration: whether it is right, and what it comes to.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Name the mistakes in the configuration, or show what it comes to.",
    discussion:
      "Your own settings are laid over the store's. check: exit status 65 where there is a mistake. show: the "
      + "effective values, and which file each comes from.")

  enum Action: String, ExpressibleByArgument, CaseIterable {
    case check, show
  }

  @Argument(help: "check or show.")
  var action = Action.check

  @OptionGroup var options: StoreOptions

  func run() throws {
    let session = try Session.open(options)
    switch action {
    case .check: try check(session)
    case .show: try show(session)
    }
  }

  private func check(_ session: Session) throws {
    let mistakes = session.settings.mistakes(in: session.store)
    let paper = session.paper
    let lines = mistakes.map { paper.paint($0.placed) + "\n" }
    try StandardOutput.write(
      mistakes.isEmpty ? paper.paint("No mistakes.", .good) + "\n" : lines.joined())
    if !mistakes.isEmpty { throw ExitStatus.badInput }
  }

  private func show(_ session: Session) throws {
    let configuration = session.configuration
    var columns = Columns(.wrap)
    func add(_ key: String, _ value: String) {
      let origin = configuration.origins[key] ?? "default"
      columns.add([.init(key, .key), .init(origin, .muted), .init(value.isEmpty ? "-" : value)])
    }
    add("desk", configuration.desk ?? "")
    add("zone", configuration.zone ?? "\(session.zone.name) (this machine's)")
    add("hours", "\(configuration.hours.rawValue)")
    add("services", names(configuration.services))
    add("places", names(configuration.places))
    add(
      "people",
      configuration.people.map { "\($0.id) (\($0.name ?? $0.id))" }.joined(separator: ", "))
    add("on_call", configuration.onCall.isEmpty ? "" : "\(configuration.onCall.count) rules")
    add("priority", matrix(configuration.priorities))
    add(
      "targets",
      configuration.targets.sorted { $0.key < $1.key }.map(target).joined(separator: ", "))
    add("calendars", configuration.calendars.keys.sorted().joined(separator: ", "))
    add("remind", reminders(configuration.reminders))
    add("canned", configuration.canned.map { ";\($0.name)" }.joined(separator: ", "))
    add("theme", configuration.theme)
    add(
      "keymap",
      configuration.keymap.sorted { $0.key < $1.key }
        .map { "\($0.key): \($0.value.joined(separator: " "))" }.joined(separator: ", "))
    try StandardOutput.write(columns.text(on: session.paper))
  }

  private func names(_ things: [Configuration.NamedThing]) -> String {
    things.map {
      $0.aliases.isEmpty ? $0.name : "\($0.name) (\($0.aliases.joined(separator: ", ")))"
    }
    .joined(separator: ", ")
  }

  /// `high/high P1, high/medium P2`: impact, urgency, and what they come to.
  private func matrix(_ matrix: PriorityMatrix) -> String {
    PriorityMatrix.levels.flatMap { impact in
      PriorityMatrix.levels.compactMap { urgency in
        matrix.priority(impact: impact, urgency: urgency).map { "\(impact)/\(urgency) \($0)" }
      }
    }.joined(separator: ", ")
  }

  private func reminders(_ reminders: Configuration.Reminders) -> String {
    let silence = reminders.silence.sorted { $0.key < $1.key }
      .map { "silence \($0.key) \($0.value.spoken)" }
    let others = [
      reminders.unanswered.map { "unanswered \($0.spoken)" },
      reminders.nextUpdate ? "next update" : nil,
    ]
    return (silence + others.compactMap { $0 }).joined(separator: ", ")
  }

  private func target(_ priority: Priority, _ target: Configuration.ServiceTarget) -> String {
    let parts = [
      target.ack.map { "ack \($0.spoken)" }, target.fix.map { "fix \($0.spoken)" },
      target.calendar.map { "calendar \($0)" },
    ]
    return "\(priority): " + parts.compactMap { $0 }.joined(separator: " ")
  }
}
