import LoggistModel

/// A measure that somebody still has to do something about.
struct MeasureRow: Sendable, Hashable {
  let ref: EntryRef
  let incident: IncidentID
  let text: String
  /// As somebody wrote it; nil where nobody did.
  let owner: String?
  let isBegun: Bool
  let isCorrective: Bool
  let due: Due?

  /// Until when: the end of a day, or a moment.
  struct Due: Sendable, Hashable {
    let date: CivilDate
    /// From here on it is overdue.
    let end: Instant
  }
}

extension MeasureRow {
  init(_ measure: Incident.Measure, of incident: IncidentID, in zone: Zone) {
    ref = measure.ref
    self.incident = incident
    text = measure.text
    owner = measure.owner.flatMap { $0.isEmpty ? nil : $0 }
    isBegun = measure.state == "doing"
    isCorrective = measure.isCorrective
    due = measure.due.flatMap { Due($0, in: zone) }
  }

  func isOverdue(_ now: Instant) -> Bool { due.map { $0.end <= now } ?? false }

  /// `overdue 3 d`, `due today`, `due in 5 d`: in words, whatever the colour.
  func dueWords(_ now: Instant, _ clock: ClockStyle) -> String {
    guard let due else { return "no date" }
    let days = due.date.dayNumber - clock.date(now).dayNumber
    if isOverdue(now) { return days == 0 ? "overdue today" : "overdue \(-days) d" }
    return days == 0 ? "due today" : days == 1 ? "due tomorrow" : "due in \(days) d"
  }

  /// What it stands under where dates come first.
  func term(_ now: Instant, _ clock: ClockStyle) -> String {
    guard let due else { return "No due date" }
    if isOverdue(now) { return "Overdue" }
    let days = due.date.dayNumber - clock.date(now).dayNumber
    return days == 0 ? "Today" : days < 7 ? "In the next 7 days" : "Later"
  }
}

extension MeasureRow.Due {
  /// A day, or a timestamp; nil where it is neither.
  init?(_ text: String, in zone: Zone) {
    if let date = CivilDate(text) {
      self.init(date: date, end: zone.startOfNextDay(date))
    } else if let moment = Timestamp(text) {
      self.init(date: zone.civil(moment.instant).date, end: moment.instant)
    } else {
      return nil
    }
  }
}

extension Zone {
  /// When a day is over, also where the clocks skip or repeat midnight.
  fileprivate func startOfNextDay(_ date: CivilDate) -> Instant {
    switch read(CivilDateTime(date: date.adding(days: 1), secondOfDay: 0)) {
    case .once(let timestamp): timestamp.instant
    case .skipped(let before, _): before.instant
    case .repeated(let first, _): first.instant
    }
  }
}
