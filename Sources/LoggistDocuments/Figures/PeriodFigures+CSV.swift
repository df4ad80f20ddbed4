import LoggistMetrics
import LoggistModel

extension PeriodFigures {
  /// Of all metrics, those between incidents included, or of some.
  func summaries(_ ids: Set<ClockID>?) -> [Summary] {
    (metrics.summaries + metrics.services.map(\.summary)).filter { ids?.contains($0.id) ?? true }
  }

  /// A row a metric and group; with `values` a row a value instead.
  func csv(_ ids: Set<ClockID>?) -> CSVTable {
    var table =
      extras.contains(.values) ? valueTable(summaries(ids)) : figureTable(summaries(ids))
    table.fill([
      "period": .text(metrics.period.label), "period_from": .text(metrics.period.from.description),
      "period_to": .text(metrics.period.to.description),
    ])
    table.fill(context)
    table.fill(context.withheldCells())
    return table
  }

  private static let periodColumns = ["period", "period_from", "period_to"]

  private func figureTable(_ summaries: [Summary]) -> CSVTable {
    let percentiles = ["p50", "p90", "p95", "max"].flatMap {
      ["\($0)_s", "\($0)_incident", "\($0)_from", "\($0)_to"]
    }
    var table = CSVTable(
      version: 1,
      columns: PeriodFigures.periodColumns
        + [
          "id", "name", "by", "group", "n", "missing", "fallback", "open", "negative", "outside",
          "late",
        ] + percentiles
        + ["km_p50_s", "mean_s", "target_s", "within_target", "missed_target", "undecided"]
        + CSVTable.contextColumns)
    for summary in summaries {
      var cells: [String: CSVTable.Cell] = [
        "id": .text(summary.id.rawValue), "name": .text(summary.id.name),
        "by": .optional(summary.group?.by.rawValue), "group": .optional(summary.group?.title),
        "n": .number(summary.count), "missing": .number(summary.missing),
        "fallback": .number(summary.fallback), "open": .number(summary.open.count),
        "negative": .number(summary.negative), "outside": .number(summary.outside),
        "late": .optional(summary.late),
        "km_p50_s": .optional(summary.kaplanMeier?.seconds),
        "mean_s": extras.contains(.mean) ? .optional(summary.mean) : .empty,
        "target_s": .optional(summary.held?.target?.seconds),
        "within_target": .optional(summary.held?.within),
        "missed_target": .optional(summary.held?.missed),
        "undecided": .optional(summary.held?.undecided),
      ]
      for (name, value) in summary.percentiles {
        cells["\(name)_s"] = .optional(value?.seconds)
        cells["\(name)_incident"] = .optional(value?.incident.description)
        cells["\(name)_from"] = .optional(value?.from?.description)
        cells["\(name)_to"] = .optional(value?.to?.description)
      }
      table.add(cells)
    }
    return table
  }

  private func valueTable(_ summaries: [Summary]) -> CSVTable {
    var table = CSVTable(
      version: 1,
      columns: PeriodFigures.periodColumns
        + ["id", "by", "group", "incident", "seconds", "open", "from", "to"]
        + CSVTable.contextColumns)
    for summary in summaries {
      for (value, isOpen) in summary.values.map({ ($0, false) }) + summary.open.map({ ($0, true) })
      {
        table.add([
          "id": .text(summary.id.rawValue), "by": .optional(summary.group?.by.rawValue),
          "group": .optional(summary.group?.title), "incident": .text(value.incident.description),
          "seconds": .number(value.seconds), "open": .flag(isOpen),
          "from": .optional(value.from?.description), "to": .optional(value.to?.description),
        ])
      }
    }
    return table
  }
}

extension CaseFile {
  /// A row a clock.
  func clockTable(_ ids: Set<ClockID>?) -> CSVTable {
    var table = CSVTable(
      version: 1,
      columns: [
        "incident", "id", "name", "subject", "seconds", "open", "from", "from_at", "to", "to_at",
        "target_s", "within_target", "flags",
      ] + CSVTable.contextColumns)
    for clock in metrics.clocks where ids?.contains(clock.id) ?? true {
      table.add([
        "incident": .text(incident.id.description), "id": .text(clock.id.rawValue),
        "name": .text(clock.id.name), "subject": .optional(clock.subject),
        "seconds": .optional(clock.seconds), "open": .flag(clock.isOpen),
        "from": .optional(clock.from?.ref.description),
        "from_at": .optional(clock.from?.at.description),
        "to": .optional(clock.to?.ref.description), "to_at": .optional(clock.to?.at.description),
        "target_s": .optional(clock.target?.seconds),
        "within_target": clock.isWithinTarget.map { .flag($0) } ?? .empty,
        "flags": .text(clock.flags.map(\.description).joined(separator: "; ")),
      ])
    }
    table.fill(context)
    table.fill(context.withheldCells(about: incident.id))
    return table
  }
}

extension ReportDocument {
  /// The report's figures: the table of `loggist metrics --by priority`.
  package var csv: CSVTable { figures.csv(nil) }
}
