import LoggistMetrics
import LoggistModel

/// The rows of a timeline: entries of some sorts, the silences between them, and the footnotes of corrections.
struct TimelineRows: Sendable, Hashable {
  let rows: [Row]
  /// Corrected entries, in the order of their footnotes.
  let footnotes: [EffectiveEntry]
  let silences: [Stretch]

  struct Row: Sendable, Hashable {
    let entry: EffectiveEntry
    let elapsed: TimeSpan
    /// The number of its footnote.
    let note: Int?
    /// Another incident's, merged into this one.
    let source: IncidentID?
  }

  static let silenceAfter = TimeSpan.minutes(20)

  init(_ file: CaseFile, _ sorts: Set<EntrySort>) {
    var (rows, footnotes): ([Row], [EffectiveEntry]) = ([], [])
    let zero = file.zero?.at.instant
    for entry in file.entries where sorts.contains(entry.kind.sort) {
      if !entry.corrections.isEmpty { footnotes.append(entry) }
      rows.append(
        Row(
          entry: entry, elapsed: entry.at - (zero ?? entry.at),
          note: entry.corrections.isEmpty ? nil : footnotes.count,
          source: entry.incident == file.incident.id ? nil : entry.incident))
    }
    (self.rows, self.footnotes) = (rows, footnotes)
    silences = file.metrics.silences(longerThan: TimelineRows.silenceAfter)
  }
}

extension TimelineRows {
  /// A heading and a table for each day, and the corrections below.
  func blocks(_ file: CaseFile) -> [Block] {
    guard !rows.isEmpty else { return [.paragraph(.notRecorded)] }
    var blocks = [file.timesCaption]
    if let zero = file.zero {
      let caption = "Elapsed since \(file.style.timeAndZone(zero.at.instant)), \(file.zeroWords)."
      blocks[0] = .paragraph(Prose("Times in \(file.zones). \(caption)", .emphasis))
    }
    var rest = silences[...]
    var day: CivilDate?
    var table = TimelineRows.empty
    func close() {
      if !table.rows.isEmpty { blocks.append(.table(table)) }
      table = TimelineRows.empty
    }
    for row in rows {
      // A silence stands before the first row that had not happened when it began.
      var pending: [Table.Row] = []
      while let silence = rest.first, silence.from.at.instant < row.entry.at {
        pending.append(.remark(file.words(silence)))
        rest.removeFirst()
      }
      let date = file.style.date(row.entry.at)
      if date != day {
        if day != nil {
          table.rows += pending
          pending = []
        }
        close()
        day = date
        blocks.append(.heading(Heading(file.style.longDay(row.entry.at), level: 2)))
      }
      table.rows += pending
      table.rows.append(.cells(row.cells(file)))
    }
    table.rows += rest.map { .remark(file.words($0)) }
    close()
    if !footnotes.isEmpty {
      blocks.append(.paragraph("Corrections:"))
      blocks.append(.list(footnotes.map { Prose($0.correctionWords(file.style)) }, isOrdered: true))
    }
    return blocks
  }

  private static let empty = Table([
    Table.Column("Time", .number), Table.Column("Elapsed", .number), Table.Column("Who"),
    Table.Column("Kind"), Table.Column("Text", .prose),
  ])
}

extension TimelineRows.Row {
  fileprivate func cells(_ file: CaseFile) -> [Prose] {
    [
      file.cell(entry.at, isApproximate: entry.entry.precision == .approximate),
      Prose(elapsed.elapsed), Prose(entry.who), Prose(entry.kind.words),
      Prose(words(file.style)),
    ]
  }

  /// Text, source, lateness and footnote, as they stand in a cell.
  func words(_ style: ClockStyle) -> String {
    var text = entry.words(style)
    if let source { text += " (from \(source))" }
    if entry.isLate { text += " (logged \(style.time(entry.record.logged, seenFrom: entry.at)))" }
    if let note { text += " [\(note)]" }
    return text
  }
}

extension CaseFile {
  fileprivate func words(_ silence: Stretch) -> Prose {
    let span = (silence.to?.at.instant ?? metrics.asOf) - silence.from.at.instant
    return Prose("no entry for \(span.spoken)\(silence.to == nil ? " so far" : "")", .emphasis)
  }
}

extension TimeSpan {
  /// `+0:13`.
  var elapsed: String { milliseconds < 0 ? clock : "+\(clock)" }
}

extension EffectiveEntry {
  /// Who corrected it, why, and what it said before: `INC.5, corrected by ama (INC.9): wrong time. Before: at 8:55 pm.`
  func correctionWords(_ style: ClockStyle) -> String {
    var (words, named): (String, [String]) = ("\(ref)", [])
    for correction in corrections {
      let time = style.time(correction.logged, seenFrom: at)
      words +=
        ", corrected by \(correction.author) at \(time) (\(correction.ref)): \(correction.reason)"
      for change in correction.changes where !named.contains(change.name) {
        named.append(change.name)
      }
    }
    let recorded = record.entry.json
    let before = named.map { name in
      let value = recorded[name].map { $0.string ?? $0.text } ?? "not recorded"
      let time = name == "at" ? Timestamp(value).map { style.time($0.instant, seenFrom: at) } : nil
      return "\(name.underscoresAsSpaces) \(time ?? "“\(value)”")"
    }
    return words + (before.isEmpty ? "" : ". Before: \(before.joined(separator: "; "))")
  }
}
