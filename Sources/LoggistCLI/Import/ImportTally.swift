import LoggistImport
import LoggistModel
import Terminal

/// What an import came to.
struct ImportTally {
  private(set) var entries = 0
  private(set) var skipped = 0
  private(set) var records = 0
  private(set) var opened: [IncidentID] = []
  private(set) var rejects: [Reject] = []
  private(set) var doubts: [Doubt] = []

  mutating func conclude(
    _ entries: Int, _ harvest: Harvest, _ ledger: ImportLedger, _ places: ImportPlaces
  ) {
    (self.entries, skipped, records) = (entries, ledger.skipped, harvest.records)
    rejects = (harvest.rejects + ledger.rejects + places.rejects).sorted { $0.line < $1.line }
    (doubts, opened) = (harvest.doubts, places.openedIncidents)
  }

  var text: String {
    var parts = ["imported \(count(entries, "entry", "entries"))"]
    if let first = opened.first, let last = opened.last {
      let names = first == last ? "\(first)" : "\(first) to \(last)"
      parts.append("\(count(opened.count, "new incident", "new incidents")), \(names)")
    }
    if skipped > 0 { parts.append("\(skipped) were in the log already") }
    if !rejects.isEmpty {
      parts.append("\(count(rejects.count, "record", "records")) of \(records) rejected")
    }
    return parts.joined(separator: "; ") + "\n"
  }
}

/// `1 entry`, `2 entries`.
func count(_ number: Int, _ one: String, _ many: String) -> String {
  "\(number) \(number == 1 ? one : many)"
}

/// What an import would log.
struct ImportTrial {
  var tally = ImportTally()
  private var kinds: [String: Int] = [:]
  private var incidents: Set<String> = []
  private var entries = 0
  private var (first, last): (Timestamp?, Timestamp?)
  private var beginning: [PlannedEntry] = []

  mutating func take(_ planned: PlannedEntry) {
    entries += 1
    kinds[planned.entry.kind.name, default: 0] += 1
    incidents.insert(planned.incident)
    let at = planned.entry.at
    if first.map({ at.instant < $0.instant }) ?? true { first = at }
    if last.map({ at.instant > $0.instant }) ?? true { last = at }
    if beginning.count < 10 { beginning.append(planned) }
  }

  func text(on paper: Paper, _ session: Session) -> String {
    var text =
      "would log \(count(entries, "entry", "entries")) of "
      + "\(count(incidents.count, "incident", "incidents"))"
    if tally.skipped > 0 { text += "; \(tally.skipped) are in the log already" }
    if !tally.rejects.isEmpty {
      text += "; \(count(tally.rejects.count, "record", "records")) of \(tally.records) rejected"
    }
    text += "\n"
    if let first, let last {
      text += "from \(session.style.dateAndTime(first.instant)) to "
      text += "\(session.style.dateAndTime(last.instant))\n"
    }
    text +=
      section("Kinds", kindRows, paper, .wrap)
      + section("First entries", entryRows(session), paper, .cut)
    text += section(
      "Doubts", tally.doubts.map { [.init("line \($0.line)", .muted), .init($0.sentence)] }, paper,
      .wrap)
    text += section(
      "Rejected",
      tally.rejects.map { reject in
        [
          .init("line \(reject.line)", .muted),
          .init((reject.column.map { "\($0): " } ?? "") + "\(reject.reason)"),
        ]
      }, paper, .wrap)
    return text
  }

  private func section(
    _ title: String, _ rows: [[Columns.Cell]], _ paper: Paper, _ fit: Columns.Overflow
  ) -> String {
    if rows.isEmpty { return "" }
    var columns = Columns(fit)
    for row in rows { columns.add(row) }
    return "\n" + paper.paint(title, .title) + "\n" + columns.text(on: paper)
  }

  private var kindRows: [[Columns.Cell]] {
    kinds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      [.init("\($0.value)", isRight: true), .init($0.key)]
    }
  }

  private func entryRows(_ session: Session) -> [[Columns.Cell]] {
    beginning.map { planned in
      [
        .init(planned.incident, .key), .init(session.style.dateAndTime(planned.entry.at.instant)),
        .init(planned.entry.kind.name), .init(planned.entry.author ?? "-"),
        .init(planned.entry.phrase),
      ]
    }
  }
}
