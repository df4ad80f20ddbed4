package import LoggistModel
package import Terminal

/// What the screens know of the desk and of who sits there: everything that does not come from the log.
package struct Desk: Sendable {
  package var name: String
  /// The account: `by` of what is logged.
  package var user: String
  /// The person, where an account is shared.
  package var author: String?
  package var zone: Zone
  package var hours: HourStyle
  package var services: [Vocabulary.Name]
  package var places: [Vocabulary.Name]
  package var people: [String: String]
  package var canned: [String: String]
  package var targets: [Priority: Target]
  package var keymap: Keymap
  /// Who is called for which team.
  package var onCall: OnCallRota
  /// Which priority impact and urgency come to.
  package var priorities: PriorityMatrix
  package var reminders: ReminderRules
  /// The commands of `loggist`, for the command line.
  package var commands: [CommandName] = []
  package var theme = Theme.standard
  /// The log can be read and not written.
  package var isReadOnly = false
  package var isRehearsal = false

  package typealias Target = Deadline.Target

  package init(
    name: String, user: String, author: String? = nil, zone: Zone,
    hours: HourStyle = .twentyFour, services: [Vocabulary.Name] = [],
    places: [Vocabulary.Name] = [], people: [String: String] = [:],
    canned: [String: String] = [:], targets: [Priority: Target] = [:], keymap: Keymap = Keymap(),
    onCall: OnCallRota? = nil, priorities: PriorityMatrix = .standard,
    reminders: ReminderRules? = nil
  ) {
    (self.name, self.user, self.author) = (name, user, author)
    (self.zone, self.hours) = (zone, hours)
    (self.services, self.places, self.people) = (services, places, people)
    (self.canned, self.keymap, self.priorities) = (canned, keymap, priorities)
    self.onCall = onCall ?? OnCallRota(zone: zone)
    self.targets = targets
    self.reminders = reminders ?? ReminderRules(targets: targets)
  }

  package var clock: ClockStyle { ClockStyle(zone: zone, hours: hours) }

  /// Whose name stands on what is logged now.
  var me: String { author ?? user }

  func lineContext(now: Instant) -> EntryLineContext {
    EntryLineContext(
      now: now, zone: zone, hours: hours, services: services, places: places, people: people,
      canned: canned)
  }
}
