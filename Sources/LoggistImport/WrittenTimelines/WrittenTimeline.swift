package import LoggistModel

/// The timeline that somebody wrote into a document: Markdown, or plain text.
///
/// - Sections whose heading or label speaks of a timeline are read, and nothing else of the document. Where none
///   does, a list, a table or headings that open with times of day are the timeline.
/// - An entry opens with its time: a bullet, a line, a row of a table, a heading; what stands below it belongs to it.
/// - Days come from the entry, from a heading or a line of its own, from title, `Date:`, the file's name or the
///   prose; zones from the entry, a sentence (`All times in PST`), the head of a table, the entries around it, the
///   prose. What had to be decided is a doubt.
/// - Nothing is lost and nothing made up: an entry whose time cannot be read has none, and says so in its hint.
///
/// Pure: the same text gives the same entries. Cost: linear in the text.
package struct WrittenTimeline: Sendable, Hashable {
  /// What the document calls itself.
  package var title: String?
  /// In the order of the document.
  package var entries: [WrittenEntry]
  /// In the order of the lines they are about.
  package var doubts: [Doubt]

  /// - name: of the file, for a day that stands in it.
  /// - zone: of times whose zone is written nowhere; without it they are taken to be UTC.
  /// - zones: the rules of a zone of the tz database, by name.
  package init(
    _ text: String, name: String = "", zone: Zone? = nil,
    zones lookUp: @escaping (String) -> Zone? = { _ in nil }
  ) {
    let zones = ZoneBook(own: zone ?? .utc, lookUp)
    let document = WrittenDocument(text)
    let reader = TimelineReader(document, zones)
    var facts = DocumentFacts(document, name: name, zones)
    var clock = TimelineClock(reader.items, &facts, zones, ownZone: zone)
    clock.run()
    title = facts.title
    entries = clock.entries(document.definitions)
    let left = TimelineDoubts.leftOut(reader.leftOver, isEmpty: entries.isEmpty, document)
    let all = clock.doubts + left
    doubts = all.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
      .map(\.element)
  }
}

/// One entry of a written timeline.
package struct WrittenEntry: Sendable, Hashable {
  /// The line of the document that it begins in, from 1.
  package var line: Int
  /// When it was; nil where the document does not say, or only the day.
  package var at: Timestamp?
  package var precision: Entry.Precision = .exact
  /// The end of an interval.
  package var until: Timestamp?
  /// Plain text, without its time.
  package var text: String
  /// What sort of entry it most likely is; a suggestion.
  package var kind: Kind = .note
  /// The time as it was written: `2019-12-03 --:--`.
  package var written: String = ""
  /// Where it belongs where `at` is nil: the start of its day, or the time of the entry before it. A log that needs
  /// a time takes this one as approximate.
  package var place: Timestamp?
  /// What is to know about its time, in a few words; nil where it is as written.
  package var hint: String?

  package init(line: Int, text: String) {
    (self.line, self.text) = (line, text)
  }
}
