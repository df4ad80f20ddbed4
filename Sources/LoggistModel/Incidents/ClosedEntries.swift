/// Entries of which no other entry of the log speaks, and that speak of no other: they can be folded on their own.
package struct ClosedEntries {
  private var moments: [Moment]
  private let source: any EntrySource

  /// - Parameter moments: as recorded, each in the place that it has in the source.
  package init(_ moments: consuming [Moment], from source: any EntrySource) {
    (self.moments, self.source) = (moments, source)
  }
}

/// Where entries are kept, so that what numbers do not tell of one can be asked for.
package protocol EntrySource: EntryWords {
  func record(at place: Int) -> Record
}

extension ClosedEntries {
  /// Shows the incidents that they make, as a `Journal` of the whole log has them.
  package consuming func eachIncident(_ body: (IncidentOutline) -> Void) {
    if let id = moments.first?.incident, let words = remarked(id) {
      if moments.contains(where: { !$0.kind.isControl }) {
        body(IncidentOutline(id, moments, words))
      }
      return
    }
    let records = moments.indices.lazy.map { [source] in source.record(at: $0) }
    for incident in Journal(records).incidents.values { body(IncidentOutline(incident)) }
  }

  /// An entry that is about another one, by its place.
  private typealias Remark = (subject: EntryRef, place: Int)

  /// Applies what they say about each other, where all are one incident's, none leaves it, and no remark is remarked on
  /// itself: that is nearly every incident there is, and a journal's tables would cost more than the folding. Nil else.
  private mutating func remarked(_ id: IncidentID) -> (any EntryWords)? {
    var remarks: [Remark] = []
    for place in moments.indices {
      guard let own = moments[place].incident, own == id else { return nil }
      switch moments[place].kind {
      case .merged, .unmerged, .attached, .detached: return nil
      default: break
      }
      if let subject = moments[place].subject { remarks.append((subject, place)) }
    }
    if remarks.isEmpty { return source }
    // Looked through for every entry: of many a journal finds them sooner.
    if remarks.count > 64 { return nil }
    remarks.sort { Moment.inRecordOrder(moments[$0.place], moments[$1.place]) }
    var changed: [Int: EffectiveEntry] = [:]
    for place in moments.indices {
      let ref = moments[place].ref
      guard remarks.contains(where: { $0.subject == ref }) else { continue }
      if remarks.contains(where: { $0.place == place }) { return nil }
      let about = remarks.filter { $0.subject == ref }.map(\.place)
      if about.allSatisfy({ moments[$0].kind.isAboutStanding }) {
        for remark in about { moments[place].take(moments[remark]) }
      } else {
        let effective = EffectiveEntry(
          source.record(at: place), about: about.map { EffectiveEntry(source.record(at: $0)) })
        if effective.incident != id || effective.kind == .merged { return nil }
        moments[place] = Moment(effective, place: place)
        changed[place] = effective
      }
    }
    return changed.isEmpty ? source : ChangedWords(source, changed)
  }
}

/// The words of a source, but for a few entries that read otherwise now.
private final class ChangedWords: EntryWords {
  private let source: any EntryWords
  private let changed: [Int: EffectiveEntry]

  init(_ source: any EntryWords, _ changed: [Int: EffectiveEntry]) {
    (self.source, self.changed) = (source, changed)
  }

  func string(_ field: Field, at place: Int) -> String? {
    if let entry = changed[place] { entry.string(field) } else { source.string(field, at: place) }
  }

  func flag(_ field: Field, at place: Int) -> Bool? {
    if let entry = changed[place] {
      entry.entry[field]?.bool
    } else {
      source.flag(field, at: place)
    }
  }

  func text(at place: Int) -> String? {
    if let entry = changed[place] { entry.entry.text } else { source.text(at: place) }
  }

  func author(at place: Int) -> String {
    changed[place]?.author ?? source.author(at: place)
  }

  func refs(at place: Int) -> [EntryRef] {
    changed[place]?.entry.refs ?? source.refs(at: place)
  }

  func until(at place: Int) -> Timestamp? {
    if let entry = changed[place] { entry.until } else { source.until(at: place) }
  }
}
