import LoggistModel
import LoggistStore
import Testing

@Suite("Configuration")
struct ConfigurationTests {
  /// The example of the documentation, whole.
  static let example = """
    desk: St. Nicholas IT desk
    zone: Africa/Lagos            # default: the machine's
    hours: 12                     # 12 or 24
    services: [pharmacy, e-mail, wifi, {name: badge, aliases: [door, card]}]
    places: [Pharmacy, Ward A, Ward B, Registration]
    people:
      ama: {name: Ama Owusu, role: desk}
      t.waller: {name: Terence Waller, role: on-call, phone: "+234 …"}
      f.bello: Funmi Bello
    on_call:
      - {team: applications, weekly: [t.waller, f.bello], starts: "2022-01-03 08:00", handover: monday 08:00}
      - {team: network, ics: on-call-network.ics}          # or a calendar file that another tool writes
      - {team: applications, override: f.bello, from: "2022-01-08 08:00", to: "2022-01-09 08:00"}
    priority:                      # impact (rows) × urgency (columns); safety of patients first
      matrix: {high: {high: P1, medium: P2, low: P3}, medium: {high: P2, medium: P3, low: P4}, low: {high: P3, medium: P4, low: P4}}
    targets: {P1: {ack: 5m, fix: 1h}, P2: {ack: 15m, fix: 4h}, P3: {ack: 1h, fix: 3d, calendar: office}, P4: {ack: 4h, fix: 5d, calendar: office}}
    calendars: {office: {zone: Africa/Lagos, mon-fri: "08:00-17:00", holidays: [2022-01-01, 2022-04-15]}}
    remind: {silence: {P1: 20m, P2: 1h}, unanswered: 10m, next_update: true}
    canned: {wifi: "Asked the caller to forget the network and join again."}
    theme: default
    keymap: {log.note: [n], board.new: [n, F2]}
    """

  private func read(_ text: String) -> Configuration {
    var configuration = Configuration()
    configuration.merge(text: text, name: "config.yaml")
    return configuration
  }

  @Test("The documentation's example is read to its last key")
  func whole() throws {
    let read = read(ConfigurationTests.example)
    #expect(read.mistakes.isEmpty)
    #expect(read.desk == "St. Nicholas IT desk")
    #expect(read.zone == "Africa/Lagos")
    #expect(read.hours == .twelve)
    #expect(read.services.map(\.name) == ["pharmacy", "e-mail", "wifi", "badge"])
    #expect(read.services.last?.aliases == ["door", "card"])
    #expect(read.places.map(\.name) == ["Pharmacy", "Ward A", "Ward B", "Registration"])
    #expect(read.people.map(\.id) == ["ama", "t.waller", "f.bello"])
    #expect(read.people.map(\.name) == ["Ama Owusu", "Terence Waller", "Funmi Bello"])
    let eight = 8 * 3600
    func day(_ day: Int) throws -> CivilDateTime {
      CivilDateTime(
        date: try #require(CivilDate(year: 2022, month: 1, day: day)), secondOfDay: eight)
    }
    #expect(
      read.onCall == [
        .weekly(
          team: "applications", people: ["t.waller", "f.bello"], starts: try day(3),
          handover: .monday, secondOfDay: eight),
        .calendar(team: "network", path: "on-call-network.ics"),
        .override(team: "applications", person: "f.bello", from: try day(8), to: try day(9)),
      ])
    #expect(read.priorities == .standard)
    #expect(read.targets[.p1]?.ack == .minutes(5))
    #expect(read.targets[.p1]?.fix == .hours(1))
    #expect(read.targets[.p3]?.fix == .days(3))
    #expect(read.targets[.p3]?.calendar == "office")
    #expect(read.calendars["office"]?.hours.count == 5)
    #expect(read.calendars["office"]?.hours[.friday] == [8 * 3600..<17 * 3600])
    #expect(read.calendars["office"]?.holidays.count == 2)
    #expect(read.reminders.silence == [.p1: .minutes(20), .p2: .hours(1)])
    #expect(read.reminders.unanswered == .minutes(10))
    #expect(read.reminders.nextUpdate)
    #expect(read.canned.map(\.name) == ["wifi"])
    #expect(read.keymap == ["log.note": ["n"], "board.new": ["n", "F2"]])
    #expect(read.origins.count == 14)
  }

