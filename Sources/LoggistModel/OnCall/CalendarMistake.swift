/// Something in a calendar file that is not understood; its event is left out, the rest holds.
package struct CalendarMistake: Error, Sendable, Hashable {
  /// From 1.
  package let line: Int
  package let problem: Problem

  package init(line: Int, problem: Problem) {
    (self.line, self.problem) = (line, problem)
  }

  package enum Problem: Sendable, Hashable {
    case noCalendar
    case unfinished(String)
    case noStart
    case noEnd
    case endsBeforeStart
    case noPerson
    case notATime(String)
    case notALength(String)
    case unknownZone(String)
    case unknownRule(String)
    case unknownProperty(String)
  }
}

extension CalendarMistake.Problem: CustomStringConvertible {
  /// What is wrong and what became of it; file and line are printed by whoever knows the file.
  package var description: String {
    switch self {
    case .noCalendar: "no calendar: it does not begin with BEGIN:VCALENDAR"
    case .unfinished(let name): "\(name) is never ended; left out"
    case .noStart: "an event without DTSTART; left out"
    case .noEnd: "an event without DTEND and DURATION; left out"
    case .endsBeforeStart: "an event that ends before it begins; left out"
    case .noPerson: "an event that names nobody in ATTENDEE or SUMMARY; left out"
    case .notATime(let text): "\"\(text)\" is no time (20220103T080000); the event is left out"
    case .notALength(let text): "\"\(text)\" is no length (P7D, PT12H); the event is left out"
    case .unknownZone(let name):
      "there is no time zone \"\(name)\" (Africa/Lagos); the event is left out"
    case .unknownRule(let text): "\(text) is not understood in RRULE; the event is left out"
    case .unknownProperty(let name): "\(name) is not understood; the event is left out"
    }
  }
}
