package import LoggistMetrics
package import LoggistModel

/// A manager's report on a period: how much there was, how long it took, what was promised and kept, what is still to be
/// done, and how good the record is.
package struct ReportDocument: Sendable, Hashable {
  let figures: PeriodFigures
  let facts: ReportFacts

  /// - Parameters:
  ///   - metrics: by priority, over the incidents of a journal folded as of `context.asOf`.
  ///   - measures: every one that is open as of then: measures outlive the period of their incident.
  package init(
    _ metrics: PeriodMetrics, comparison: PeriodComparison? = nil, measures: [OpenMeasure],
    context: DocumentContext
  ) {
    figures = PeriodFigures(metrics: metrics, comparison: comparison, context: context)
    facts = ReportFacts(metrics, measures, context)
  }

  package var document: Document {
    let sections: [(String, [Block])] = [
      ("In short", inShort),
      ("Volume", volume),
      ("How long it took", times),
      ("Service levels", serviceLevels),
      ("Reopened and repeated", repeats),
      ("Post-mortems and measures", work),
      ("The desk's record", quality),
      ("Data quality", Array(figures.dataQuality.dropFirst())),
      ("Definitions", Array(figures.definitions.dropFirst())),
    ]
    var blocks = figures.scope
    blocks.append(.heading(Heading("Contents")))
    blocks.append(.contents(sections.map { Heading($0.0) }))
    for (title, content) in sections { blocks += [.heading(Heading(title))] + content }
    return Document(title: "Report: \(metrics.period.label)", blocks: blocks)
  }

  var metrics: PeriodMetrics { figures.metrics }
  var context: DocumentContext { figures.context }
  var members: [Population.Member] { metrics.population.members }
  /// Times as the period's zone shows them.
  var style: ClockStyle { ClockStyle(zone: metrics.period.zone, hours: context.style.hours) }
}

// MARK: - In short

extension ReportDocument {
  /// What somebody reads who reads nothing else: counts and medians, no judgement.
  private var inShort: [Block] {
    let incidents = members.count
    var facts = [
      Fact("Incidents", Prose("\(incidents)\(byPriority)")),
      Fact("Complaints", Prose("\(self.facts.complaints)")),
      Fact(
        "Still open",
        Prose("\(members.count { $0.incident.status.isOpen }) of \(incidents)")),
      Fact(
        "Never reopened",
        Prose("\(metrics.endedAtFirstAttempt) of \(metrics.ended) that were restored or resolved")),
    ]
    for id in [ClockID.tta, .ttm, .ttr, .tts] {
      guard let summary = metrics.summary(id) else { continue }
      // What has no such clock although there are incidents was not logged while it happened.
      let isLeftOut =
        id == .tta && summary.count + summary.missing == 0
        && metrics.population.excluded.backfill > 0
      let words =
        isLeftOut && !metrics.includesBackfill
        ? Prose("not counted: imported incidents are left out", .emphasis) : summary.sentence
      facts.append(Fact(id.name.capitalizedFirst, words))
    }
    for id in [ClockID.slaAck, .slaFix] {
      guard let held = metrics.summary(id)?.held else { continue }
      facts.append(Fact("\(id.name) kept", Prose(held.words)))
    }
    return [.facts(facts)]
  }

  private var byPriority: String {
    let counts = self.facts.byPriority.map { "\($0.name) \($0.incidents)" }
    return counts.isEmpty ? "" : ": " + counts.joined(separator: ", ")
  }
}

extension Summary {
  /// `median 38 min, 9 of 10 within 2 h 5 min, longest 5 h (INC-12); n 31, 2 not recorded`.
  fileprivate var sentence: Prose {
    guard let p50, let max else {
      return missing + open.count > 0 ? .notRecorded : Prose("none")
    }
    var words = "median \(p50.words)"
    if let p90 { words += ", 9 of 10 within \(p90.span)" }
    words += ", longest \(max.words); n \(count)"
    if !open.isEmpty { words += ", \(open.count) still open" }
    if missing > 0 { words += ", \(missing) not recorded" }
    return Prose(words)
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

// MARK: - Times

extension ReportDocument {
  /// Every metric, overall and by priority, and how the main ones spread.
  private var times: [Block] {
    var blocks: [Block] = []
    for id in [ClockID.tts, .ttr, .tta] {
      guard let whole = metrics.summary(id), whole.count > 0 else { continue }
      let rows = metrics.summaries.filter { $0.id == id && $0.count + $0.open.count > 0 }
      blocks.append(
        .figure(
          .distribution(
            Distribution(
              "\(id.name.capitalizedFirst) (\(id.rawValue)) by priority",
              rows: rows.map { summary in
                Distribution.Row(
                  summary.group?.title ?? "All incidents", seconds: summary.values.seconds,
                  target: summary.held?.target, open: summary.open.count)
              }))))
    }
    var rest = metrics.summaries[...]
    while let first = rest.first {
      let group = Array(rest.prefix { $0.group == first.group })
      rest = rest.dropFirst(group.count)
      let title = first.group.map { "\($0.by.rawValue.capitalizedFirst): \($0.title)" }
      blocks.append(.heading(Heading(title ?? "All incidents", level: 2)))
      blocks += figures.measured(group)
    }
    if let comparison = figures.comparison {
      blocks.append(.heading(Heading("Compared with \(comparison.earlier.label)", level: 2)))
      blocks += figures.comparisonBlocks.dropFirst()
    }
    if !metrics.services.isEmpty {
      blocks.append(.heading(Heading("Time between incidents of a service", level: 2)))
      blocks += figures.busiestServices(ReportDocument.shown).dropFirst()
    }
    return blocks
  }
}
