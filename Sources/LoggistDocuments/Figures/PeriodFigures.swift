import LoggistMetrics
import LoggistModel

/// The metrics of a period in words: the sections that the figures alone and the period's report share.
struct PeriodFigures: Sendable, Hashable {
  let metrics: PeriodMetrics
  var comparison: PeriodComparison?
  var extras: FigureExtras = []
  let context: DocumentContext

  var period: Period { metrics.period }
  var population: Population { metrics.population }

  var json: JSONValue {
    let json = metrics.json(context, extras)
    guard let comparison, let members = json.members else { return json }
    return .object(members + [JSONMember("comparison", comparison.json)])
  }
}

// MARK: - What the figures are about

extension PeriodFigures {
  var scope: [Block] {
    let style = ClockStyle(zone: period.zone, hours: context.style.hours)
    var blocks: [Block] = []
    if context.isRehearsal {
      blocks.append(.paragraph(DocumentContext.rehearsalWords))
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
      Fact("As of", Prose(context.style.moment(metrics.asOf))),
      Fact(
        "Times in", Prose(style.namedZones(of: [period.start, period.end]))),
      Fact(
        "Population",
        Prose(
          "\(counted(population.members.count, "incident")) whose first report lies in the period, class real"
        )
      ),
      Fact("Left out", Prose(left.isEmpty ? "none" : left.joined(separator: ", "))),
      Fact("Backfill", Prose(backfillWords)),
      Fact(
        "Never reopened",
        Prose("\(metrics.endedAtFirstAttempt) of \(metrics.ended) that were restored or resolved")),
    ]
    if !metrics.targets.isEmpty { facts.append(Fact("Targets", Prose(targetWords))) }
    facts += calendarFacts
    facts += context.withheldFacts()
    facts += context.heads.map { Fact("Log head \($0.node)", Prose($0.text)) }
    facts.append(Fact("Made by", Prose("Loggist \(context.version)")))
    return blocks + [.facts(facts)]
  }

  private var backfillWords: String {
    if metrics.includesBackfill { return "counted in every figure" }
    let count = population.excluded.backfill
    return count == 0 ? "none" : "\(count) imported, left out of tta.1, tte.1, late.1"
  }

  private var targetWords: String {
    metrics.targets.sorted { $0.key < $1.key }.map { priority, target in
      let parts = [
        target.acknowledge.map { "acknowledge \($0.spoken)" },
        target.fix.map { "fix \($0.spoken)" },
        target.hours.map { "in \($0.name) hours" },
      ]
      return "\(priority): \(parts.compactMap(\.self).joined(separator: ", "))"
    }.joined(separator: "; ")
  }

  /// A calendar that is printed can be argued about.
  private var calendarFacts: [Fact] {
    let calendars = Set(metrics.targets.values.compactMap(\.hours)).sorted { $0.name < $1.name }
    return calendars.map { Fact("Calendar \($0.name)", Prose($0.words)) }
  }
}

extension WorkingHours {
  /// `Monday 08:00–17:00, Tuesday 08:00–17:00; Africa/Lagos; holidays 2022-01-01`.
  fileprivate var words: String {
    let days = Weekday.allCases.compactMap { day in
      hours[day].map { ranges in
        "\(day.name) "
          + ranges.map { "\(clock($0.lowerBound))–\(clock($0.upperBound))" }
          .joined(separator: " and ")
      }
    }
    let free = holidays.sorted().map(\.description).joined(separator: ", ")
    return ([days.joined(separator: ", "), zone.name] + (free.isEmpty ? [] : ["holidays \(free)"]))
      .joined(separator: "; ")
  }

  private func clock(_ second: Int) -> String {
    "\(twoDigits(second / 3600)):\(twoDigits(second / 60 % 60))"
  }
}

// MARK: - The figures

extension PeriodFigures {
  /// A table for the whole population, and one for each group.
  var tables: [Block] {
    var blocks: [Block] = []
    var rest = metrics.summaries[...]
    while let first = rest.first {
      let group = Array(rest.prefix { $0.group == first.group })
      rest = rest.dropFirst(group.count)
      let title = first.group.map { "By \($0.by.rawValue): \($0.title)" } ?? "All incidents"
      blocks += [.heading(Heading(title))] + table(group)
    }
    return blocks
  }

