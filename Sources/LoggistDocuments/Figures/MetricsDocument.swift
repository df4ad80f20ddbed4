package import LoggistMetrics
package import LoggistModel

/// The figures alone: of one incident, or of a period.
package struct MetricsDocument: Sendable, Hashable {
  private let subject: Subject

  private enum Subject: Sendable, Hashable {
    case incident(CaseFile)
    case period(PeriodFigures)
  }

  /// Nil where nothing about that incident had been recorded by `context.asOf`.
  package init?(_ journal: Journal, incident: IncidentID, context: DocumentContext) {
    guard let file = CaseFile(journal, incident, context) else { return nil }
    subject = .incident(file)
  }

  /// The incidents come from a journal folded as of `context.asOf`.
  package init(
    _ metrics: PeriodMetrics, comparison: PeriodComparison? = nil, extras: FigureExtras = [],
    context: DocumentContext
  ) {
    subject = .period(
      PeriodFigures(metrics: metrics, comparison: comparison, extras: extras, context: context))
  }

  package var document: Document {
    switch subject {
    case .incident(let file):
      Document(
        title: "Metrics: \(file.title)",
        blocks: file.header + [.heading(Heading("Key figures"))] + file.keyFigures
          + [.heading(Heading("Phases"))] + file.phaseTable)
    case .period(let figures):
      Document(
        title: "Metrics: \(figures.metrics.period.label)",
        blocks: figures.scope + figures.tables + figures.comparisonBlocks + figures.services
          + figures.definitions + figures.dataQuality)
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
    case .period(let figures): figures.json
    }
  }

  /// For a Prometheus textfile collector; nothing for an incident, whose clocks are no series.
  ///
  /// - Parameter ids: the metrics that are wanted; nil: all.
  package func openMetrics(_ ids: Set<ClockID>? = nil) -> String {
    guard case .period(let figures) = subject else { return "" }
    return figures.openMetrics(ids)
  }

  /// The columns are those of docs/exports.md.
  package func csv(_ ids: Set<ClockID>? = nil) -> CSVTable {
    switch subject {
    case .incident(let file): file.clockTable(ids)
    case .period(let figures): figures.csv(ids)
    }
  }
}