  @Test("A mistake costs its own key alone and names file, line and key")
  func mistakes() {
    let read = read("desk: Desk\nhours: thirteen\nplaces: {a: b}\ntheme: dark\ndesk2: x\n")
    #expect(read.desk == "Desk")
    #expect(read.hours == .twentyFour)
    #expect(read.theme == "dark")
    #expect(
      read.mistakes.map { "\($0.file):\($0.line): \($0)" } == [
        #"config.yaml:2: "hours": expected 12 or 24, found "thirteen""#,
        #"config.yaml:3: "places": expected a list, found keys and values"#,
        #"config.yaml:5: "desk2": unknown key; did you mean "desk"?"#,
      ])
  }

  @Test("What is not YAML is one mistake, and everything has its default")
  func notYAML() {
    let read = read("desk: [unclosed\nzone: x\n")
    #expect(read.mistakes.count == 1)
    #expect(read.mistakes.first?.line == 2)
    #expect(read.desk == nil)
  }

  @Test("An empty file and one of comments say nothing", arguments: ["", "# nothing\n", "---\n"])
  func empty(text: String) {
    #expect(read(text).mistakes.isEmpty)
  }

  @Test("A key that stands twice is a mistake")
  func doubledKey() {
    #expect(read("desk: a\ndesk: b\n").mistakes.count == 1)
  }

  @Test("The personal file wins where it says something")
  func personal() {
    var configuration = read("theme: default\nhours: 24\ndesk: Desk\n")
    configuration.merge(text: "theme: high-contrast\nhours: 12\n", name: "~/config.yaml")
    #expect(configuration.theme == "high-contrast")
    #expect(configuration.hours == .twelve)
    #expect(configuration.desk == "Desk")
    #expect(configuration.origins["theme"] == "~/config.yaml")
    #expect(configuration.origins["desk"] == "config.yaml")
  }
}

@Suite("Zones of the machine")
struct SystemZoneTests {
  private func civil(_ text: String) throws -> CivilDateTime {
    try #require(Timestamp(text + "Z")).civil
  }

  @Test("Lagos is WAT, an hour east, all year")
  func lagos() throws {
    let zone = try #require(SystemZone.load("Africa/Lagos"))
    let period = zone.period(at: evening)
    #expect(period.abbreviation == "WAT")
    #expect(period.offsetMinutes == 60)
    #expect(zone.timestamp(evening).description == "2022-01-05T20:51:12.345+01:00")
  }

  @Test("Berlin skips an hour in March and shows one twice in October")
  func berlin() throws {
    let zone = try #require(SystemZone.load("Europe/Berlin"))
    guard case .skipped(let before, let after) = zone.read(try civil("2022-03-27T02:30:00")) else {
      Issue.record("not skipped")
      return
    }
    #expect([before.offsetMinutes, after.offsetMinutes] == [60, 120])
    guard case .repeated(let first, let second) = zone.read(try civil("2022-10-30T02:30:00")) else {
      Issue.record("not repeated")
      return
    }
    #expect([first.offsetMinutes, second.offsetMinutes] == [120, 60])
    #expect(zone.period(at: first.instant).abbreviation == "CEST")
    #expect(zone.period(at: second.instant).abbreviation == "CET")
    let change = try #require(Timestamp("2022-03-27T01:00:00Z")).instant
    #expect(zone.periods.contains { $0.start == change })
  }

  @Test(
    "No name leads out of the database",
    arguments: [
      "", "Nowhere/Land", "../../etc/passwd", "/etc/passwd", "Europe/", "Europe//Berlin", "a b",
    ]
  )
  func unknown(name: String) {
    #expect(SystemZone.load(name) == nil)
  }

  @Test("The machine's own zone is the same before and after another was read")
  func unchanged() {
    let before = SystemZone.local
    _ = SystemZone.load("Asia/Kathmandu")
    #expect(SystemZone.local == before)
  }
}
