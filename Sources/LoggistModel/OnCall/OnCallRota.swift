/// Who is called for a team, and when: turns by the week, calendars that another tool writes, and exceptions.
///
/// A plain value: what it answers depends on its rules, its zone and the moment that is asked about.
package struct OnCallRota: Sendable, Hashable {
  /// Whose wall clock the rules are written in.
  package let zone: Zone
  package var people: [Person]
  /// In the order in which they were named first.
  package private(set) var teams: [Team] = []

  package struct Person: Sendable, Hashable {
    /// What is typed behind `@`; nil for somebody whom only a calendar names.
    package var id: String?
    package var name: String
    package var phone: String?
    package var mail: String?

    package init(id: String? = nil, name: String, phone: String? = nil, mail: String? = nil) {
      (self.id, self.name, self.phone, self.mail) = (id, name, phone, mail)
    }
  }

  /// A team's rules. An exception goes before a calendar, and that before the turns by the week.
  package struct Team: Sendable, Hashable {
    package let name: String
    package var turns: [WeeklyTurn] = []
    package var calendars: [OnCallCalendar] = []
    package var exceptions: [OnCallException] = []
  }

  package init(zone: Zone, people: [Person] = []) {
    (self.zone, self.people) = (zone, people)
  }

  package var isEmpty: Bool { teams.isEmpty }

  package func team(_ name: String) -> Team? {
    teams.first { $0.name == name } ?? teams.first { $0.name.lowercased() == name.lowercased() }
  }

  /// Changes a team's rules; one that is not there yet is made.
  package mutating func change(_ name: String, _ body: (inout Team) -> Void) {
    let place = teams.firstIndex { $0.name == name } ?? teams.count
    if place == teams.count { teams.append(Team(name: name)) }
    body(&teams[place])
  }
}

/// Somebody instead of whoever's turn it is, from one time on the wall to another.
package struct OnCallException: Sendable, Hashable {
  package let person: String
  package let from: CivilDateTime
  package let to: CivilDateTime

  package init(person: String, from: CivilDateTime, to: CivilDateTime) {
    (self.person, self.from, self.to) = (person, from, to)
  }
}

/// Who is on call for a team at a moment, until when, and who comes then.
package struct OnCallShift: Sendable, Hashable {
  package let team: String
  /// Nil where nobody is.
  package let person: OnCallRota.Person?
  /// When somebody else takes over; nil where that does not happen within a year.
  package let until: Instant?
  /// Nil where nobody comes.
  package let next: OnCallRota.Person?
}

// MARK: - Asking

extension OnCallRota {
  /// Each team's shift, in the order of the teams.
  package func shifts(at moment: Instant) -> [OnCallShift] {
    teams.map { shift(of: $0, at: moment) }
  }

  /// Who is on call for a team, until when, and who comes next. A change that leaves the same person on call is none.
  ///
  /// Cost: linear in the team's rules and in what they come to in a year.
  package func shift(of team: Team, at moment: Instant) -> OnCallShift {
    let timeline = OnCallTimeline(team, from: moment, until: moment + .days(366), zone: zone)
    let now = timeline.person(at: moment)
    for change in timeline.changes {
      let then = timeline.person(at: change)
      if then != now {
        return OnCallShift(
          team: team.name, person: now.map { person($0) }, until: change,
          next: then.map { person($0) })
      }
    }
    return OnCallShift(team: team.name, person: now.map { person($0) }, until: nil, next: nil)
  }

  /// The person that a rule or a calendar means: by key, by name or by mail address.
  package func person(_ text: String) -> Person {
    let wanted = text.lowercased()
    return people.first { $0.id == text }
      ?? people.first { $0.name.lowercased() == wanted }
      ?? people.first { $0.id?.lowercased() == wanted || $0.mail?.lowercased() == wanted }
      ?? Person(name: text)
  }
}

/// A team's rules laid out over a stretch of time.
private struct OnCallTimeline {
  private let exceptions: [(person: String, span: Range<Instant>)]
  private let events: [OnCallCalendar.Occurrence]
  private let turns: [WeeklyTurn]
  private let zone: Zone
  /// The moments behind the first at which somebody else may come, in order.
  let changes: [Instant]

  init(_ team: OnCallRota.Team, from start: Instant, until end: Instant, zone: Zone) {
    self.zone = zone
    turns = team.turns
    exceptions = team.exceptions.compactMap { exception in
      let (from, to) = (zone.instant(of: exception.from), zone.instant(of: exception.to))
      return from < to ? (exception.person, from..<to) : nil
    }
    events = team.calendars.flatMap { $0.occurrences(from: start, until: end) }
    var moments = exceptions.flatMap { [$0.span.lowerBound, $0.span.upperBound] }
    moments += events.flatMap { [$0.span.lowerBound, $0.span.upperBound] }
    moments += turns.flatMap { $0.changes(from: start, until: end, in: zone) }
    changes = Set(moments.filter { start < $0 && $0 < end }).sorted()
  }

  func person(at moment: Instant) -> String? {
    if let exception = exceptions.last(where: { $0.span.contains(moment) }) {
      return exception.person
    }
    // Of two events at once the one that began last: somebody was put in for a part of a longer shift.
    let events = events.filter { $0.span.contains(moment) }
    if let event = events.max(by: { $0.span.lowerBound < $1.span.lowerBound }) {
      return event.person
    }
    // A rota that began later stands in the place of the one before.
    let begun = turns.filter { zone.instant(of: $0.starts) <= moment }
    return begun.max { $0.starts < $1.starts }?.person(at: moment, in: zone)
  }
}

extension Zone {
  /// When this zone's clocks show a time: of an hour that is shown twice the first, of one that is skipped as if the
  /// clocks had not been changed yet (RFC 5545, 3.3.5).
  package func instant(of civil: CivilDateTime) -> Instant {
    switch read(civil) {
    case .once(let timestamp): timestamp.instant
    case .skipped(let before, _): before.instant
    case .repeated(let first, _): first.instant
    }
  }
}
