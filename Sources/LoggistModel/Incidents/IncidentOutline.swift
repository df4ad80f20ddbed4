/// An incident as figures see it: its state, and its entries as numbers.
///
/// It is made of an `Incident`, or of the entries themselves where nothing else of them is wanted, and is one and the same
/// either way. A reference, since many look at it and none keeps it.
package final class IncidentOutline {
  package let id: IncidentID
  package let state: IncidentState
  /// Its own entries that count, in timeline order.
  package let own: [Moment]
  /// Reports and impact of the incidents that were merged into it, in timeline order.
  package let reports: [Moment]
  package let counts: Counts
  /// Of `own` and `reports`.
  package let words: any EntryWords

  /// Of its own entries, those that do not count among them.
  package struct Counts: Sendable, Hashable {
    package var entries = 0
    package var corrected = 0
    package var struck = 0
    package var redacted = 0
  }

  package init(_ incident: Incident) {
    (id, state) = (incident.id, incident.state)
    own = incident.entries.enumerated().map { Moment($1, place: $0) }
    let count = own.count
    reports = incident.mergedReports.enumerated().map { Moment($1, place: count + $0) }
    words = ListedWords(incident.entries + incident.mergedReports)
    var counts = Counts()
    for entry in incident.all { counts.count(Moment(entry, place: 0)) }
    self.counts = counts
  }

  /// - Parameter entries: all that count in it, in any order; nothing was merged into it, nor it into another one.
  init(_ id: IncidentID, _ entries: [Moment], _ words: some EntryWords) {
    (self.id, self.words, reports) = (id, words, [])
    let recorded = entries.recorded
    state = IncidentState(recorded, isMerged: false, words)
    var counts = Counts()
    for place in recorded.indices { counts.count(recorded[place]) }
    self.counts = counts
    let all = recorded.inTimelineOrder
    own = counts.struck > 0 ? all.filter { !$0.isStruck } : all
  }
}

extension IncidentOutline.Counts {
  fileprivate mutating func count(_ moment: Moment) {
    entries += 1
    if moment.isCorrected { corrected += 1 }
    if moment.isStruck { struck += 1 }
    if moment.isRedacted { redacted += 1 }
  }
}

// MARK: - What is asked of it

extension IncidentOutline {
  /// When anything of it happened first; nil where nothing of it counts.
  package var begin: Instant? { own.first?.at }

  package var openMeasures: [OpenMeasure] { state.openMeasures(of: id) }

  /// How many callers' reports there are.
  package var complaints: Int {
    own.count { $0.kind == .complaint } + reports.count { $0.kind == .complaint }
  }
}
