extension OnCallCalendar {
  /// Reads a calendar file (RFC 5545) as far as it says who is on call when; what is not understood is named.
  ///
  /// Times without a zone are those of `zone`. Nothing that stands in a file makes it fail: an event that cannot be
  /// understood is left out. Cost: linear in the file.
  package static func read(
    _ bytes: [UInt8], zone: Zone, zones: @escaping (String) -> Zone?
  ) -> (calendar: OnCallCalendar, mistakes: [CalendarMistake]) {
    var lines = CalendarLine.lines(
      of: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes)
    guard let first = lines.first, first.isComponent("BEGIN", "VCALENDAR") else {
      return (OnCallCalendar(), [CalendarMistake(line: 1, problem: .noCalendar)])
    }
    lines.removeFirst()
    var reader = CalendarReader(zone: zone, zones: zones)
    reader.read(lines)
    return (reader.calendar, reader.mistakes.sorted { $0.line < $1.line })
  }
}

private struct CalendarReader {
  let zone: Zone
  let zones: (String) -> Zone?
  var calendar = OnCallCalendar()
  var mistakes: [CalendarMistake] = []
  /// Looked up once each.
  private var known: [String: Zone?] = [:]
  /// The events that come again, by their UID: another event may stand in for one of their times.
  private var recurring: [String: [Int]] = [:]
  private var replaced: [(uid: String, start: Instant)] = []

  init(zone: Zone, zones: @escaping (String) -> Zone?) {
    (self.zone, self.zones) = (zone, zones)
  }

  /// Events are taken, everything else (alarms, zones, tasks) is passed over with what is in it.
  mutating func read(_ lines: [CalendarLine]) {
    var open: [String] = []
    var event: [CalendarLine] = []
    for line in lines {
      switch line.name {
      case "BEGIN":
        open.append(line.value.uppercased())
        if open == ["VEVENT"] { event = [line] }
      case "END":
        if open == ["VEVENT"], line.isComponent("END", "VEVENT") { take(event) }
        if let place = open.lastIndex(of: line.value.uppercased()) { open.removeSubrange(place...) }
      default: if open == ["VEVENT"] { event.append(line) }
      }
    }
    if open.first == "VEVENT", let begin = event.first {
      mistakes.append(CalendarMistake(line: begin.number, problem: .unfinished("BEGIN:VEVENT")))
    }
    for (uid, start) in replaced {
      for place in recurring[uid] ?? [] { calendar.events[place].excluded.insert(start) }
    }
  }

  private mutating func take(_ lines: [CalendarLine]) {
    do throws(CalendarMistake) {
      if let event = try event(lines) { calendar.events.append(event) }
    } catch {
      mistakes.append(error)
    }
  }

  /// Nil for one that was cancelled: nothing is wrong with it.
  private mutating func event(
    _ lines: [CalendarLine]
  ) throws(CalendarMistake) -> OnCallCalendar.Event? {
    func first(_ name: String) -> CalendarLine? { lines.first { $0.name == name } }
    let number = lines.first?.number ?? 1
    if let unknown = lines.first(where: { ["RDATE", "EXRULE"].contains($0.name) }) {
      throw CalendarMistake(line: unknown.number, problem: .unknownProperty(unknown.name))
    }
    guard let startLine = first("DTSTART") else {
      throw CalendarMistake(line: number, problem: .noStart)
    }
    let start = try time(startLine)
    let uid = first("UID")?.value ?? ""
    if let line = first("RECURRENCE-ID") {
      let time = try time(line)
      replaced.append((uid, time.zone.instant(of: time.civil)))
    }
    if first("STATUS")?.value.uppercased() == "CANCELLED" { return nil }
    guard let person = CalendarReader.person(lines) else {
      throw CalendarMistake(line: number, problem: .noPerson)
    }
    let length = try length(
      of: start, end: first("DTEND"), duration: first("DURATION"), number: number)
    var event = OnCallCalendar.Event(
      person: person, start: start.civil, zone: start.zone, length: length)
    if let line = first("RRULE") {
      event.recurrence = try RecurrenceReader(line, start: start).recurrence()
      // Every day a shift of a thousand years: nobody means it, and it would be counted out.
      if length.isLongerThanAYear {
        throw CalendarMistake(line: line.number, problem: .unknownRule("a shift of over a year"))
      }
      recurring[uid, default: []].append(calendar.events.count)
    }
    for line in lines where line.name == "EXDATE" {
      for value in line.value.split(separator: ",") {
        let time = try time(line, String(value), like: start)
        event.excluded.insert(time.zone.instant(of: time.civil))
      }
    }
    return event
  }

  /// Who it is: the first attendee's name, else the summary.
  private static func person(_ lines: [CalendarLine]) -> String? {
    let attendees = lines.filter { $0.name == "ATTENDEE" }
    let names = attendees.compactMap { $0.parameter("CN")?.trimmingBlanks }
    let mails = attendees.compactMap { line -> String? in
      let mark = "mailto:"
      return line.value.lowercased().hasPrefix(mark)
        ? String(line.value.dropFirst(mark.count)) : nil
    }
    let summary = lines.first { $0.name == "SUMMARY" }?.text
    return [names.first, mails.first, summary].compactMap { $0 }.first { !$0.isEmpty }
  }

