internal import LoggistModel

/// The sentences of what a written timeline leaves open, and how it was taken.
enum TimelineDoubts {
  static func ambiguousDay(_ line: Int, _ first: Int, _ second: Int, year: Int, _ order: DayOrder)
    -> Doubt
  {
    func spoken(_ order: DayOrder.Order) -> String {
      DayOrder.date(first, second, year: year, order).map { "\($0.day) \($0.monthName) \($0.year)" }
        ?? "no day"
    }
    let other: DayOrder.Order = order.order == .dayFirst ? .monthFirst : .dayFirst
    let reason =
      switch order.reason {
      case .otherDate: ", as other dates here can only be read"
      case .sameDay: ", a day that the document also names elsewhere"
      case .closeness: ", for then the entries lie closer together"
      case .custom: ""
      }
    let kind = order.order == .dayFirst ? "day first" : "month first"
    return Doubt(
      line: line,
      "\(twoDigits(first)) \(twoDigits(second)) \(year) is \(spoken(order.order)) or \(spoken(other)):"
        + " taken \(kind)\(reason)")
  }

  static func missingZone(_ line: Int, takenFrom zone: String, isAsked: Bool) -> Doubt {
    Doubt(
      line: line,
      isAsked
        ? "no zone is written: taken as \(zone), as asked"
        : "no zone is written: taken as \(zone)")
  }

  static func zoneOfProse(_ line: Int, _ zone: String, from source: Int) -> Doubt {
    Doubt(line: line, "no zone is written here: taken as \(zone), as a time in line \(source)")
  }

  static func zoneOfNeighbours(_ line: Int, _ zone: String, from source: Int) -> Doubt {
    Doubt(line: line, "no zone of its own: taken as \(zone), as line \(source)")
  }

  static func zoneShared(_ line: Int, _ name: String, _ offset: String) -> Doubt {
    Doubt(line: line, "\(name) is the name of several zones: taken as UTC\(offset)")
  }

  static func zoneMistyped(_ line: Int, _ name: String, _ zone: String) -> Doubt {
    Doubt(line: line, "\(name) is no zone of the tz database: taken as \(zone)")
  }

  static func zoneOutOfSeason(
    _ line: Int, _ name: String, _ offset: String, actual: String, _ home: String
  ) -> Doubt {
    Doubt(
      line: line,
      "\(name) is written, but on that day \(home) had \(actual): taken as written, UTC\(offset)")
  }

  static func dayFromElsewhere(
    _ line: Int, _ day: CivilDate, _ source: DocumentFacts.Source, _ from: Int
  )
    -> Doubt
  {
    let where_ =
      switch source {
      case .title: "the title"
      case .field: "line \(from)"
      case .name: "the file's name"
      case .prose: "line \(from)"
      case .frontMatter: "the front matter"
      }
    return Doubt(line: line, "no day is written here: taken as \(day.spoken), from \(where_)")
  }

  static func rivalDays(_ line: Int, _ day: CivilDate, _ rivals: [CivilDate]) -> Doubt {
    let named = rivals.prefix(3).map(\.description).joined(separator: ", ")
    return Doubt(
      line: line, "the document also names \(named): the first time was taken to be on \(day)")
  }

  static func missingDay(_ line: Int) -> Doubt {
    Doubt(line: line, "no day is written anywhere: its entries have no date")
  }

  static func missingYear(_ line: Int) -> Doubt {
    Doubt(line: line, "the day has no year, and no year is written anywhere")
  }

  static func yearTaken(_ line: Int, _ date: CivilDate) -> Doubt {
    Doubt(line: line, "the day has no year: taken as \(date)")
  }

  static func dayTaken(_ line: Int, _ words: String, _ date: CivilDate) -> Doubt {
    Doubt(line: line, "\(words) is taken as \(date.spoken)")
  }

  static func nextDay(_ line: Int, _ time: String, before: String, _ date: CivilDate) -> Doubt {
    Doubt(
      line: line,
      "the clock steps back from \(before) to \(time): taken as the next day, \(date.spoken)")
  }

  static func outOfOrder(_ line: Int, _ time: String, before: String) -> Doubt {
    Doubt(
      line: line,
      "the clock steps back from \(before) to \(time): taken as out of order, on the same day")
  }

  static func earlierThanBefore(_ line: Int, _ at: Timestamp, _ before: Timestamp) -> Doubt {
    Doubt(line: line, "\(at) stands behind \(before): out of order, or a typing error")
  }

  static func afternoon(_ line: Int, _ written: String, _ taken: String) -> Doubt {
    Doubt(line: line, "\(written) says neither am nor pm: taken as \(taken)")
  }

  static func farAway(_ line: Int, _ at: Timestamp) -> Doubt {
    Doubt(line: line, "\(at) is far from the entries around it: a typing error?")
  }

  static func wrongWeekday(_ line: Int, _ date: CivilDate, written: Weekday) -> Doubt {
    Doubt(
      line: line, "\(date) was a \(date.weekday.name), not a \(written.name): the date was taken")
  }

  static func skippedTime(_ line: Int, _ at: Timestamp) -> Doubt {
    Doubt(line: line, "the clocks jumped over this time: taken as \(at)")
  }

  static func repeatedTime(_ line: Int, _ at: Timestamp) -> Doubt {
    Doubt(line: line, "the clocks showed this time twice: taken as the first, \(at)")
  }

  static func unreadable(_ line: Int, _ written: String) -> Doubt {
    Doubt(line: line, "\(written) is no time: the entry has none")
  }

  static func mistypedYear(_ line: Int, _ written: String, _ date: CivilDate) -> Doubt {
    Doubt(
      line: line, "the year of \(written) has a digit too many: the entry is placed on \(date)")
  }

  static func noTime(_ line: Int) -> Doubt {
    Doubt(line: line, "no time is written: the entry has none")
  }

  static func elapsed(_ line: Int, from start: Timestamp) -> Doubt {
    Doubt(line: line, "counted from the first entry, \(start)")
  }

  /// Prose behind the last entry of a timeline.
  static func leftOut(_ lines: [Int], isEmpty: Bool, _ document: WrittenDocument) -> [Doubt] {
    guard !isEmpty else {
      return [Doubt(line: 1, "no timeline was found: nothing in it opens with a time")]
    }
    var ranges: [ClosedRange<Int>] = []
    for line in lines.sorted() {
      if let last = ranges.last, line <= last.upperBound + 2 {
        ranges[ranges.count - 1] = last.lowerBound...max(line, last.upperBound)
      } else {
        ranges.append(line...line)
      }
    }
    return ranges.map { range in
      Doubt(
        line: range.lowerBound,
        range.count == 1
          ? "this line stands behind the entries and belongs to none: left out"
          : "the lines down to \(range.upperBound) stand behind the entries and belong to none: left out"
      )
    }
  }
}
