/// Everything that was recorded, folded into incidents: the one place where entries become state.
///
/// Records may arrive in any order and from any node; the result depends on the set of them alone. Each incident is
/// derived anew by one pure function when a record touches it, so that nothing derived can be stale. Cost of a
/// record: the size of the incidents that it touches.
package struct Journal: Sendable {
  package private(set) var incidents: [IncidentID: Incident] = [:]

  /// Grows whenever an entry without an incident comes, changes or goes.
  private(set) var deskWideChanges = 0
  /// What each record says now, by place.
  private(set) var effective: [EffectiveEntry] = []
  private(set) var places: [EntryRef: Int] = [:]
  /// Places by the incident where they count, in order of arrival; nil for desk-wide entries.
  private(set) var members: [IncidentID?: [Int]] = [:]
  /// Places by the incident that a record names and where it once stopped to count: complaints that were attached
  /// elsewhere, entries whose correction names another incident.
  private(set) var moved: [IncidentID: Set<Int>] = [:]
  /// Places of the entries about an entry: corrections, strikes, attachments, redactions.
  private(set) var mentions: [EntryRef: [Int]] = [:]
  /// Places of the entries that stand in a circle of entries about each other.
  private var circular: Set<Int> = []
  /// Whether some entry is about one that seems to have been recorded later; without one there is no circle.
  private var runsBackwards = false
  /// Places of the entries that merge incidents.
  private(set) var merging: Set<Int> = []
  private var merges = Merges()

  package init() {}

  package init(_ records: some Sequence<Record>) {
    apply(records)
  }

  /// The records of many pieces, in their order. Each piece is let go when it has been taken in: a log of a million
  /// entries is not held twice.
  package init(_ pieces: consuming [[Record]]) {
    reserve(pieces.reduce(0) { $0 + $1.count })
    var touched = Touched()
    for place in pieces.indices {
      let piece = pieces[place]
      pieces[place] = []
      for record in piece { take(record, &touched) }
    }
    derive(&touched)
  }

  /// Only what had been recorded by then.
  package func asOf(_ moment: Instant) -> Journal {
    Journal(records.lazy.filter { $0.logged <= moment })
  }
}

// MARK: - What is shown

extension Journal {
  /// The same without the incidents that are not among these: of a log of which not all was read, those of which all was.
  package func showing(_ ids: Set<IncidentID>) -> Journal {
    var journal = self
    journal.incidents = incidents.filter { ids.contains($0.key) }
    return journal
  }
}

// MARK: - What counts

extension Journal {
  package func entry(_ ref: EntryRef) -> EffectiveEntry? {
    places[ref].map { effective[$0] }
  }

  /// The entry in a place of `records`.
  package func entry(at place: Int) -> EffectiveEntry { effective[place] }

  package func place(of ref: EntryRef) -> Int? { places[ref] }

  /// The places of the entries that count in an incident, in order of arrival.
  package func places(of id: IncidentID) -> [Int] { members[id] ?? [] }

  package var isEmpty: Bool { effective.isEmpty }

  /// In order of arrival; of a redacted one, what the redaction left of it.
  package var records: RecordList { RecordList(effective) }

  /// Entries that belong to no incident, in timeline order: handovers, complaints that wait to be attached. Those
  /// that are about other entries are left out.
  package var deskWide: [EffectiveEntry] {
    entries(of: nil).filter { !$0.kind.isControl }.sorted(by: EffectiveEntry.inTimelineOrder)
  }

  private func entries(of id: IncidentID?) -> [EffectiveEntry] {
    (members[id] ?? []).map { effective[$0] }
  }
}

// MARK: - Applying

extension Journal {
  /// What a batch of records leaves to be derived anew.
  private struct Touched {
    var incidents: Set<IncidentID> = []
    var merges = false
  }

  /// Takes records in; one whose reference is known already changes nothing. Returns the incidents that it touched.
  @discardableResult
  package mutating func apply(_ arrivals: some Sequence<Record>) -> Set<IncidentID> {
    var touched = Touched()
    let count = arrivals.underestimatedCount
    if count > effective.count { reserve(count) }
    for record in arrivals { take(record, &touched) }
    derive(&touched)
    return touched.incidents
  }

  private mutating func take(_ record: Record, _ touched: inout Touched) {
    let place = effective.count
    if let known = places.updateValue(place, forKey: record.ref) {
      places[record.ref] = known
      return
    }
    effective.append(EffectiveEntry(record))
    members[record.entry.incident, default: []].append(place)
    if let id = record.entry.incident {
      touched.incidents.insert(id)
    } else {
      deskWideChanges += 1
    }
    if record.entry.kind == .merged {
      merging.insert(place)
      touched.merges = true
    }
    if let subject = record.entry.subject { mentions[subject, default: []].append(place) }
    if !mentions.isEmpty {
      cutCircle(through: place, &touched)
      settle(place, &touched)
    }
  }

