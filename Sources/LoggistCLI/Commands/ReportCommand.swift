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
    let (source, context) = try session.incidents(document.disclosure, textsOf: [.measure])
    let figures = keptUntilExit(
      choice.figures(source, period, comparedWith: other, by: .priority, context))
    let made = ReportDocument(
      figures.metrics, comparison: figures.comparison, measures: figures.measures,
      context: context)
    var forms = DocumentForms(document: made.document, json: made.json)
    forms.csv = { made.csv }
    try DocumentPrinter(
      options: document, color: options.color, formats: ReportCommand.formats, store: session.store
    ).print(forms)
  }
}
