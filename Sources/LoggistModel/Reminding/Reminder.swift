/// Something that somebody at the desk may have lost sight of.
package struct Reminder: Sendable, Hashable {
  package let incident: IncidentID
  package let reason: Reason
  /// The entry that it is about, where it is about one.
  package let ref: EntryRef?
  /// When it was or will be time.
  package let due: Instant
  /// From when on it is worth a row of the screen.
  package let begins: Instant
  /// How pressing the incident is: the lower the more.
  let rank: Int

  package enum Reason: Sendable, Hashable {
    case acknowledge, fix
    case nextUpdate(audience: String)
    case unanswered(to: String)
    /// Since when nobody has logged anything.
    case silence(since: Instant)
  }

  /// What it is, whatever the time: a reminder that is put off stays put off while its clock runs.
  package struct Name: Sendable, Hashable {
    let incident: IncidentID
    let reason: Reason
    let ref: EntryRef?
  }

  package var name: Name { Name(incident: incident, reason: reason, ref: ref) }

  /// The more urgent incident first, then what has been due the longest.
  package static func morePressing(_ left: Reminder, _ right: Reminder) -> Bool {
    if left.rank != right.rank { return left.rank < right.rank }
    if left.due != right.due { return left.due < right.due }
    return left.incident < right.incident
  }
}

/// When to remind.
package struct ReminderRules: Sendable, Hashable {
  package var targets: [Priority: Deadline.Target]
  package var silence: [Priority: TimeSpan]
  package var unanswered: TimeSpan?
  package var nextUpdate: Bool

  package init(
    targets: [Priority: Deadline.Target] = [:], silence: [Priority: TimeSpan] = [:],
    unanswered: TimeSpan? = nil, nextUpdate: Bool = false
  ) {
    (self.targets, self.silence) = (targets, silence)
    (self.unanswered, self.nextUpdate) = (unanswered, nextUpdate)
  }

  /// How long before an update is due.
  static let beforehand = TimeSpan.minutes(5)
}

extension Incident {
  /// Everything to be reminded of, now or later, as long as nothing else is logged. Cost: linear in its entries.
  package func reminders(_ rules: ReminderRules) -> [Reminder] {
    guard status.isOpen, `class` == .real || `class` == .drill else { return [] }
    var reminders: [Reminder] = []
    for deadline in deadlines(targets: rules.targets) {
      switch deadline.clock {
      case .acknowledge: reminders.append(reminder(.acknowledge, due: deadline.due))
      case .fix: reminders.append(reminder(.fix, due: deadline.due))
      case .nextUpdate where rules.nextUpdate:
        let told = entries.last { $0.ref == deadline.ref }
        reminders.append(
          reminder(
            .nextUpdate(audience: told?.entry.string(.audience) ?? "them"), due: deadline.due,
            begins: deadline.due - ReminderRules.beforehand, ref: deadline.ref))
      case .nextUpdate: break
      }
    }
    guard status == .open else { return reminders }
    if let limit = rules.unanswered {
      reminders += unansweredCalls.map { call in
        reminder(
          .unanswered(to: call.entry.string(.to) ?? "them"), due: call.at + limit, ref: call.ref)
      }
    }
    if let limit = priority.flatMap({ rules.silence[$0] }),
      let last = entries.map(\.record.logged).max()
    {
      reminders.append(reminder(.silence(since: last), due: last + limit))
    }
    return reminders
  }

  private func reminder(
    _ reason: Reminder.Reason, due: Instant, begins: Instant? = nil, ref: EntryRef? = nil
  ) -> Reminder {
    Reminder(
      incident: id, reason: reason, ref: ref, due: due, begins: begins ?? due,
      rank: isMajor ? 0 : priority?.rawValue ?? 9)
  }

  /// Escalations that wait for an answer and after which nobody answered another one.
  private var unansweredCalls: [EffectiveEntry] {
    let given = Set(entries.filter { $0.kind == .unanswered }.compactMap(\.entry.ref))
    let answered = entries.last { $0.kind == .engaged }?.at ?? Instant(milliseconds: .min)
    return openEscalations.filter { !given.contains($0.ref) && $0.at > answered }
  }
}

extension Reminder {
  /// `no entry for 34 min`, `next update to the wards due in 4 min`.
  package func sentence(now: Instant) -> String {
    switch reason {
    case .acknowledge: "not acknowledged, due \(distance(now))"
    case .fix: "not fixed, due \(distance(now))"
    case .nextUpdate(let audience): "next update to \(audience) due \(distance(now))"
    case .unanswered(let to): "no answer from \(to), due \(distance(now))"
    case .silence(let since): "no entry for \((now - since).spoken)"
    }
  }

  private func distance(_ now: Instant) -> String {
    let span = due - now
    if abs(span.seconds) < 60 { return "now" }
    return span > .zero ? "in \(span.spoken)" : "\((now - due).spoken) ago"
  }
}
