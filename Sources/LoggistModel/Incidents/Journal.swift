/// Everything that was recorded, folded into incidents: the one place where entries become state.
///
/// Records may arrive in any order and from any node; the result depends on the set of them alone. Each incident is
/// derived anew by one pure function when a record touches it, so that nothing derived can be stale. Cost of a
/// record: the size of the incidents that it touches.
package struct Journal: Sendable {
  /// In order of arrival.
  package private(set) var records: [Record] = []
  package private(set) var incidents: [IncidentID: Incident] = [:]

  private var places: [EntryRef: Int] = [:]
  /// Where each record counts, by place.
  private var homes: [IncidentID?] = []
  private var members: [IncidentID: Set<Int>] = [:]
  /// Places of desk-wide entries.
  private var desk: Set<Int> = []
  /// Places of the entries about an entry: corrections, strikes, attachments, redactions.
  private var mentions: [EntryRef: [Int]] = [:]
  private var mergedInto: [IncidentID: IncidentID] = [:]
  private var sources: [IncidentID: Set<IncidentID>] = [:]

  package init() {}

  package init(_ records: some Sequence<Record>) {
    apply(records)
  }

  /// Only what had been recorded by then.
  package func asOf(_ moment: Instant) -> Journal {
    Journal(records.lazy.filter { $0.logged <= moment })
  }
}

// MARK: - Applying

extension Journal {
  /// Takes records in; a record that is known already changes nothing. Returns the incidents that it touched.
  @discardableResult
  package mutating func apply(_ arrivals: some Sequence<Record>) -> Set<IncidentID> {
    var touched: Set<IncidentID> = []
    for record in arrivals where places[record.ref] == nil {
      let place = records.count
      records.append(record)
      homes.append(nil)
      places[record.ref] = place
      if Journal.isAboutAnEntry(record.entry.kind), let ref = record.entry.ref {
        mentions[ref, default: []].append(place)
      }
      settle(place, into: &touched)
    }
    derive(touched)
    return touched
  }

  /// Entries whose effect on `ref` the fold has to know.
  private static func isAboutAnEntry(_ kind: Kind) -> Bool {
    kind.isControl || kind == .attached || kind == .detached || kind == .unmerged
  }

  /// Puts a record where it counts, and with it whatever it says something about.
  private mutating func settle(_ place: Int, into touched: inout Set<IncidentID>) {
    let old = homes[place]
    let new = effective(at: place).incident
    if let old { members[old]?.remove(place) } else { desk.remove(place) }
    if let new { members[new, default: []].insert(place) } else { desk.insert(place) }
    homes[place] = new
    if let old { touched.insert(old) }
    if let new { touched.insert(new) }
    let record = records[place]
    if Journal.isAboutAnEntry(record.entry.kind), let ref = record.entry.ref,
      let target = places[ref], records[target].order < record.order
    {
      settle(target, into: &touched)
    }
  }

  private mutating func derive(_ touched: Set<IncidentID>) {
    var waiting = touched
    while let id = waiting.popFirst() {
      let old = mergedInto[id]
      let own = (members[id] ?? []).map { effective(at: $0) }
      let new = mergeTarget(of: id, entries: own)
      if old != new {
        if let old {
          sources[old]?.remove(id)
          waiting.insert(old)
        }
        if let new {
          sources[new, default: []].insert(id)
          waiting.insert(new)
        }
        mergedInto[id] = new
      } else if let new {
        waiting.insert(new)
      }
      let merged = (sources[id] ?? []).sorted()
      let reports = merged.flatMap { source in
        (members[source] ?? []).map { effective(at: $0) }
      }
      incidents[id] =
        own.isEmpty
        ? nil : Incident(id, entries: own, mergedInto: new, sources: merged, reports: reports)
    }
  }

  /// The incident that this one was merged into last, unless that was taken back. A merge that would close a
  /// circle does not count: somebody has to be the incident.
  private func mergeTarget(of id: IncidentID, entries: [EffectiveEntry]) -> IncidentID? {
    let undone = Set(
      entries.filter { $0.kind == .unmerged && !$0.isStruck }.compactMap(\.entry.ref))
    let merge = entries.filter { $0.kind == .merged && !$0.isStruck && !undone.contains($0.ref) }
      .max { $0.record.order < $1.record.order }
    guard let target = merge?.entry.incident(in: .into) else { return nil }
    var next: IncidentID? = target
    while let step = next {
      if step == id { return nil }
      next = mergedInto[step]
    }
    return target
  }
}

// MARK: - What counts

extension Journal {
  package func entry(_ ref: EntryRef) -> EffectiveEntry? {
    places[ref].map { effective(at: $0) }
  }

  package var isEmpty: Bool { records.isEmpty }

  /// Entries that belong to no incident, in timeline order: handovers, complaints that wait to be attached.
  package var deskWide: [EffectiveEntry] {
    desk.map { effective(at: $0) }.sorted(by: EffectiveEntry.inTimelineOrder)
  }

  /// The entry at a place after everything that was said about it. An entry about an entry counts only where it
  /// was recorded after it, so that no circle of corrections can arise.
  private func effective(at place: Int) -> EffectiveEntry {
    let record = records[place]
    let about = (mentions[record.ref] ?? [])
      .filter { records[$0].order > record.order }
      .map { effective(at: $0) }
      .filter { !$0.isStruck }
      .sorted { $0.record.order < $1.record.order }
    var entry = record.entry
    var corrections: [EffectiveEntry.Correction] = []
    for correction in about where correction.kind == .corrected {
      let changes = correction.entry[.set]?.members ?? []
      entry = entry.setting(changes)
      corrections.append(
        EffectiveEntry.Correction(
          ref: correction.ref, author: correction.author, logged: correction.record.logged,
          reason: correction.entry.string(.reason) ?? "", changes: changes))
    }
    let verdict = about.last { $0.kind == .struck || $0.kind == .unstruck }
    let strike = verdict.flatMap { verdict in
      verdict.kind == .struck
        ? EffectiveEntry.Strike(
          ref: verdict.ref, author: verdict.author, logged: verdict.record.logged,
          reason: verdict.entry.string(.reason) ?? "") : nil
    }
    var incident = entry.incident
    if entry.kind == .complaint,
      let move = about.last(where: { $0.kind == .attached || $0.kind == .detached })
    {
      incident = move.kind == .attached ? move.entry.incident : nil
    }
    return EffectiveEntry(
      record: record, entry: entry, corrections: corrections, strike: strike,
      redaction: about.last { $0.kind == .redacted }?.ref, incident: incident)
  }
}
