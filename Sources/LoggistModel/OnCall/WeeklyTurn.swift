/// People who take turns by the week, changing at a weekday's time of day on the wall clock.
///
/// The first person has it from `starts` to the first change behind it, however short that is.
package struct WeeklyTurn: Sendable, Hashable {
  package let people: [String]
  package let starts: CivilDateTime
  package let weekday: Weekday
  /// Seconds since midnight, up to 86,400: the end of the day.
  package let secondOfDay: Int

  /// Nil without people.
  package init?(people: [String], starts: CivilDateTime, weekday: Weekday, secondOfDay: Int) {
    if people.isEmpty { return nil }
    (self.people, self.starts) = (people, starts)
    (self.weekday, self.secondOfDay) = (weekday, secondOfDay)
  }
}

extension WeeklyTurn {
  /// Whose turn it is; nil before it starts.
  package func person(at moment: Instant, in zone: Zone) -> String? {
    guard zone.instant(of: starts) <= moment else { return nil }
    return people[changes(by: moment, in: zone) % people.count]
  }

  /// The moments from one on, up to another, at which it goes to the next person.
  func changes(from start: Instant, until end: Instant, in zone: Zone) -> [Instant] {
    let begin = zone.instant(of: starts)
    var moments = begin > start ? [begin] : []
    var number = begin > start ? 0 : changes(by: start, in: zone)
    while true {
      let moment = change(number, in: zone)
      if moment >= end { return moments }
      moments.append(moment)
      number += 1
    }
  }

  /// How many changes there have been.
  private func changes(by moment: Instant, in zone: Zone) -> Int {
    let days = zone.civil(moment).date.dayNumber - firstDay
    // An hour that a clock change moves over midnight puts the guess a week off at most.
    var count = max(days / 7 - 1, 0)
    while change(count, in: zone) <= moment { count += 1 }
    return count
  }

  /// When the change of that number is, from 0.
  private func change(_ number: Int, in zone: Zone) -> Instant {
    zone.instant(of: civil(firstDay + 7 * number))
  }

  private func civil(_ dayNumber: Int) -> CivilDateTime {
    CivilDateTime(secondsFromEpoch: Int64(dayNumber) * 86_400 + Int64(secondOfDay))
  }

  /// The day of the first change behind the start.
  private var firstDay: Int {
    let start = starts.date
    let ahead = (weekday.rawValue - start.weekday.rawValue + 7) % 7
    // The end of the day before counts too, where the change is at 24:00.
    let day = start.dayNumber + ahead - 7
    return [day, day + 7, day + 14].first { civil($0) > starts } ?? day + 14
  }
}
