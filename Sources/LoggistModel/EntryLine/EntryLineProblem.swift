/// Why an entry line cannot be logged as it stands.
package enum EntryLineProblem: Error, Sendable, Hashable {
  /// A clock change skipped this time; what it would be with the offset before and after the change.
  case skippedTime(before: Timestamp, after: Timestamp)
  /// A clock change made the clocks show this time twice.
  case repeatedTime(first: Timestamp, second: Timestamp)
  /// More than two minutes ahead, on a day that the line names itself.
  case inFuture(Timestamp)
  /// The interval would end before it begins.
  case endsBeforeStart(Timestamp)
  /// A value that the field cannot hold: the problem names the allowed words or the type.
  case value(Field, written: String, Entry.Problem)
}

/// A remark about an entry line that blocks nothing.
package enum EntryLineDoubt: Sendable, Hashable {
  /// The time is later than now, so a day before today is meant.
  case dayBefore(Timestamp)
  /// The abbreviation stands for several zones; the best known was taken.
  case zoneAssumed(String, offsetMinutes: Int)
  /// What this token sets was set by an earlier one; it stays in the text.
  case alreadyGiven(String)
  /// The quotation mark behind `field=` never closes; all of it stays in the text.
  case unclosedQuote(Field)
  /// Pasted: the time is smaller than the line before's, so the next day is meant.
  case nextDay(Timestamp)
  /// Pasted: the time is a little smaller than the line before's; taken for the same day, out of order.
  case outOfOrder(Timestamp)
  /// Pasted: the line has no time of its own and took that of the line before.
  case timeOfLineBefore
  /// Pasted: the line names its day and leaves the time open (`--:--`).
  case timeUnknown
}

// The sentences, for the line under the composer and for the command line alike.

extension EntryLineProblem {
  /// What is wrong and what to type instead, in one sentence without a full stop.
  package func sentence(_ clock: ClockStyle) -> String {
    switch self {
    case .skippedTime(let before, let after):
      "the clocks skipped this time: \(clock.timeAndZone(after.instant)) or "
        + "\(clock.timeAndZone(before.instant))?"
    case .repeatedTime(let first, let second):
      "the clocks showed this time twice: \(clock.timeAndZone(first.instant)) or "
        + "\(clock.timeAndZone(second.instant))?"
    case .inFuture(let at): "\(clock.dateAndTime(at.instant)) is in the future"
    case .endsBeforeStart(let until):
      "ends at \(clock.dateAndTime(until.instant)), before it begins"
    case .value(let field, let written, let problem):
      "\(field.rawValue) is not '\(written)': \(EntryLineProblem.expectation(field, problem))"
    }
  }

  private static func expectation(_ field: Field, _ problem: Entry.Problem) -> String {
    switch problem {
    case .notOneOf(_, _, let allowed): "one of \(allowed.joined(separator: ", "))"
    case .wrongType(_, let type): "\(type.expectation)"
    default: "it says nothing"
    }
  }
}

extension FieldType {
  /// What a person types for it.
  fileprivate var expectation: String {
    switch self {
    case .flag: "yes or no"
    case .integer: "a number"
    case .timestamp: "a time such as 21:30 or +30m"
    case .day: "a day such as 2026-03-20 or +7d"
    case .entry: "an entry such as INC.812"
    case .incident: "an incident such as INC-12"
    case .priority: "P1, P2, P3 or P4"
    case .text, .choice, .suggestion, .json: "some text"
    }
  }
}

extension EntryLineDoubt {
  /// The remark in a few words.
  package func sentence(_ clock: ClockStyle) -> String {
    switch self {
    case .dayBefore(let at): "later than now, so \(clock.dayHeading(at.instant)) is meant"
    case .zoneAssumed(let name, let offset):
      "\(name) read as UTC\(Timestamp(Instant(milliseconds: 0), offsetMinutes: offset).offsetText)"
    case .alreadyGiven(let token): "\(token) stays text: it was given before"
    case .unclosedQuote(let field): "the quotation mark of \(field.rawValue)= is not closed"
    case .nextDay(let at):
      "earlier than the line before, so \(clock.dayHeading(at.instant)) is meant"
    case .outOfOrder: "earlier than the line before"
    case .timeOfLineBefore: "no time of its own: that of the line before"
    case .timeUnknown: "the day is known, the time is not"
    }
  }
}
