import LoggistMetrics
import LoggistModel

/// What the screen of an incident shows of the whole of it, computed when it or the minute changes and not for
/// every frame: an incident may have ten thousand entries.
struct IncidentFigures: Sendable, Hashable {
  let incident: Incident
  let asOf: Instant
  let me: String
  let metrics: IncidentMetrics
  let strip: PhaseStrip
  let details: [DetailsRow]
  /// The first report, else when anything of it happened first.
  let start: Instant?
  /// When service was back or the work done, for good: silence after it worries nobody.
  let over: Instant
  let hasOpenEscalations: Bool
  /// Some entry is by whoever sits here.
  let hasMine: Bool

  /// Cost: linear in the incident's entries.
  init(_ incident: Incident, asOf: Instant, me: String, clock: ClockStyle) {
    (self.incident, self.asOf, self.me) = (incident, asOf, me)
    metrics = IncidentMetrics(incident, asOf: asOf)
    strip = PhaseStrip(metrics, status: incident.status)
    details = DetailsRow.rows(incident, clock: clock, now: asOf)
    start = incident.firstReport?.at ?? incident.begin
    let reopened = incident.entries.last { $0.kind == .reopened }?.at
    let end = incident.entries.first { entry in
      (entry.kind == .restored || entry.kind == .resolved)
        && (reopened.map { entry.at > $0 } ?? true)
    }
    over = end?.at ?? Instant(milliseconds: .max)
    hasOpenEscalations = !incident.openEscalations.isEmpty
    hasMine = incident.entries.contains { $0.author == me }
  }

  /// Entries from which on an incident's figures are not computed for each one that arrives.
  static let long = 1_000

  func isRecent(_ now: Instant, me: String) -> Bool {
    self.me == me && now >= asOf && now - asOf < .seconds(1)
  }

  /// Whether it still says what is so. Cost: none worth counting where the incident was not derived anew.
  func isCurrent(_ incident: Incident, now: Instant, me: String) -> Bool {
    asOf.milliseconds / 60_000 == now.milliseconds / 60_000 && self.me == me
      && self.incident == incident
  }
}

extension State {
  /// The figures of an open incident: those that the screen keeps, where they still hold.
  func figures(_ screen: IncidentScreen, _ incident: Incident) -> IncidentFigures {
    if let figures = screen.figures {
      if figures.isCurrent(incident, now: now, me: desk.me) { return figures }
      // Of a long incident they may be a second old: entries may arrive faster than they can be computed.
      let isLong = incident.all.count > IncidentFigures.long
      if isLong, figures.incident.id == incident.id, figures.isRecent(now, me: desk.me) {
        return figures
      }
    }
    return IncidentFigures(incident, asOf: now, me: desk.me, clock: desk.clock)
  }
}