  private mutating func length(
    of start: CalendarTime, end: CalendarLine?, duration: CalendarLine?, number: Int
  ) throws(CalendarMistake) -> OnCallCalendar.Length {
    if let end {
      let time = try time(end)
      let (from, to) = (start.zone.instant(of: start.civil), time.zone.instant(of: time.civil))
      guard from < to else { throw CalendarMistake(line: end.number, problem: .endsBeforeStart) }
      if start.zone != time.zone { return .exact(to - from) }
      return .wall(seconds: time.civil.secondsFromEpoch - start.civil.secondsFromEpoch)
    }
    if let duration {
      guard let length = CalendarReader.length(duration.value) else {
        throw CalendarMistake(line: duration.number, problem: .notALength(duration.value))
      }
      return length
    }
    // A day without an end is that day (RFC 5545, 3.6.1).
    if start.isDay { return .wall(seconds: 86_400) }
    throw CalendarMistake(line: number, problem: .noEnd)
  }

  /// `P7D`, `P1W`, `PT12H30M`: days are days on the wall, hours are hours.
  private static func length(_ text: String) -> OnCallCalendar.Length? {
    let text = text.uppercased().drop { $0 == "+" }
    guard text.hasPrefix("P") else { return nil }
    var (days, seconds, number, isTime) = (0, 0, "", false)
    for character in text.dropFirst() {
      if character == "T", number.isEmpty {
        isTime = true
        continue
      }
      if character.isASCII, character.isNumber {
        number.append(character)
        continue
      }
      guard number.count <= 7, let count = Int(number) else { return nil }
      number = ""
      switch character {
      case "W" where !isTime: days += 7 * count
      case "D" where !isTime: days += count
      case "H" where isTime: seconds += 3600 * count
      case "M" where isTime: seconds += 60 * count
      case "S" where isTime: seconds += count
      default: return nil
      }
    }
    guard number.isEmpty, days + seconds > 0 else { return nil }
    if seconds == 0 { return .wall(seconds: Int64(days) * 86_400) }
    return .exact(.days(days) + .seconds(seconds))
  }

  // MARK: - Times

  private mutating func time(
    _ line: CalendarLine, _ value: String? = nil, like start: CalendarTime? = nil
  ) throws(CalendarMistake) -> CalendarTime {
    let text = value ?? line.value
    guard var time = CalendarTime(text, zone: zone) else {
      throw CalendarMistake(line: line.number, problem: .notATime(text))
    }
    if let name = line.parameter("TZID"), !time.isDay, !text.uppercased().hasSuffix("Z") {
      guard let zone = zone(name) else {
        throw CalendarMistake(line: line.number, problem: .unknownZone(name))
      }
      time.zone = zone
    }
    // A day that is left out of something that begins at a time means that day's.
    if let start, time.isDay, !start.isDay {
      time = CalendarTime(
        civil: CivilDateTime(date: time.civil.date, secondOfDay: start.civil.secondOfDay),
        zone: start.zone, isDay: false)
    }
    return time
  }

  private mutating func zone(_ name: String) -> Zone? {
    let name = name.hasPrefix("/") ? String(name.dropFirst()) : name
    if let zone = known[name] { return zone }
    let zone = name == "UTC" ? Zone.utc : zones(name)
    known[name] = .some(zone)
    return zone
  }
}

/// A time as a calendar file writes it, and whose clocks show it.
struct CalendarTime {
  var civil: CivilDateTime
  var zone: Zone
  /// The file names a day and no time.
  var isDay: Bool

  init(civil: CivilDateTime, zone: Zone, isDay: Bool) {
    (self.civil, self.zone, self.isDay) = (civil, zone, isDay)
  }

  /// Reads `20220103T080000`, `20220103T070000Z` or `20220103`.
  init?(_ text: some StringProtocol, zone: Zone) {
    var bytes = ByteCursor(Array(text.utf8))
    guard let year = bytes.digits(4), let month = bytes.digits(2), let day = bytes.digits(2),
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    if bytes.isAtEnd {
      self.init(civil: CivilDateTime(date: date, secondOfDay: 0), zone: zone, isDay: true)
      return
    }
    guard bytes.take("T") || bytes.take("t"), let hour = bytes.digits(2),
      let minute = bytes.digits(2), let second = bytes.digits(2),
      let civil = CivilDateTime(date: date, hour: hour, minute: minute, second: min(second, 59))
    else { return nil }
    let isUTC = bytes.take("Z") || bytes.take("z")
    guard bytes.isAtEnd else { return nil }
    self.init(civil: civil, zone: isUTC ? .utc : zone, isDay: false)
  }
}

extension OnCallCalendar.Length {
  fileprivate var isLongerThanAYear: Bool {
    switch self {
    case .wall(let seconds): seconds > 366 * 86_400
    case .exact(let span): span > .days(366)
    }
  }
}

extension CalendarLine {
  func isComponent(_ name: String, _ component: String) -> Bool {
    self.name == name && value.uppercased() == component
  }
}
