import ArgumentParser
import LoggistDocuments
import LoggistMetrics
import LoggistModel
import LoggistStore

/// The figures of an incident, or of a period.
struct MetricsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics",
    abstract: "Print the figures of an incident, or of a period (default: this month).")

  @Argument(help: "The incident, INC-12; without it, a period.")
  var incident: String?

  @Option(
    help: ArgumentHelp("Group by priority, service, place, owner or month.", valueName: "property"))
  var by: Grouping?

  @Option(
    help: ArgumentHelp("Only this metric, tts.1; can be given again.", valueName: "metric"),
    completion: .list(ClockID.allCases.map(\.rawValue)))
  var metric: [String] = []

  @Flag(help: "The mean, too.")
  var mean = false

  @Flag(help: "With json or csv: every value with the entries that it lies between.")
  var values = false

  @OptionGroup var choice: PeriodOptions
  @OptionGroup var document: DocumentOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if incident != nil, choice.isGiven || by != nil || mean || values {
      throw ValidationError("an incident has no period: leave out one or the other")
    }
  }

  func run() throws {
    let filter = try MetricFilter(metric)
    let id = try incident.map { try IncidentID.named($0) }
    // An incident's clocks are no series.
    let formats = Format.ofEveryDocument + [.csv] + (id == nil ? [.openmetrics] : [])
    _ = try document.chosenFormat(among: formats)
    let session = try Session.open(options)
    let metrics =
      try id.map { try self.metrics(of: $0, session) } ?? periodMetrics(of: filter.ids, session)
    var forms = DocumentForms(
      document: filter.filtered(metrics.document), json: filter.filtered(metrics.json))
    forms.csv = { metrics.csv(filter.ids) }
    forms.openMetrics = { metrics.openMetrics(filter.ids) }
    try DocumentPrinter(
      options: document, color: options.color, formats: formats, store: session.store
    ).print(forms)
  }

  private func metrics(of id: IncidentID, _ session: Session) throws -> MetricsDocument {
    let material = try session.material(document.disclosure, about: id, from: .figures)
    guard
      let metrics = MetricsDocument(material.journal, incident: id, context: material.context)
    else { throw Failure(.noSuchIncident(id)) }
    return metrics
  }

  private func periodMetrics(
    of ids: Set<ClockID>?, _ session: Session
  ) throws -> MetricsDocument {
    let period = try choice.chosenPeriod(session)
    let other = try choice.comparedPeriod(period, session)
    let (source, context) = try session.incidents(document.disclosure)
    let figures = keptUntilExit(
      choice.figures(source, period, comparedWith: other, by: by, of: ids, context))
    return MetricsDocument(
      figures.metrics, comparison: figures.comparison, extras: extras, context: context)
  }

  private var extras: FigureExtras {
    FigureExtras((mean ? [.mean] : []) + (values ? [.values] : []))
  }
}

extension Grouping: ExpressibleByArgument {}

/// Leaves only some metrics in a document.
struct MetricFilter {
  /// Nil: all of them.
  let ids: Set<ClockID>?

  init(_ names: [String]) throws {
    let ids = Set(
      try names.map { name in
        guard
          let id = ClockID(rawValue: name.lowercased())
            ?? ClockID(rawValue: name.lowercased() + ".1")
        else { throw Failure(.unknownMetric(name)) }
        return id
      })
    self.ids = ids.isEmpty ? nil : ids
  }

  /// Rows, items and facts that begin with a metric's name stay only where that metric is wanted.
  func filtered(_ document: Document) -> Document {
    guard ids != nil else { return document }
    var document = document
    document.blocks = document.blocks.map { block in
      switch block {
      case .table(var table):
        table.rows = table.rows.filter { row in
          guard case .cells(let cells) = row, let first = cells.first else { return true }
          return isWanted(first.plain)
        }
        return .table(table)
      case .list(let items, let isOrdered):
        return .list(items.filter { isWanted($0.plain) }, isOrdered: isOrdered)
      case .facts(let facts): return .facts(facts.filter { isWanted($0.name) })
      default: return block
      }
    }
    return document
  }

  private func isWanted(_ text: String) -> Bool {
    let name = String(text.prefix { $0 != ":" && $0 != " " })
    return ClockID(rawValue: name).map { ids?.contains($0) ?? true } ?? true
  }

  func filtered(_ json: JSONValue) -> JSONValue {
    guard let ids, let members = json.members else { return json }
    return .object(
      members.map { member in
        guard member.name == "metrics" || member.name == "clocks", let values = member.value.array
        else { return member }
        return JSONMember(
          member.name,
          .array(
            values.filter {
              $0["id"]?.string.flatMap { ClockID(rawValue: $0) }.map(ids.contains) == true
            }))
      })
  }
}