  /// A row a metric, and below it what has to be said about them.
  ///
  /// - Parameter isShort: without the counts that are nought in every row.
  func table(_ summaries: [Summary], isShort: Bool = false) -> [Block] {
    let hasOpen = summaries.contains { !$0.open.isEmpty }
    let hasTargets = summaries.contains { $0.held != nil }
    let counts: [(name: String, of: (Summary) -> Int)] = [
      ("n", \.count), ("missing", \.missing), ("fallback", \.fallback), ("open", \.open.count),
      ("negative", \.negative),
    ].filter { count in !isShort || summaries.contains { count.of($0) > 0 } }
    var names = counts.map(\.name) + ["p50", "p90", "p95", "max"]
    if hasOpen { names.append("KM p50") }
    if hasTargets { names.append("in target") }
    if extras.contains(.mean) { names.append("mean") }
    let rows = summaries.map { summary -> [Prose] in
      var cells = [Prose(summary.id.rawValue)] + counts.map { Prose("\($0.of(summary))") }
      cells += summary.percentiles.map { Prose($0.value?.words ?? "") }
      if hasOpen { cells.append(Prose(summary.kaplanMeierWords)) }
      if hasTargets { cells.append(Prose(summary.held?.words ?? "")) }
      if extras.contains(.mean) {
        cells.append(Prose(summary.mean.map { TimeSpan.seconds($0).spoken } ?? ""))
      }
      return cells
    }
    let columns = [Table.Column("Metric")] + names.map { Table.Column($0, .number) }
    let remarks = summaries.compactMap(\.remark).map { Prose($0) }
    return [.table(Table(columns, rows))]
      + (remarks.isEmpty ? [] : [.list(remarks, isOrdered: false)])
  }

  /// The table without the metrics that nothing was recorded for, which are named below it: for whoever reads what there
  /// is. The figures alone list them all.
  func measured(_ summaries: [Summary]) -> [Block] {
    let rows = summaries.filter { $0.count + $0.open.count + $0.negative > 0 }
    let rest = summaries.filter { $0.count + $0.open.count + $0.negative == 0 }
    let names = { (summaries: [Summary]) in summaries.map(\.id.rawValue).joined(separator: ", ") }
    let words = [
      ("Not recorded for any incident: ", rest.filter { $0.missing > 0 }),
      ("Nothing to count: ", rest.filter { $0.missing == 0 }),
    ].compactMap { $1.isEmpty ? nil : "\($0)\(names($1))." }
    return (rows.isEmpty ? [] : table(rows, isShort: true))
      + (words.isEmpty ? [] : [.paragraph(Prose(words.joined(separator: " "), .emphasis))])
  }

  var definitions: [Block] {
    var words =
      "Percentiles by nearest rank over ended clocks: each is a real incident's. p90 from n = 10, p95 from n = 20. "
      + "n of late.1 counts entries, of inform.1 complaints."
    if metrics.summaries.contains(where: { !$0.open.isEmpty }) {
      words +=
        " KM p50: the Kaplan–Meier median, which counts those still open as lasting at least as long as they have."
    }
    if !metrics.targets.isEmpty {
      words +=
        " In target: of those with a target, kept, out of kept and missed; open and over it is missed already."
    }
    let ids = ClockID.allCases.filter { !metrics.targets.isEmpty || !$0.isServiceLevel }
    return [
      .heading(Heading("Definitions")),
      .facts(ids.map { Fact($0.rawValue, Prose($0.name)) }),
      .paragraph(Prose(words, .emphasis)),
    ]
  }

  /// `mtbf.1`: figures from five times between incidents on, else only the dates.
  var services: [Block] { services(metrics.services) }

  /// Those with the most incidents, and how many more there are.
  func busiestServices(_ count: Int) -> [Block] {
    let sorted = metrics.services.sorted {
      ($1.reports.count, $0.service) < ($0.reports.count, $1.service)
    }
    let more = sorted.count - count
    if more < 2 { return services(sorted) }
    let words = "And \(more) more services."
    return services(Array(sorted.prefix(count))) + [.paragraph(Prose(words, .emphasis))]
  }

  private func services(_ services: [ServiceIntervals]) -> [Block] {
    guard !services.isEmpty else { return [] }
    let style = ClockStyle(zone: period.zone, hours: context.style.hours)
    let columns = [
      Table.Column("Service"), Table.Column("Incidents", .number), Table.Column("p50", .number),
      Table.Column("max", .number), Table.Column("First reports", .prose),
    ]
    let rows = services.map { service -> [Prose] in
      let figures = [service.summary.p50, service.summary.max].map { Prose($0?.words ?? "") }
      let dates = service.reports.lazy.map { "\(style.date($0.at.instant)) (\($0.incident))" }
      let shown =
        service.summary.p50 == nil
        ? dates.joined(separator: ", ") : "\(dates.first ?? "") … \(dates.last ?? "")"
      return [Prose(service.service), Prose("\(service.reports.count)")] + figures + [Prose(shown)]
    }
    return [
      .heading(Heading("Time between incidents of a service")), .table(Table(columns, rows)),
      .paragraph(Prose("mtbf.1; no percentiles below five times between incidents.", .emphasis)),
    ]
  }

