import LoggistModel
import LoggistStore
import Terminal

/// What the configuration comes to for the command line: the store's file, and the person's own over it.
struct Settings: Sendable {
  let configuration: Configuration

  /// Cost: no more than a look where there is no file.
  init(_ store: Store) {
    var configuration = Configuration.load(store)
    configuration.merge(file: Environment.personalConfiguration)
    self.configuration = configuration
  }

  /// How long an incident may take, each in the hours of its calendar. One that names a calendar that there is not, which
  /// is a mistake of the configuration, counts around the clock: too early a reminder is better than none.
  func targets(in zone: Zone) -> [Priority: Deadline.Target] {
    configuration.targets.mapValues { target in
      Deadline.Target(
        acknowledge: target.ack, fix: target.fix,
        hours: target.calendar.flatMap { name in
          configuration.calendars[name].map { calendar in
            WorkingHours(
              name: name, zone: calendar.zone.flatMap { SystemZone.load($0) } ?? zone,
              hours: calendar.hours, holidays: calendar.holidays)
          }
        })
    }
  }

  func reminders(_ targets: [Priority: Deadline.Target]) -> ReminderRules {
    let reminders = configuration.reminders
    return ReminderRules(
      targets: targets, silence: reminders.silence, unanswered: reminders.unanswered,
      nextUpdate: reminders.nextUpdate)
  }

  var hours: HourStyle { HourStyle(rawValue: configuration.hours.rawValue) ?? .twentyFour }

  var theme: Theme { Theme(rawValue: configuration.theme) ?? .standard }

  var services: [Vocabulary.Name] {
    configuration.services.map { Vocabulary.Name($0.name, aliases: $0.aliases) }
  }

  var places: [Vocabulary.Name] {
    configuration.places.map { Vocabulary.Name($0.name, aliases: $0.aliases) }
  }

  /// Display names by what is typed behind `@`.
  var people: [String: String] {
    Dictionary(
      configuration.people.map { ($0.id, $0.name ?? $0.id) },
      uniquingKeysWith: { first, _ in first })
  }

  var canned: [String: String] {
    Dictionary(
      configuration.canned.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
  }
}
