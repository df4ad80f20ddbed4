import LoggistModel

extension State {
  /// Everything is looked at once, when the log has been read: nothing of it has just begun, so no bell rings.
  mutating func remindOfAll() -> [Effect] {
    reminding = Reminding(desk.reminders)
    deadlines = DeadlineWatch(targets: desk.reminders.targets)
    return remind(of: board.open.map(\.id))
      .filter { $0 != .bell }
  }

  /// What follows from entries for the reminders of the incidents that they touched.
  mutating func remind(of ids: some Sequence<IncidentID>) -> [Effect] {
    // Of half a log nobody knows whether it was acknowledged.
    if isLoading { return [] }
    let ids = Array(ids)
    for id in ids { deadlines.take(id, journal.incidents[id]) }
    let hasBegun = reminding.take(ids, of: journal, now: now)
    return (hasBegun ? [.bell] : []) + overdue()
  }

  /// What follows from the time.
  mutating func remindInTime() -> [Effect] {
    let hasBegun = reminding.look(now)
    return (hasBegun ? [.bell] : []) + overdue()
  }

  private mutating func overdue() -> [Effect] {
    let passed = deadlines.passed(by: now).compactMap { deadline in
      journal.incidents[deadline.incident].map { Overdue(deadline, of: $0) }
    }
    return passed.isEmpty ? [] : [.overdue(passed)]
  }

  /// When a reminder begins or a clock passes next.
  var nextReminder: Instant {
    let never = Instant(milliseconds: .max)
    return min(reminding.next ?? never, deadlines.next ?? never)
  }
}

// MARK: - What can be done about it

extension State {
  /// Opens the incident that the banner speaks of, at the entry concerned.
  mutating func goToReminder() {
    guard let first = reminding.active.first else { return }
    if case .incident(var screen) = screen, screen.id == first.incident {
      if let ref = first.ref { screen.select(ref) }
      self.screen = .incident(screen)
    } else {
      screens.append(.incident(IncidentScreen(first.incident, selecting: first.ref)))
    }
    settleScreen()
  }

  /// Puts the banner's reminder off: on this screen alone, nothing is logged.
  mutating func putOffReminder() {
    guard let reminder = reminding.putOffFirst(now: now) else { return }
    notice = Notice(
      "\(reminder.incident): put off until \(desk.clock.time(now + Reminding.putOffFor))")
    settleScreen()
  }
}
