package import LoggistModel

/// What the desk is reminded of: kept up to date incident by incident, so that a key and a frame cost nothing for it.
package struct Reminding: Sendable {
  private var rules = ReminderRules()
  /// Of each open incident everything that will be worth a reminder as long as nothing else is logged.
  private var pending: [IncidentID: [Reminder]] = [:]
  /// What is worth one now and was not put off, the most pressing first.
  package private(set) var active: [Reminder] = []
  /// Until when somebody does not want to hear of it.
  private var putOff: [Reminder.Name: Instant] = [:]
  /// Nothing becomes a reminder before; nil: nothing will.
  private var nextBegin: Instant?

  init() {}

  init(_ rules: ReminderRules) {
    self.rules = rules
  }

  /// When the banner changes by itself next.
  var next: Instant? { nextBegin }
}

extension Reminding {
  /// Takes incidents as they are now. Returns whether a reminder began that was not there before.
  ///
  /// Cost: linear in the incidents' entries and in the reminders that are on.
  mutating func take(_ ids: some Sequence<IncidentID>, of journal: Journal, now: Instant) -> Bool {
    let before = Set(active.map(\.name))
    for id in ids {
      let reminders = journal.incidents[id]?.reminders(rules) ?? []
      if reminders.isEmpty, pending[id] == nil { continue }
      pending[id] = reminders.isEmpty ? nil : reminders
      active.removeAll { $0.incident == id }
      for reminder in reminders { admit(reminder, now) }
    }
    active.sort(by: Reminder.morePressing)
    return active.contains { !before.contains($0.name) }
  }

  /// Begins what has become due. Returns whether anything did. Cost: none before `next`.
  mutating func look(_ now: Instant) -> Bool {
    guard let next = nextBegin, next <= now else { return false }
    let before = Set(active.map(\.name))
    active = []
    nextBegin = nil
    putOff = putOff.filter { $0.value > now }
    for reminder in pending.values.joined() { admit(reminder, now) }
    active.sort(by: Reminder.morePressing)
    return active.contains { !before.contains($0.name) }
  }

  private mutating func admit(_ reminder: Reminder, _ now: Instant) {
    let begins = max(reminder.begins, putOff[reminder.name] ?? reminder.begins)
    if begins <= now {
      active.append(reminder)
    } else {
      nextBegin = min(nextBegin ?? begins, begins)
    }
  }

  /// Puts the most pressing one off for a while; what it was, nil where there is none.
  mutating func putOffFirst(now: Instant) -> Reminder? {
    guard let first = active.first else { return nil }
    let until = now + Reminding.putOffFor
    putOff[first.name] = until
    active.removeFirst()
    nextBegin = min(nextBegin ?? until, until)
    return first
  }

  static let putOffFor = TimeSpan.minutes(10)
}
