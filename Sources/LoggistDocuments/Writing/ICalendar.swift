package import LoggistModel

/// Dates for somebody's calendar: what falls due, and when.
package struct ICalendar: Sendable, Hashable {
  package var name: String
  /// What has to be said about all of it; empty where nothing has.
  package var description: String
  package var events: [Event]
  /// When it was as it says: the as-of moment, so that the same question has the same answer.
  package var stamp: Instant
  package var version: String

  package init(name: String, description: String, events: [Event], stamp: Instant, version: String)
  {
    (self.name, self.description, self.events) = (name, description, events)
    (self.stamp, self.version) = (stamp, version)
  }

  package struct Event: Sendable, Hashable {
    /// The entry's name at its store: the same in every export for ever, so that an import again changes the event and
    /// adds none.
    package var uid: String
    package var start: Start
    package var summary: String
    package var description: String
    package var isCancelled = false
    /// When an entry last changed it.
    package var modified: Instant?

    package init(
      uid: String, start: Start, summary: String, description: String, isCancelled: Bool = false,
      modified: Instant? = nil
    ) {
      (self.uid, self.start, self.summary) = (uid, start, summary)
      (self.description, self.isCancelled, self.modified) = (description, isCancelled, modified)
    }
  }

  package enum Start: Sendable, Hashable {
    /// All of that day, wherever one is.
    case day(CivilDate)
    case moment(Instant)

    /// A day or a timestamp as an entry has it; nil for anything else.
    package init?(due: String) {
      if let day = CivilDate(due) {
        self = .day(day)
      } else if let moment = Timestamp(due) {
        self = .moment(moment.instant)
      } else {
        return nil
      }
    }
  }
}
