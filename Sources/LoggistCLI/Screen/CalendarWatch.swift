import LoggistModel
import LoggistStore

/// Looks once a minute whether a calendar of the rota was written anew: screens stay open for weeks.
struct CalendarWatch {
  private let session: Session
  private var stamp: [OnCallRota.CalendarStamp]
  private var last: Instant

  init(_ session: Session) {
    self.session = session
    stamp = OnCallRota.stamp(session.configuration, in: session.store)
    last = session.now()
  }

  /// The rota with what has changed in it; nil where nothing has.
  mutating func news(_ now: Instant) -> OnCallRota? {
    if stamp.isEmpty || abs((now - last).seconds) < 60 { return nil }
    last = now
    let stamp = OnCallRota.stamp(session.configuration, in: session.store)
    if stamp == self.stamp { return nil }
    self.stamp = stamp
    return session.onCall().rota
  }
}
