import LoggistModel

extension ICalendar {
  /// RFC 5545: lines ended by CR and LF, none longer than 75 octets, times in UTC, so that no zone has to be defined.
  ///
  /// Events and no to-dos: most calendars of offices drop a `VTODO` without a word.
  package var text: String {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Loggist//Loggist \(Self.value(version))//EN",
      "CALSCALE:GREGORIAN", "X-WR-CALNAME:\(Self.value(name))",
    ]
    if !description.isEmpty { lines.append("X-WR-CALDESC:\(Self.value(description))") }
    for event in events { lines += event.lines(stamp: stamp) }
    lines.append("END:VCALENDAR")
    return lines.map { Self.folded($0) + "\r\n" }.joined()
  }

  /// A text as the value of a property (RFC 5545, 3.3.11): controls as visible signs, line feeds as `\n`.
  fileprivate static func value(_ text: String) -> String {
    var value = String.UnicodeScalarView()
    for line in text.lines.enumerated() {
      if line.offset > 0 { value.append(contentsOf: "\\n".unicodeScalars) }
      for scalar in visible(line.element).unicodeScalars {
        if scalar == "\\" || scalar == ";" || scalar == "," { value.append("\\") }
        value.append(scalar)
      }
    }
    return String(value)
  }

  /// Broken into lines of at most 75 octets, each further one behind a space, never within a character's bytes.
  private static func folded(_ line: String) -> String {
    if line.utf8.count <= 75 { return line }
    var folded = String.UnicodeScalarView()
    var octets = 0
    for scalar in line.unicodeScalars {
      let width = UTF8.width(scalar)
      if octets + width > 75 {
        folded.append(contentsOf: "\r\n ".unicodeScalars)
        octets = 1
      }
      folded.append(scalar)
      octets += width
    }
    return String(folded)
  }

  fileprivate static func utc(_ instant: Instant) -> String {
    let civil = Zone.utc.civil(instant)
    return day(civil.date) + "T" + digits(civil.hour) + digits(civil.minute)
      + digits(civil.second) + "Z"
  }

  fileprivate static func day(_ date: CivilDate) -> String {
    String(date.description.filter { $0 != "-" })
  }

  private static func digits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}

extension ICalendar.Event {
  fileprivate func lines(stamp: Instant) -> [String] {
    [
      "BEGIN:VEVENT", "UID:\(ICalendar.value(uid))", "DTSTAMP:\(ICalendar.utc(stamp))",
    ] + (modified.map { ["LAST-MODIFIED:\(ICalendar.utc($0))"] } ?? []) + startLines + [
      "SUMMARY:\(ICalendar.value(summary))", "DESCRIPTION:\(ICalendar.value(description))",
      // It takes nobody's time: a date to be kept is no meeting.
      "TRANSP:TRANSPARENT", "STATUS:\(isCancelled ? "CANCELLED" : "CONFIRMED")", "END:VEVENT",
    ]
  }

  private var startLines: [String] {
    switch start {
    // Without an end a day is that day (RFC 5545, 3.6.1).
    case .day(let date): ["DTSTART;VALUE=DATE:\(ICalendar.day(date))"]
    case .moment(let moment): ["DTSTART:\(ICalendar.utc(moment))"]
    }
  }
}
