package import LoggistMetrics
package import LoggistModel

/// The figures alone: of one incident, or of a period.
package struct MetricsDocument: Sendable, Hashable {
  private let subject: Subject

  private enum Subject: Sendable, Hashable {
    case incident(CaseFile)
    case period(PeriodMetrics, DocumentContext)
  }

  /// Nil where nothing about that incident had been recorded by `context.asOf`.
  package init?(_ journal: Journal, incident: IncidentID, context: DocumentContext) {
    guard let file = CaseFile(journal, incident, context) else { return nil }
    subject = .incident(file)
  }

  /// The incidents come from a journal folded as of `context.asOf`.
  package init(_ metrics: PeriodMetrics, context: DocumentContext) {
    subject = .period(metrics, context)
  }

  package var document: Document {
    switch subject {
    case .incident(let file):
      Document(
        title: "Metrics: \(file.title)",
        blocks: file.header + [.heading(Heading("Key figures"))] + file.keyFigures
          + [.heading(Heading("Phases"))] + file.phaseTable)
    case .period(let metrics, let context):
      Document(title: "Metrics: \(metrics.period.label)", blocks: metrics.blocks(context))
    }
  }

  /// As docs/schemas/incident-metrics.json and docs/schemas/metrics.json describe it.
  package var json: JSONValue {
    switch subject {
    case .incident(let file):
      .object(
        [
          JSONMember("v", .integer(1)),
          JSONMember("as_of", file.context.json(at: file.context.asOf)),
          JSONMember("incident", .string(file.incident.id.description)),
        ] + (file.context.withheldMember(about: file.incident.id).map { [$0] } ?? []) + [
          JSONMember("clocks", .array(file.metrics.clocks.map { $0.json(file.metrics) }))
        ])
    case .period(let metrics, let context): metrics.json(context)
    }
  }
}

extension PeriodMetrics {
  fileprivate func blocks(_ context: DocumentContext) -> [Block] {
    scope(context) + figures + dataQuality(context)
  }

  private func scope(_ context: DocumentContext) -> [Block] {
    let style = ClockStyle(zone: period.zone, hours: context.style.hours)
    var blocks: [Block] = []
    if context.isRehearsal {
      blocks.append(
        .paragraph(
          Prose("Rehearsal: from a store for training, not a record of real events.", .strong)))
    }
    let left = population.excluded.counts
      .filter { $0.count > 0 && $0.name != "backfill" }
      .map { "\($0.count) \($0.name.underscoresAsSpaces)" }
    var facts = [
      Fact(
        "Period",
        Prose(
          "\(period.label): from \(style.moment(period.start)) up to \(style.moment(period.end))")),
      Fact("Desk", Prose(orNotRecorded: context.deskName)),
      Fact("As of", Prose(context.style.moment(asOf))),
      Fact(
        "Times in", Prose("\(style.zones(of: [period.start, period.end])), \(period.zone.name)")),
      Fact(
        "Population",
        Prose(
          "\(population.members.count) incidents whose first report lies in the period, class real")
      ),
      Fact("Left out", Prose(left.isEmpty ? "none" : left.joined(separator: ", "))),
      Fact("Backfill", Prose(backfillWords)),
      Fact(
        "Never reopened", Prose("\(endedAtFirstAttempt) of \(ended) that were restored or resolved")
      ),
    ]
    facts += context.withheldFacts()
    facts += context.heads.map { Fact("Log head \($0.node)", Prose($0.text)) }
    facts.append(Fact("Made by", Prose("Loggist \(context.version)")))
    return blocks + [.facts(facts)]
  }

  private var backfillWords: String {
    if includesBackfill { return "counted in every figure" }
    let count = population.excluded.backfill
    return count == 0 ? "none" : "\(count) imported, left out of tta.1, tte.1, late.1"
  }

  /// A table for the whole population, and one for each group.
  private var figures: [Block] {
    var blocks: [Block] = []
    var rest = summaries[...]
    while let first = rest.first {
      let group = Array(rest.prefix { $0.group == first.group })
      rest = rest.dropFirst(group.count)
      let title = first.group.map { "By \($0.by.rawValue): \($0.title)" } ?? "All incidents"
      blocks += [.heading(Heading(title)), .table(table(group))]
      let remarks = group.compactMap(\.remark).map { Prose($0) }
      if !remarks.isEmpty { blocks.append(.list(remarks, isOrdered: false)) }
    }
    blocks += [
      .heading(Heading("Definitions")),
      .facts(ClockID.allCases.map { Fact($0.rawValue, Prose($0.name)) }),
      .paragraph(
        Prose(
          "Percentiles by nearest rank over ended clocks: each is a real incident's. p90 from n = 10, p95 from n = 20. "
            + "n of late.1 counts entries, of inform.1 complaints.", .emphasis)),
    ]
    return blocks
  }

  private func table(_ summaries: [Summary]) -> Table {
    let columns =
      [Table.Column("Metric")]
      + ["n", "missing", "fallback", "open", "negative", "p50", "p90", "p95", "max"].map {
        Table.Column($0, .number)
      }
    return Table(
      columns,
      summaries.map { summary in
        let counts = [
          summary.count, summary.missing, summary.fallback, summary.open.count, summary.negative,
        ]
        let values = [summary.p50, summary.p90, summary.p95, summary.max]
        return [Prose(summary.id.rawValue)] + counts.map { Prose("\($0)") }
          + values.map { Prose($0?.words ?? "") }
      })
  }

  /// What should be looked at: clocks that end before they start, escalations without an answer.
  private func dataQuality(_ context: DocumentContext) -> [Block] {
    var items = negatives.map { finding in
      let refs = [finding.clock.from, finding.clock.to].compactMap { $0?.ref.description }
      return Prose(
        "\(finding.incident): \(finding.clock.title) is negative (\(refs.joined(separator: ", ")))")
    }
    items += unanswered.map { finding in
      let ref = finding.clock.from.map { " (\($0.ref))" } ?? ""
      return Prose(
        "\(finding.incident): no answer recorded from \(finding.clock.subject ?? "them")\(ref)")
    }
    return [.heading(Heading("Data quality"))]
      + [items.isEmpty ? .paragraph("Nothing to look at.") : .list(items, isOrdered: false)]
  }
}

extension Summary {
  /// The share that belongs to the metric, where it has one.
  fileprivate var remark: String? {
    if let late { return count > 0 ? "\(id.rawValue): \(late) of \(count) entries late" : nil }
    guard id == .tte else { return nil }
    let escalated = count + negative
    return "\(id.rawValue): \(escalated) of \(escalated + outside) escalated"
  }
}

extension Summary.Value {
  /// `38 min (INC-12)`.
  fileprivate var words: String { "\(TimeSpan.seconds(seconds).spoken) (\(incident))" }
}
