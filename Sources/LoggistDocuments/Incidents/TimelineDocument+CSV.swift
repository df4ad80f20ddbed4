import LoggistMetrics
import LoggistModel

extension TimelineDocument {
  /// The columns of version 1. Whoever changes them, in whatever way, gives them another version.
  package static let csvColumns =
    [
      "incident", "ref", "at", "precision", "until", "zone_at", "elapsed_s", "logged", "late",
      "late_s", "author", "by", "via", "who", "kind", "text", "words",
    ] + fieldColumns.map(\.rawValue) + [
      "about", "tags", "refs", "more", "corrected_by", "corrected_because", "struck_by",
      "struck_because", "redacted", "visibility",
    ] + CSVTable.contextColumns

  /// The fields of kinds that have a column of their own; what else an entry holds stands in `more` as JSON.
  private static let fieldColumns: [Field] = [
    .title, .class, .service, .place, .impact, .urgency, .priority, .major, .caller, .channel,
    .callback, .to, .team, .level, .reachedBy, .reason, .target, .result, .verdict, .outcome, .how,
    .change, .scope, .degree, .verifiedBy, .decidedBy, .options, .audience, .nextDue, .role,
    .type, .owner, .due, .state, .category,
  ]

  /// A row an entry, in the order of a timeline: everything that happened, changed or was written about it afterwards. A
  /// struck one leaves nothing but the fact.
  package var csv: CSVTable {
    var table = CSVTable(version: 1, columns: TimelineDocument.csvColumns)
    let struck = file.incident.all.filter(\.isStruck)
    for entry in (file.entries + struck).sorted(by: EffectiveEntry.inTimelineOrder) {
      table.add(cells(entry))
    }
    table.fill(file.context, about: file.incident.id)
    return table
  }

  private func cells(_ effective: EffectiveEntry) -> [String: CSVTable.Cell] {
    let record = effective.record
    var cells: [String: CSVTable.Cell] = [
      "incident": .optional(effective.incident?.description),
      "ref": .text(effective.ref.description), "at": .text(effective.entry.at.description),
      "precision": .text(effective.entry.precision.rawValue),
      "until": .optional(effective.entry.until?.description),
      "logged": .text(Timestamp.utcText(record.logged)), "late": .flag(effective.isLate),
      "late_s": effective.isBackfill ? .empty : .number(effective.lateness.seconds),
      "author": .text(effective.author), "by": .text(record.by),
      "via": .text(record.via.rawValue), "kind": .text(effective.kind.name),
      "redacted": .flag(effective.redaction != nil || effective.entry.isRedacted),
    ]
    if let zero = file.zero {
      cells["elapsed_s"] = .number((effective.at - zero.at.instant).seconds)
    }
    if let strike = effective.strike {
      cells["struck_by"] = .text(strike.ref.description)
      cells["struck_because"] = .text(strike.reason)
    } else {
      cells.merge(words(effective)) { _, new in new }
    }
    return cells
  }

  /// What the entry says, which of a struck one does not leave the store.
  private func words(_ effective: EffectiveEntry) -> [String: CSVTable.Cell] {
    let entry = effective.entry
    var cells: [String: CSVTable.Cell] = [
      "who": .text(effective.who), "text": .optional(effective.text),
      "words": .text(effective.words(file.style)), "zone_at": .optional(entry.zone),
      "about": .optional(entry.string(.ref)),
      "tags": entry.tags.isEmpty ? .empty : .text(entry.tags.joined(separator: " ")),
      "refs": entry.refs.isEmpty
        ? .empty : .text(entry.refs.map(\.description).joined(separator: " ")),
      "visibility": .text(entry.isPublic ? "public" : "internal"),
      "corrected_by": list(effective.corrections.map(\.ref.description)),
      "corrected_because": list(effective.corrections.map(\.reason)),
    ]
    for field in TimelineDocument.fieldColumns {
      cells[field.rawValue] = entry[field].map { .json($0) } ?? .empty
    }
    let known =
      Set(TimelineDocument.fieldColumns.map(\.rawValue))
      .union([Field.ref, .visibility, .contact].map(\.rawValue) + ["redacted"])
    let more = entry.fields.filter { !known.contains($0.name) }
    cells["more"] = more.isEmpty ? .empty : .text(JSONValue.object(more).text)
    return cells
  }

  private func list(_ texts: [String]) -> CSVTable.Cell {
    texts.isEmpty ? .empty : .text(texts.joined(separator: "\n"))
  }
}

extension CSVTable.Cell {
  /// A value of an entry: words as they are, anything deeper as JSON.
  static func json(_ value: JSONValue) -> CSVTable.Cell {
    switch value {
    case .null: .empty
    case .bool(let flag): .flag(flag)
    case .string(let text): .text(text)
    case .number, .array, .object: value.integer.map { .number($0) } ?? .text(value.text)
    }
  }
}
