/// A journal with what is looked up in it at every key: the board, and where words occur.
///
/// All of it follows the records that arrive, at the cost of what they touch.
package struct Register: Sendable {
  package private(set) var journal: Journal
  package private(set) var board: Board
  package private(set) var handovers: Handovers
  package private(set) var index = SearchIndex()
  /// What a call is compared with, of every open incident.
  package private(set) var profiles: [IncidentID: CallProfile] = [:]
  /// The title that an incident's entries are found by.
  private var titles: [IncidentID: String] = [:]

  /// Cost: linear in the records.
  package init(_ records: [Record] = [], now: Instant, zone: Zone) {
    journal = Journal(records)
    // The first record that arrives must not find the tables full: moving a million takes a tenth of a second.
    journal.reserve(journal.records.count / 8 + 4096)
    board = Board(journal, now: now, zone: zone)
    handovers = Handovers(journal)
    for place in journal.records.indices { addWords(of: place) }
    for id in journal.incidents.keys { addTitle(of: id) }
    for incident in board.open { profiles[incident.id] = CallProfile(incident) }
  }

  /// Takes records in; returns the incidents that they touched.
  @discardableResult
  package mutating func take(_ records: [Record]) -> Set<IncidentID> {
    let first = journal.records.count
    let touched = journal.apply(records)
    board.update(touched, in: journal)
    handovers.take(records, in: journal)
    for place in first..<journal.records.count { addWords(of: place) }
    for record in records {
      if let place = record.entry.subject.flatMap({ journal.place(of: $0) }) {
        addWords(of: place)
      }
    }
    for id in touched {
      addTitle(of: id)
      let isOpen = board.section(of: id) == .open
      profiles[id] = isOpen ? journal.incidents[id].map { CallProfile($0) } : nil
    }
    return touched
  }

  /// Takes in that the clock has gone on.
  package mutating func turn(to now: Instant) { board.turn(to: now, in: journal) }

  private mutating func addWords(of place: Int) {
    var grams: [UInt16] = []
    let entry = journal.entry(at: place)
    for text in Search.texts(of: entry) { SearchIndex.grams(of: text, into: &grams) }
    if let title = entry.incident.flatMap({ titles[$0] }) {
      SearchIndex.grams(of: title, into: &grams)
    }
    index.add(grams, at: place)
  }

  /// An entry is found by the title of its incident too, whatever that was called when it was logged.
  private mutating func addTitle(of id: IncidentID) {
    guard let title = journal.incidents[id]?.title, titles[id] != title else { return }
    titles[id] = title
    var grams: [UInt16] = []
    SearchIndex.grams(of: title, into: &grams)
    for place in journal.places(of: id) { index.add(grams, at: place) }
  }
}
