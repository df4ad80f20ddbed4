package import LoggistModel

/// What `config.yaml` says (docs/config.md): everything is optional, and a mistake costs its own key alone.
package struct Configuration: Sendable {
  package var desk: String?
  /// An IANA name; nil: the machine's zone.
  package var zone: String?
  package var hours = HourStyle.twentyFour
  package var services: [NamedThing] = []
  package var places: [NamedThing] = []
  /// In the order of the file.
  package var people: [Person] = []
  package var onCall: [OnCallRule] = []
  /// Impact, then urgency: `high`, `medium`, `low`.
  package var priorities = PriorityMatrix.standard
  package var targets: [Priority: ServiceTarget] = [:]
  package var calendars: [String: WorkCalendar] = [:]
  package var reminders = Reminders()
  /// In the order of the file.
  package var canned: [CannedText] = []
  /// How many bytes a file may have that is kept as evidence.
  package var evidenceLimit = EvidenceFolder.standardLimit
  /// Nil: this store's logs stay on this machine.
  package var sync: Sync?
  /// One of `themes`.
  package var theme = "default"
  /// The keys of an action, by its name: `board.new`.
  package var keymap: [String: [String]] = [:]
  /// Where each of them stands; which actions and keys there are is for the screens to say.
  package var keymapPlaces: [String: KeymapPlace] = [:]
  /// The file that each top-level key comes from; a key that is not here has its default.
  package var origins: [String: String] = [:]
  package var mistakes: [ConfigurationMistake] = []

  package init() {}

  /// The sets of colours that the screens have.
  package static let themes = ["default", "dark", "light", "high-contrast"]

  package enum HourStyle: Int, Sendable, Hashable {
    case twelve = 12
    case twentyFour = 24
  }

  /// A service or a place.
  package struct NamedThing: Sendable, Hashable {
    package var name: String
    package var aliases: [String] = []
  }

  package struct Person: Sendable, Hashable {
    /// What is typed behind `@`.
    package var id: String
    package var name: String?
    package var role: String?
    package var phone: String?
    package var mail: String?
  }

  package enum OnCallRule: Sendable, Hashable {
    /// One person a week in turn, from a time on, changing at a weekday's time of day (seconds since midnight).
    case weekly(
      team: String, people: [String], starts: CivilDateTime, handover: Weekday, secondOfDay: Int)
    /// A calendar file, relative to the store.
    case calendar(team: String, path: String)
    case override(team: String, person: String, from: CivilDateTime, to: CivilDateTime)
  }

  package struct ServiceTarget: Sendable, Hashable {
    package var ack: TimeSpan?
    package var fix: TimeSpan?
    /// A name among `calendars`; nil: around the clock.
    package var calendar: String?
  }

  package struct WorkCalendar: Sendable, Hashable {
    /// An IANA name; nil: the store's zone.
    package var zone: String?
    /// Seconds since midnight; up to 86,400.
    package var hours: [Weekday: [Range<Int>]] = [:]
    package var holidays: Set<CivilDate> = []
  }

  package struct Reminders: Sendable, Hashable {
    package var silence: [Priority: TimeSpan] = [:]
    package var unanswered: TimeSpan?
    package var nextUpdate = false
  }

  package struct KeymapPlace: Sendable, Hashable {
    package var file: String
    /// From 1.
    package var line: Int
  }

  package struct CannedText: Sendable, Hashable {
    /// What is typed behind `;`.
    package var name: String
    package var text: String
  }
}
