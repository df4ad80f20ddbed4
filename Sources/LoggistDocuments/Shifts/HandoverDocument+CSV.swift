import LoggistModel

extension HandoverDocument {
  /// The columns of version 1. Whoever changes them, in whatever way, gives them another version.
  package static let csvColumns =
    [
      "section", "incident", "title", "status", "priority", "major", "service", "place", "owner",
      "since", "ended", "target", "target_left_s", "ref", "at", "kind", "who", "text", "to",
      "contact", "due", "overdue", "shift_from", "shift_to", "desk",
    ] + CSVTable.contextColumns

  /// A row for each thing that the next shift has to know, by its section: `open`, `callback`, `escalation`, `update`,
  /// `measure`, `unattached`, `ended`, `last`.
  package var csv: CSVTable {
    var table = CSVTable(version: 1, columns: HandoverDocument.csvColumns)
    func add(_ section: String, _ rows: [[String: CSVTable.Cell]]) {
      for row in rows { table.add(row.merging(["section": .text(section)]) { own, _ in own }) }
    }
    add("open", shift.open.map { cells($0) })
    add("callback", shift.callbacks.map { cells($0) })
    add("escalation", shift.escalations.map { cells($0) })
    add("update", shift.updates.map { cells($0) })
    add("measure", shift.measures.map { cells($0) })
    add("unattached", shift.unattached.map { cells($0) })
    add("ended", shift.ended.map { cells($0) })
    if let last {
      var row = cells(last.entry)
      (row["who"], row["to"]) = (.text(last.from), .optional(last.to))
      row["status"] = .text(last.accepted == nil ? "waiting" : "accepted")
      row["owner"] = .optional(last.accepted?.author)
      add("last", [row])
    }
    table.fill([
      "shift_from": .text(time(shift.since)), "shift_to": .text(time(shift.now)),
      "desk": .optional(context.deskName),
    ])
    table.fill(context)
    return table
  }

  private func time(_ instant: Instant) -> String {
    context.style.zone.timestamp(instant).description
  }

  private func cells(_ incident: Incident) -> [String: CSVTable.Cell] {
    let target = target(of: incident)
    var cells = incident.lastEntry.map { self.cells($0) } ?? [:]
    cells.merge([
      "incident": .text(incident.id.description), "title": .text(incident.title),
      "status": .text(incident.status.rawValue),
      "priority": .optional(incident.priority?.description), "major": .flag(incident.isMajor),
      "service": .optional(incident.service), "place": .optional(incident.place),
      "owner": .optional(incident.owner), "since": .text(time(start(of: incident))),
      "ended": incident.ended.map { .text(time($0)) } ?? .empty,
      "target": .optional(target?.name), "target_left_s": .optional(target?.left.seconds),
    ]) { _, new in new }
    return cells
  }

  private func cells(_ entry: EffectiveEntry) -> [String: CSVTable.Cell] {
    let due = entry.entry.string(.nextDue)
    let overdue = due.flatMap { Timestamp($0) }.map { $0.instant < shift.now }
    return [
      "incident": .optional(entry.incident?.description), "ref": .text(entry.ref.description),
      "at": .text(entry.entry.at.description), "kind": .text(entry.kind.name),
      "who": .text(entry.who), "text": .optional(entry.text),
      "place": .optional(entry.entry.string(.place)),
      "to": .optional(entry.entry.string(.to) ?? entry.entry.string(.audience)),
      "contact": .optional(entry.entry.string(.contact)), "due": .optional(due),
      "overdue": overdue.map { .flag($0) } ?? .empty,
    ]
  }

  private func cells(_ due: Shift.DueMeasure) -> [String: CSVTable.Cell] {
    [
      "incident": .text(due.incident.description), "ref": .text(due.measure.ref.description),
      "text": .text(due.measure.text), "owner": .optional(due.measure.owner),
      "status": .text(due.measure.state), "due": .optional(due.measure.due),
      "overdue": .flag(due.isOverdue),
    ]
  }
}
