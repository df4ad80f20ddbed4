import ArgumentParser
import LoggistDocuments
import LoggistMetrics
import LoggistModel
import LoggistStore

/// Which period figures are about, and beside which other one they are put.
struct PeriodOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "2026, 2026-Q3, 2026-11, 2026-W47, 2026-11-22 or FROM..TO (default: this month).",
      valueName: "period"))
  var period: String?

  @Option(
    help: ArgumentHelp(
      "Compare the medians with those of another period, or of the 'previous' one.",
      valueName: "period"))
  var compare: String?

  @Flag(help: "Count imported incidents in every figure.")
  var includeBackfill = false

  var isGiven: Bool { period != nil || compare != nil || includeBackfill }

  /// The period that was named, else the month of the moment.
  func chosenPeriod(_ session: Session) throws -> Period {
    let month = String(session.style.date(session.moment).description.dropLast(3))
    let name = period ?? month
    guard let period = Period(name, in: session.zone) else { throw Failure(.notAPeriod(name)) }
    return period
  }

  func comparedPeriod(_ period: Period, _ session: Session) throws -> Period? {
    guard let compare else { return nil }
    if compare == "previous", let previous = period.previous { return previous }
    guard let other = Period(compare, in: session.zone) else { throw Failure(.notAPeriod(compare)) }
    return other
  }

  func metrics(
    _ journal: Journal, _ period: Period, by grouping: Grouping?, _ context: DocumentContext
  ) -> PeriodMetrics {
    let incidents = Array(journal.incidents.values)
    let work = PeriodWork(
      period: period, asOf: context.asOf, by: grouping, targets: context.targets,
      includeBackfill: includeBackfill)
    let middle = incidents.count / 2
    var halves = inParallel([incidents[..<middle], incidents[middle...]]) { half in
      var work = work
      for incident in half { work.take(incident) }
      return work
    }
    var whole = halves.removeFirst()
    for half in halves { whole.absorb(half) }
    while whole.summarize() {}
    return whole.metrics
  }
}
