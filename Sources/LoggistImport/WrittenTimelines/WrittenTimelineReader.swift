package import LoggistModel

/// Reads a written timeline as a source: a document is one incident.
package struct WrittenTimelineReader: ForeignReader {
  package private(set) var harvest = Harvest()
  private var bytes: [UInt8] = []
  private let name: String
  /// The foreign incident's name: the file's, without its suffix.
  private let incident: String
  private let zone: Zone?
  private let lookUp: (String) -> Zone?

  /// - Parameters:
  ///   - name: of the file; a day may stand in it.
  ///   - zone: of times whose zone is written nowhere; nil: they are taken to be UTC, and that is a doubt.
  package init(
    name: String, incident: String, zone: Zone?, zones lookUp: @escaping (String) -> Zone?
  ) {
    (self.name, self.incident, self.zone, self.lookUp) = (name, incident, zone, lookUp)
  }

  package mutating func read(_ bytes: UnsafeRawBufferPointer) throws(ImportFailure) {
    self.bytes += bytes
  }

  package mutating func finish(_ body: (ForeignIncident) throws -> Void) throws {
    let timeline = WrittenTimeline(
      String(decoding: bytes, as: UTF8.self), name: name, zone: zone, zones: lookUp)
    bytes = []
    (harvest.doubts, harvest.records) = (timeline.doubts, timeline.entries.count)
    var entries: [ForeignEntry] = []
    // Two lines may say the same; the second is an entry of its own.
    var times: [String: Int] = [:]
    for (written, moment) in zip(timeline.entries, timeline.moments) {
      guard let entry = written.entry(at: moment) else {
        harvest.rejects.append(
          Reject(
            line: written.line, written.written.isEmpty ? .noTime : .notATime(written.written),
            text: Array("\(written.written) \(written.text)".utf8)))
        continue
      }
      let record = "\(written.at?.description ?? written.written) \(written.text)"
      times[record, default: 0] += 1
      entries.append(
        ForeignEntry(
          entry, record: RecordName(madeFrom: record, " \(times[record] ?? 1)"), line: written.line)
      )
    }
    guard let first = entries.map(\.entry.at).min(by: { $0.instant < $1.instant }) else { return }
    let ends: [Kind] = [.restored, .resolved, .closed, .cancelled]
    if let last = entries.last, !entries.contains(where: { ends.contains($0.entry.kind) }) {
      harvest.doubts.append(
        Doubt(
          line: last.line,
          "no entry says that it was over: the incident stays open until one is logged that does"))
    }
    var opened = Entry(.opened, at: first)
    opened[.title] = .string(timeline.title ?? incident)
    try body(
      ForeignIncident(
        id: incident,
        entries: [ForeignEntry(opened, record: .opened, line: 1)] + entries))
  }
}

extension WrittenTimeline {
  /// Where each entry belongs: its own time, else its place, else the time of the entry before it, else of the first
  /// one behind it that has any. Nil where the document names no day at all.
  fileprivate var moments: [Timestamp?] {
    var moments = entries.map { $0.at ?? $0.place }
    var last = moments.lazy.compactMap(\.self).first
    for place in moments.indices {
      last = moments[place] ?? last
      moments[place] = last
    }
    return moments
  }
}

extension WrittenEntry {
  /// As it goes into a log, which needs a time: where none is written it takes the one of its place, approximate, and its
  /// text says what was written.
  fileprivate func entry(at moment: Timestamp?) -> Entry? {
    guard let moment else { return nil }
    var entry = Entry(kind, at: moment)
    // A kind that has to say more than a sentence does is a person's to choose.
    if kind.rule.fields.contains(where: \.isRequired) { entry.kind = .note }
    entry.precision = at == nil ? .approximate : precision
    entry.until = until
    entry.text = hint.map { "\(text) (\($0))" } ?? text
    return entry
  }
}