  /// What should be looked at: clocks that end before they start, escalations without an answer.
  var dataQuality: [Block] {
    var items = metrics.negatives.map { finding in
      let refs = [finding.clock.from, finding.clock.to].compactMap { $0?.ref.description }
      return Prose(
        "\(finding.incident): \(finding.clock.title) is negative (\(refs.joined(separator: ", ")))")
    }
    items += metrics.unanswered.map { finding in
      let ref = finding.clock.from.map { " (\($0.ref))" } ?? ""
      return Prose(
        "\(finding.incident): no answer recorded from \(finding.clock.subject ?? "them")\(ref)")
    }
    return [.heading(Heading("Data quality"))]
      + [items.isEmpty ? .paragraph("Nothing to look at.") : .list(items, isOrdered: false)]
  }
}

// MARK: - Two periods

extension PeriodFigures {
  /// Nothing where no comparison was asked for. A sentence for each, no arrows.
  var comparisonBlocks: [Block] {
    guard let comparison else { return [] }
    let columns = [
      Table.Column("Metric"), Table.Column("Group"), Table.Column("n before", .number),
      Table.Column("n", .number), Table.Column("p50 before", .number), Table.Column("p50", .number),
      Table.Column("Difference", .number), Table.Column("95 % interval", .number),
      Table.Column("In words", .prose),
    ]
    let rows = comparison.rows.map { row -> [Prose] in
      let difference = row.difference
      return [
        Prose(row.id.rawValue), Prose(row.group?.title ?? "all"), Prose("\(row.earlier.count)"),
        Prose("\(row.later.count)"), Prose(row.earlier.p50?.span ?? ""),
        Prose(row.later.p50?.span ?? ""), Prose(difference.map { signed($0.seconds) } ?? ""),
        Prose(difference.map { "\(signed($0.low)) to \(signed($0.high))" } ?? ""),
        Prose(row.sentence),
      ]
    }
    return [
      .heading(Heading("Compared with \(comparison.earlier.label)")),
      .table(Table(columns, rows)),
      .paragraph(
        Prose(
          "Differences of medians, this period less the earlier one. The interval is the middle 95 % of "
            + "\(MedianDifference.resamples) resamples (bootstrap with a fixed seed); what holds zero is not "
            + "distinguishable from chance.", .emphasis)),
    ]
  }
}

extension PeriodComparison.Row {
  var sentence: String {
    guard let difference else {
      return "too few to compare: fewer than \(MedianDifference.minimum) in one of the two"
    }
    if !difference.isDistinguishable { return "not distinguishable from chance" }
    let span = TimeSpan.seconds(abs(difference.seconds)).spoken
    if difference.seconds == 0 { return "the same median, though the values differ" }
    return difference.seconds < 0 ? "\(span) shorter" : "\(span) longer"
  }
}

/// `1 incident`, `2 incidents`.
func counted(_ count: Int, _ what: String) -> String { "\(count) \(what)\(count == 1 ? "" : "s")" }

/// `+12 min`, `−3 min`, `0 s`.
private func signed(_ seconds: Int) -> String {
  let span = TimeSpan.seconds(abs(seconds)).spoken
  return seconds == 0 ? span : (seconds < 0 ? "−" : "+") + span
}

// MARK: - Words

extension Summary {
  /// The share that belongs to the metric, where it has one.
  fileprivate var remark: String? {
    if let late { return count > 0 ? "\(id.rawValue): \(late) of \(count) entries late" : nil }
    guard id == .tte else { return nil }
    let escalated = count + negative
    return "\(id.rawValue): \(escalated) of \(escalated + outside) escalated"
  }

  /// Too many open ones have no median yet.
  fileprivate var kaplanMeierWords: String {
    if open.isEmpty { return "" }
    return kaplanMeier?.words ?? "not reached"
  }
}

extension Summary.Held {
  /// `27 of 31`, and what cannot be said yet.
  var words: String {
    let share = "\(within) of \(within + missed)"
    return undecided == 0 ? share : "\(share), \(undecided) not over yet"
  }
}

extension Summary.Value {
  /// `38 min`.
  var span: String { TimeSpan.seconds(seconds).spoken }

  /// `38 min (INC-12)`.
  var words: String { "\(span) (\(incident))" }
}
