/// What the desk sees first: the open incidents, the most urgent and then the oldest first, and today's results.
///
/// It follows the journal: `update` looks at the incidents that a batch of records touched and at no others.
package struct Board: Sendable {
  package private(set) var open: [Incident] = []
  /// Resolved, closed or cancelled on the day of `now`, the latest first.
  package private(set) var resolvedToday: [Incident] = []
  /// Everything else, the latest first.
  package var earlier: [IncidentID] { past.ids }
  /// Complaints that no incident has yet.
  package private(set) var unattached: [EffectiveEntry] = []
  /// The incidents with callers who wait to be called back, and how many.
  package private(set) var waiting: [IncidentID: Int] = [:]
  /// Open incidents that nobody has acknowledged.
  package private(set) var unacknowledged = 0
  /// Callers who wait to be called back, on whatever incident.
  package private(set) var callbacks = 0
  /// Grows with every change: what was computed from the board holds while it stays the same.
  package private(set) var version = 0

  private var deskWideChanges = 0
  private var past = EndedIncidents()
  private var sections: [IncidentID: Section] = [:]
  private var today: CivilDate
  private let zone: Zone

  package enum Section: Sendable, Hashable {
    case open, resolvedToday, earlier
  }

  /// Cost: that of sorting the incidents.
  package init(_ journal: Journal, now: Instant, zone: Zone) {
    (today, self.zone) = (zone.civil(now).date, zone)
    var ended: [Incident] = []
    for incident in journal.incidents.values {
      guard let section = section(of: incident) else { continue }
      sections[incident.id] = section
      switch section {
      case .open: open.append(incident)
      case .resolvedToday: resolvedToday.append(incident)
      case .earlier: ended.append(incident)
      }
      count(incident)
    }
    open.sort(by: Board.moreUrgent)
    resolvedToday.sort(by: Board.later)
    past = EndedIncidents(ended)
    lookForUnattached(in: journal)
    recount()
  }
}

// MARK: - Following the journal

extension Board {
  /// Takes in what records changed. Cost: that of finding a place in the order, per incident touched.
  package mutating func update(_ touched: Set<IncidentID>, in journal: Journal) {
    for id in touched { place(id, in: journal) }
    if journal.deskWideChanges != deskWideChanges { lookForUnattached(in: journal) }
    recount()
  }

  /// Takes in that another day has come. Cost: linear in what was resolved on the day before.
  package mutating func turn(to now: Instant, in journal: Journal) {
    let day = zone.civil(now).date
    if day == today { return }
    today = day
    for incident in resolvedToday { place(incident.id, in: journal) }
    // A clock that was set back makes yesterday today again.
    for id in past.ids.prefix(while: { id in
      journal.incidents[id].map { section(of: $0) == .resolvedToday } ?? false
    }) { place(id, in: journal) }
    recount()
  }

  private mutating func place(_ id: IncidentID, in journal: Journal) {
    switch sections.removeValue(forKey: id) {
    case .open: open.removeAll { $0.id == id }
    case .resolvedToday: resolvedToday.removeAll { $0.id == id }
    case .earlier: past.remove(id)
    case nil: break
    }
    waiting[id] = nil
    guard let incident = journal.incidents[id], let section = section(of: incident) else { return }
    sections[id] = section
    switch section {
    case .open: open.insert(incident, at: open.place { Board.moreUrgent($0, incident) })
    case .resolvedToday:
      resolvedToday.insert(incident, at: resolvedToday.place { Board.later($0, incident) })
    case .earlier: past.insert(incident)
    }
    count(incident)
  }

  private mutating func count(_ incident: Incident) {
    if !incident.callbacks.isEmpty { waiting[incident.id] = incident.callbacks.count }
  }

  private mutating func lookForUnattached(in journal: Journal) {
    deskWideChanges = journal.deskWideChanges
    unattached = journal.deskWide.filter { $0.kind == .complaint && !$0.isStruck }
  }

  private mutating func recount() {
    version += 1
    unacknowledged = open.count { !$0.isAcknowledged }
    callbacks =
      waiting.values.reduce(0, +)
      + unattached.count { $0.informed == nil && $0.entry.flag(.callback) }
  }

  /// Nil for one that was merged into another: it counts there.
  private func section(of incident: Incident) -> Section? {
    if incident.status == .merged { return nil }
    if incident.status.isOpen { return .open }
    guard let end = incident.ended, zone.civil(end).date == today else { return .earlier }
    return .resolvedToday
  }
}

// MARK: - What is asked of it

extension Board {
  /// All incidents of the board, in the order of its rows.
  package var count: Int { open.count + resolvedToday.count + past.ids.count }

  package func section(of id: IncidentID) -> Section? { sections[id] }

  /// The incident in a row of the board.
  package func id(at row: Int) -> IncidentID {
    if row < open.count { return open[row].id }
    let row = row - open.count
    return row < resolvedToday.count
      ? resolvedToday[row].id : past.ids[row - resolvedToday.count]
  }

  /// The row of an incident; nil where the board has none. Cost: linear in what is open.
  package func row(of id: IncidentID) -> Int? {
    switch sections[id] {
    case .open: open.firstIndex { $0.id == id }
    case .resolvedToday: resolvedToday.firstIndex { $0.id == id }.map { $0 + open.count }
    case .earlier: past.place(of: id).map { $0 + open.count + resolvedToday.count }
    case nil: nil
    }
  }

  /// Major incidents first, then by priority, then the oldest; without a priority behind those that have one.
  private static func moreUrgent(_ left: Incident, _ right: Incident) -> Bool {
    if left.isMajor != right.isMajor { return left.isMajor }
    let (leftRank, rightRank) = (left.priority?.rawValue ?? 9, right.priority?.rawValue ?? 9)
    if leftRank != rightRank { return leftRank < rightRank }
    if left.begin != right.begin { return begin(left) < begin(right) }
    return left.id < right.id
  }

  private static func begin(_ incident: Incident) -> Int64 { incident.begin?.milliseconds ?? 0 }

  private static func later(_ left: Incident, _ right: Incident) -> Bool {
    EndedIncidents.Key(left) < EndedIncidents.Key(right)
  }
}
