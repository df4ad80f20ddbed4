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
    help: ArgumentHelp(
      "2026, 2026-Q3, 2026-11, 2026-W47, 2026-11-22 or FROM..TO.", valueName: "period"))
  var period: String?

  @Option(
    help: ArgumentHelp("Group by priority, service, place, owner or month.", valueName: "property"))
  var by: Grouping?

  @Option(
    help: ArgumentHelp("Only this metric, tts.1; can be given again.", valueName: "metric"),
    completion: .list(ClockID.allCases.map(\.rawValue)))
  var metric: [String] = []

  @Flag(help: "Count imported incidents in every figure.")
  var includeBackfill = false

  @OptionGroup var document: DocumentOptions
  @OptionGroup var options: StoreOptions

  func validate() throws {
    if incident != nil, period != nil || by != nil || includeBackfill {
      throw ValidationError("an incident has no period: leave out one or the other")
    }
  }

  func run() throws {
    let filter = try MetricFilter(metric)
    let id = try incident.map { try IncidentID.named($0) }
    _ = try document.chosenFormat(among: Format.ofEveryDocument)
    let session = try Session.open(options)
    let period = try id == nil ? chosenPeriod(session) : nil
    let material = try session.material(document.disclosure, about: id)
    let (journal, context) = (material.journal, material.context)
    let metrics: MetricsDocument
    if let id {
      guard let read = MetricsDocument(journal, incident: id, context: context) else {
        throw Failure(.noSuchIncident(id))
      }
      metrics = read
    } else if let period {
      let figures = PeriodMetrics(
        journal.incidents.values, period: period, asOf: session.moment, by: by,
        includeBackfill: includeBackfill)
      metrics = MetricsDocument(figures, context: context)
    } else {
      return
    }
    let forms = DocumentForms(
      document: filter.filtered(metrics.document), json: filter.filtered(metrics.json))
    try DocumentPrinter(
      options: document, color: options.color, formats: Format.ofEveryDocument
    ).print(forms)
  }

  /// The period that was named, else the month of the moment.
  private func chosenPeriod(_ session: Session) throws -> Period {
    let month = String(session.style.date(session.moment).description.dropLast(3))
    let name = period ?? month
    guard let period = Period(name, in: session.zone) else { throw Failure(.notAPeriod(name)) }
    return period
  }
}

extension Grouping: ExpressibleByArgument {}

/// Leaves only some metrics in a document.
struct MetricFilter {
  private let ids: Set<String>

  init(_ names: [String]) throws {
    ids = Set(
      try names.map { name in
        guard
          let id = ClockID(rawValue: name.lowercased())
            ?? ClockID(rawValue: name.lowercased() + ".1")
        else { throw Failure(.unknownMetric(name)) }
        return id.rawValue
      })
  }

  /// Rows, items and facts that begin with a metric's name stay only where that metric is wanted.
  func filtered(_ document: Document) -> Document {
    guard !ids.isEmpty else { return document }
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
    return ClockID(rawValue: name) == nil || ids.contains(name)
  }

  func filtered(_ json: JSONValue) -> JSONValue {
    guard !ids.isEmpty, let members = json.members else { return json }
    return .object(
      members.map { member in
        guard member.name == "metrics" || member.name == "clocks", let values = member.value.array
        else { return member }
        return JSONMember(
          member.name, .array(values.filter { $0["id"]?.string.map(ids.contains) == true }))
      })
  }
}
