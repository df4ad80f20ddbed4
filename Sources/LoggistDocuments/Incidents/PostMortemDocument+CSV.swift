import LoggistMetrics
import LoggistModel

extension PostMortemDocument {
  /// The columns of version 1. Whoever changes them, in whatever way, gives them another version.
  package static let csvColumns =
    [
      "incident", "section", "name", "text", "ref", "at", "logged", "who", "kind", "type", "owner",
      "due", "state", "overdue", "seconds", "open", "from_ref", "from_at", "to_ref", "to_at",
      "flags",
    ] + CSVTable.contextColumns

  /// A row for each thing that the post-mortem states, by its section: `property`, `summary`, `affected`, `clock`,
  /// `timeline`, `root_cause`, `factor`, `ruled_out`, `change`, `resolution`, `verification`, `reopened`, `measure`, `hint`,
  /// `signed`. What was not recorded has its row, with an empty text, where the post-mortem prints *not recorded*.
  package var csv: CSVTable {
    var table = CSVTable(version: 1, columns: PostMortemDocument.csvColumns)
    func add(_ section: String, _ cells: [String: CSVTable.Cell]) {
      var cells = cells
      cells["section"] = .text(section)
      table.add(cells)
    }
    func add(_ section: String, _ entries: [EffectiveEntry]) {
      if entries.isEmpty { add(section, [:]) }
      for entry in entries { add(section, cells(entry)) }
    }
    for (name, text) in properties { add("property", ["name": .text(name), "text": text]) }
    add("summary", file.incident.latest(.summary).map { [$0] } ?? [])
    if file.scopes.isEmpty { add("affected", [:]) }
    for scope in file.scopes { add("affected", ["text": .text(scope)]) }
    for clock in file.metrics.clocks { add("clock", cells(clock)) }
    for row in rows.rows { add("timeline", cells(row.entry)) }
    var cause = file.incident.latest(.rootCause).map { cells($0) } ?? [:]
    cause["type"] = .optional(file.incident.latest(.rootCause)?.entry.string(.category))
    add("root_cause", cause)
    add("factor", file.recorded(.factor))
    add("ruled_out", file.ruledOut)
    add("change", file.changes)
    add("resolution", file.incident.latest(.resolution).map { [$0] } ?? [])
    add("verification", file.verifications)
    for entry in file.incident.entries(of: .reopened) { add("reopened", cells(entry)) }
    if file.incident.measures.isEmpty { add("measure", [:]) }
    for measure in file.incident.measures { add("measure", cells(measure)) }
    for hint in file.incident.hints {
      add(
        "hint",
        [
          "text": .text(hint.description),
          "ref": hint.refs.isEmpty
            ? .empty : .text(hint.refs.map(\.description).joined(separator: " ")),
        ])
    }
    for entry in file.recorded(.signed) { add("signed", cells(entry)) }
    table.fill(["incident": .text(file.incident.id.description)])
    table.fill(file.context, about: file.incident.id)
    return table
  }

  private var properties: [(String, CSVTable.Cell)] {
    let incident = file.incident
    let counts = file.counts
    return [
      ("title", .text(incident.title)), ("class", .text(incident.class.rawValue)),
      ("status", .text(incident.status.rawValue)),
      ("priority", .optional(incident.priority?.description)), ("major", .flag(incident.isMajor)),
      ("service", .optional(incident.service)), ("place", .optional(incident.place)),
      ("owner", .optional(incident.owner)), ("desk", .optional(file.context.deskName)),
      ("merged_into", .optional(incident.mergedInto?.description)),
      ("complaints", .number(incident.complaints.count)), ("entries", .number(counts.entries)),
      ("late", .number(counts.late)), ("corrected", .number(counts.corrected)),
      ("struck", .number(counts.struck)), ("redacted", .number(counts.redacted)),
    ] + incident.roles.sorted { $0.key < $1.key }.map { ("role \($0.key)", .text($0.value)) }
  }

  /// The words that the documents have for an entry; of one that is text alone, the text.
  private func cells(_ entry: EffectiveEntry) -> [String: CSVTable.Cell] {
    [
      "text": .text(entry.kind.sort == .prose ? entry.text ?? "" : entry.words(file.style)),
      "ref": .text(entry.ref.description), "at": .text(entry.entry.at.description),
      "logged": .text(Timestamp.utcText(entry.record.logged)), "who": .text(entry.who),
      "kind": .text(entry.kind.name),
    ]
  }

  private func cells(_ clock: Clock) -> [String: CSVTable.Cell] {
    [
      "name": .text(clock.id.rawValue), "text": .text(clock.title),
      "seconds": .optional(clock.seconds), "open": .flag(clock.isOpen),
      "from_ref": .optional(clock.from?.ref.description),
      "from_at": .optional(clock.from?.at.description),
      "to_ref": .optional(clock.to?.ref.description),
      "to_at": .optional(clock.to?.at.description),
      "flags": .text(clock.flags.map(\.description).joined(separator: " ")),
    ]
  }

  private func cells(_ measure: Incident.Measure) -> [String: CSVTable.Cell] {
    let entry = file.incident.entries.first { $0.ref == measure.ref }
    var cells = entry.map { self.cells($0) } ?? [:]
    cells["text"] = .text(file.text(of: measure))
    cells["type"] = .text(measure.isCorrective ? "corrective" : "preventive")
    cells["owner"] = .optional(measure.owner)
    cells["due"] = .optional(measure.due)
    cells["state"] = .text(measure.state)
    cells["overdue"] = .flag(file.isOverdue(measure))
    return cells
  }
}