  /// Makes room for so many more records at once; a single one grows the tables by their own rule.
  package mutating func reserve(_ count: Int) {
    effective.reserveCapacity(effective.count + count)
    places.reserveCapacity(effective.count + count)
  }

  /// Brings a record to what it says now, and with it whatever it says something about.
  private mutating func settle(_ place: Int, _ touched: inout Touched) {
    renew(place, &touched)
    var place = place
    while let subject = subject(of: place), counts(place, about: subject),
      renew(subject, &touched)
    {
      place = subject
    }
  }

  /// False where the record says what it said before.
  @discardableResult
  private mutating func renew(_ place: Int, _ touched: inout Touched) -> Bool {
    guard let mentions = mentions[effective[place].ref] else { return false }
    let about = mentions.filter { counts($0, about: place) }.map { effective[$0] }
      .sorted(by: EffectiveEntry.inRecordOrder)
    let old = effective[place]
    let new = EffectiveEntry(records[place], about: about)
    if new == old { return false }
    effective[place] = new
    if old.incident != new.incident {
      if let index = members[old.incident]?.lastIndex(of: place) {
        members[old.incident]?.remove(at: index)
      }
      members[new.incident, default: []].append(place)
      if let left = old.incident { moved[left, default: []].insert(place) }
    }
    for id in [old.incident, new.incident] {
      if let id { touched.incidents.insert(id) } else { deskWideChanges += 1 }
    }
    if old.kind == .merged || new.kind == .merged {
      if new.kind == .merged { merging.insert(place) } else { merging.remove(place) }
      touched.merges = true
    }
    return true
  }

  private mutating func derive(_ touched: inout Touched) {
    var changed = touched.incidents
    if !merging.isEmpty || touched.merges {
      for id in touched.incidents { changed.formUnion(merges.hosts(of: id)) }
      if touched.merges || changed.contains(where: { exists($0) != (incidents[$0] != nil) }) {
        let before = merges
        merges = replayedMerges()
        changed.formUnion(merges.changes(since: before))
      }
      for id in touched.incidents { changed.formUnion(merges.hosts(of: id)) }
    }
    for id in changed { incidents[id] = derived(id) }
    touched.incidents = changed
  }
}

// MARK: - Entries about entries

extension Journal {
  /// The place of the entry that this one is about, where it has arrived.
  private func subject(of place: Int) -> Int? {
    effective[place].recordedSubject.flatMap { places[$0] }
  }

  /// Whether an entry about another one counts. It does even where it seems to have been recorded first: a second
  /// machine's clock was slow. Only of a circle, which takes a forged log, the links that run against time are cut.
  private func counts(_ place: Int, about subject: Int) -> Bool {
    !circular.contains(place) || effective[subject].order < effective[place].order
  }

  /// Finds the circle that a new record closes, where it closes one.
  private mutating func cutCircle(through place: Int, _ touched: inout Touched) {
    let order = effective[place].order
    let mentionedEarlier =
      mentions[effective[place].ref]?.contains { effective[$0].order <= order } ?? false
    if mentionedEarlier || subject(of: place).map({ effective[$0].order >= order }) ?? false {
      runsBackwards = true
    }
    guard runsBackwards else { return }
    var circle = [place]
    var next = subject(of: place)
    while let step = next, step != place {
      if circular.contains(step) { return }
      circle.append(step)
      next = subject(of: step)
    }
    guard next != nil else { return }
    circular.formUnion(circle)
    for place in circle { settle(place, &touched) }
  }
}

// MARK: - Incidents

extension Journal {
  /// Whether anything happened to it: an entry about an entry alone makes no incident.
  private func exists(_ id: IncidentID) -> Bool {
    members[id]?.contains { !effective[$0].kind.isControl } ?? false
  }

  private func derived(_ id: IncidentID) -> Incident? {
    guard exists(id) else { return nil }
    let sources = merges.sources[id]?.sorted() ?? []
    return Incident(
      id, entries: entries(of: id), mergedInto: merges.target[id], sources: sources,
      reports: sources.flatMap { entries(of: $0) })
  }

  /// A merge into an incident that nobody has heard of does not count yet: what cannot be seen stays on the board.
  private func replayedMerges() -> Merges {
    Merges(
      merging.map { effective[$0] }.filter { !$0.isStruck && $0.unmerged == nil }
        .sorted(by: EffectiveEntry.inRecordOrder)
        .compactMap { merge in
          guard let source = merge.incident, let target = merge.entry.incident(in: .into),
            exists(target)
          else { return nil }
          return (source, target)
        })
  }
}
