import LoggistMetrics
import LoggistModel

/// Everything that the documents about one incident draw on, gathered once.
struct CaseFile: Sendable, Hashable {
  let incident: Incident
  let metrics: IncidentMetrics
  let context: DocumentContext
  /// Its entries and the reports merged into it, in timeline order; struck ones left out.
  let entries: [EffectiveEntry]
  /// The entries about its entries: corrections, strikes, redactions, in the order of recording.
  let remarks: [EffectiveEntry]
  let counts: Counts
  /// The offset from UTC of all its times, in minutes; nil where the clocks changed between them.
  let onlyOffset: Int?

  struct Counts: Sendable, Hashable {
    var entries = 0
    var late = 0
    var corrected = 0
    var struck = 0
    var redacted = 0
  }

  /// Nil where nothing about that incident had been recorded by then. Cost: linear in the journal.
  init?(_ journal: Journal, _ id: IncidentID, _ context: DocumentContext) {
    let isLater = !context.isPresent && journal.records.contains { $0.logged > context.asOf }
    let journal = isLater ? journal.asOf(context.asOf) : journal
    guard let incident = journal.incidents[id] else { return nil }
    self.incident = incident
    self.context = context
    metrics = IncidentMetrics(incident, asOf: context.asOf, targets: context.targets)
    entries = (incident.entries + incident.mergedReports).sorted(
      by: EffectiveEntry.inTimelineOrder)
    let offsets = Set(entries.map { context.style.zone.period(at: $0.at).offsetMinutes })
    onlyOffset = offsets.count == 1 ? offsets.first : nil
    let own = Set((incident.all + incident.mergedReports).map(\.ref))
    remarks = journal.records
      .filter { $0.entry.kind.isControl && $0.entry.ref.map { own.contains($0) } == true }
      .sorted { $0.order < $1.order }
      .compactMap { journal.entry($0.ref) }
    counts = Counts(
      entries: incident.all.count, late: incident.all.count { $0.isLate },
      corrected: incident.all.count { !$0.corrections.isEmpty },
      struck: incident.all.count { $0.isStruck },
      redacted: incident.all.count { $0.redaction != nil || $0.entry.isRedacted })
  }

  var style: ClockStyle { context.style }

  /// Entries of a kind in the order in which they were recorded.
  func recorded(_ kind: Kind) -> [EffectiveEntry] {
    incident.entries(of: kind).sorted { $0.record.order < $1.record.order }
  }

  /// The text of the latest entry of a kind.
  func latestText(_ kind: Kind) -> String? {
    incident.latest(kind)?.text.flatMap { $0.isBlank ? nil : $0 }
  }

  /// Where elapsed time counts from: the start of the impact, else the first report, else the first entry.
  var zero: Clock.Mark? {
    metrics.clock(.ttr)?.from ?? entries.first.map { Clock.Mark($0) }
  }

  var zeroWords: String {
    if zero?.kind == .impact { return "the start of the impact" }
    return zero?.ref == metrics.firstReport?.ref ? "the first report" : "the first entry"
  }
}
