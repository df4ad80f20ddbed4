import ArgumentParser
import LoggistDocuments
import LoggistMetrics
import LoggistModel

/// A manager's report on a period.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a period's report: volume, times, service levels, measures, data quality.")

  @OptionGroup var choice: PeriodOptions
  @OptionGroup var document: DocumentOptions
  @OptionGroup var options: StoreOptions

  func run() throws {
    _ = try document.chosenFormat()
    let session = try Session.open(options)
    let period = try choice.chosenPeriod(session)
    let other = try choice.comparedPeriod(period, session)
    let journal = try session.journal()
    let context = try session.documentContext(journal)
    let metrics = choice.metrics(journal, period, by: .priority, context)
    let comparison = other.map {
      PeriodComparison(of: metrics, with: choice.metrics(journal, $0, by: .priority, context))
    }
    let made = ReportDocument(metrics, comparison: comparison, journal: journal, context: context)
    try DocumentPrinter(options: document, color: options.color, store: session.store)
      .print(made.document, json: made.json)
  }
}
