import LoggistModel
import LoggistStore

/// Follows a log for the sake of its clocks: which have passed, once each.
struct OverdueDesk {
  private var reader: LogReader
  private var journal = Journal()
  private var watch: DeadlineWatch
  private let hooks: HookDesk

  init(_ session: Session, _ hooks: HookDesk) throws(StoreError) {
    self.hooks = hooks
    watch = DeadlineWatch(targets: session.targets)
    reader = LogReader(store: session.store)
    try load()
  }

  /// Takes what was logged since, and starts what is due.
  mutating func look(_ now: Instant) throws(StoreError) {
    switch try reader.poll() {
    case .appended(let contents):
      for id in journal.apply(contents.records) { watch.take(id, journal.incidents[id]) }
    case .reload: try load()
    }
    let overdue = watch.passed(by: now).compactMap { deadline in
      journal.incidents[deadline.incident].map { Overdue(deadline, of: $0) }
    }
    if !overdue.isEmpty { hooks.start(overdue) }
  }

  private mutating func load() throws(StoreError) {
    journal = Journal(try reader.load().records)
    for (id, incident) in journal.incidents { watch.take(id, incident) }
  }
}
