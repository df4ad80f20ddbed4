import ArgumentParser
import LoggistDocuments
import LoggistMetrics
import LoggistModel
import LoggistStore

/// A manager's report on a period.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a period's report: volume, times, service levels, measures, data quality.")

  @OptionGroup var choice: PeriodOptions
  @OptionGroup var document: DocumentOptions
  @OptionGroup var options: StoreOptions

  private static let formats = Format.ofEveryDocument + [.csv]

  func run() throws {
    _ = try document.chosenFormat(among: ReportCommand.formats)
    let session = try Session.open(options)
    let period = try choice.chosenPeriod(session)
    let other = try choice.comparedPeriod(period, session)
    let material = try session.material(document.disclosure, from: .words)
    let (journal, context) = (material.journal, material.context)
    let metrics = choice.metrics(journal, period, by: .priority, context)
    let comparison = other.map {
      PeriodComparison(of: metrics, with: choice.metrics(journal, $0, by: .priority, context))
    }
    let made = ReportDocument(metrics, comparison: comparison, measures: journal.incidents.values.flatMap(\.openMeasures), context: context)
    var forms = DocumentForms(document: made.document, json: made.json)
    forms.csv = { made.csv }
    try DocumentPrinter(
      options: document, color: options.color, formats: ReportCommand.formats, store: session.store
    ).print(forms)
  }
}
