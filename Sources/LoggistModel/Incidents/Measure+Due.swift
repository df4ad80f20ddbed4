extension Incident.Measure {
  /// Nobody said that it is done or dropped.
  package var isOpen: Bool { state != "done" && state != "dropped" }

  /// Its day is over, or its time is past, and it is open still.
  ///
  /// - Parameter today: the day of `now` where the desk is.
  package func isOverdue(on today: CivilDate, at now: Instant) -> Bool {
    guard isOpen, let due else { return false }
    if let day = CivilDate(due) { return day < today }
    return Timestamp(due).map { $0.instant < now } ?? false
  }
}
