import LoggistModel

/// All open measures, by due date or by owner.
package struct MeasuresScreen: Sendable, Hashable {
  package internal(set) var order = Order.due
  /// In the order of the screen, once the backlog has been gone through.
  private(set) var rows: [MeasureRow] = []
  /// When each of those that have a date is due, the earliest first: how many are overdue is a search in it.
  private var dues: [Instant] = []
  /// Incidents that have not been looked at yet.
  private(set) var backlog: Backlog
  private var found: [IncidentID: [MeasureRow]] = [:]
  private var seen: Seen
  var selected: EntryRef?
  /// The first measure on the screen.
  var top: EntryRef?

  /// The records that were taken into account: how many, and the last of them.
  private struct Seen: Sendable, Hashable {
    let count: Int
    let last: EntryRef?

    init(_ journal: Journal) {
      (count, last) = (journal.records.count, journal.records.last?.ref)
    }
  }

  package enum Order: Sendable, Hashable { case due, owner }

  init(of journal: Journal) {
    backlog = Backlog(journal.incidents.keys)
    seen = Seen(journal)
  }

  var isWorking: Bool { !backlog.isEmpty }

  /// Cost: logarithmic.
  func overdue(_ now: Instant) -> Int {
    var (low, high) = (0, dues.count)
    while low < high {
      let middle = (low + high) / 2
      if dues[middle] <= now { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

// MARK: - Collecting

extension MeasuresScreen {
  /// Looks at the next incidents.
  mutating func work(_ journal: Journal, _ zone: Zone) {
    guard isWorking else { return }
    look(at: backlog.nextSlice(), journal, zone)
    if !isWorking { arrange() }
  }

  /// Returns whether anything is other than it was.
  @discardableResult
  private mutating func look(
    at ids: some Sequence<IncidentID>, _ journal: Journal, _ zone: Zone
  ) -> Bool {
    var isOther = false
    for id in ids {
      let incident = journal.incidents[id]
      // What was merged away or never happened has nothing left to do.
      let counts = incident.map { $0.status != .merged && $0.status != .cancelled } ?? false
      let open = (counts ? incident?.measures ?? [] : [])
        .filter { $0.state == "open" || $0.state == "doing" }
        .map { MeasureRow($0, of: id, in: zone) }
      if open != found[id] ?? [] {
        found[id] = open.isEmpty ? nil : open
        isOther = true
      }
    }
    return isOther
  }

  /// Puts them into the order that was asked for. Cost: that of sorting the open measures.
  private mutating func arrange() {
    rows = found.values.joined().sorted(
      by: order == .due ? MeasuresScreen.sooner : MeasuresScreen.owned)
    dues = rows.compactMap { $0.due?.end }.sorted()
  }

  mutating func arrange(by order: Order) {
    self.order = order
    arrange()
  }

  private static func sooner(_ left: MeasureRow, _ right: MeasureRow) -> Bool {
    if left.due?.end != right.due?.end {
      return (left.due?.end.milliseconds ?? .max) < (right.due?.end.milliseconds ?? .max)
    }
    return left.ref < right.ref
  }

  /// Those without an owner first: somebody has to take them.
  private static func owned(_ left: MeasureRow, _ right: MeasureRow) -> Bool {
    if left.owner != right.owner { return (left.owner ?? "") < (right.owner ?? "") }
    return sooner(left, right)
  }

  /// Takes what has been logged since into account. Cost: linear in what is new; a log that was read anew is gone
  /// through as at first.
  mutating func catchUp(with journal: Journal, _ zone: Zone) {
    let records = journal.records
    let isSameLog =
      seen.count <= records.count
      && (seen.count == 0 ? nil : records[seen.count - 1].ref) == seen.last
    guard isSameLog, records.count - seen.count <= Backlog.slice else {
      let old = self
      self = MeasuresScreen(of: journal)
      (order, selected, top) = (old.order, old.selected, old.top)
      return
    }
    if records.count == seen.count { return }
    var touched: Set<IncidentID> = []
    for record in records[seen.count...] {
      // A correction or a strike may stand in no incident, and what it is about in any.
      let about = record.entry.ref.flatMap { journal.entry($0)?.incident }
      for id in [record.entry.incident, journal.entry(record.ref)?.incident, about] {
        if let id { touched.insert(id) }
      }
    }
    seen = Seen(journal)
    // Most of what arrives says nothing about a measure.
    if look(at: touched, journal, zone), !isWorking { arrange() }
  }
}
