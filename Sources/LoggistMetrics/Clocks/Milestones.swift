import LoggistModel

/// The entries of one incident that clocks start and stop on, found once.
///
/// Everything goes by `at`; `logged` breaks ties (`Moment.inTimelineOrder`).
struct Milestones {
  let status: Incident.Status
  /// The incident's own entries, in timeline order.
  let own: [Moment]
  /// Its own entries and the reports merged into it, in timeline order.
  let entries: [Moment]
  let words: any EntryWords
  /// The earliest of `noticed` and `complaint`, else `opened`.
  let firstReport: Moment?
  /// Nobody reported it: `opened` stands in.
  let isReportFallback: Bool
  let lastReopened: Moment?
  /// The earliest start of the impact, that of a merged incident included.
  let impactStart: Moment?

  init(_ incident: IncidentOutline) {
    (status, own, words) = (incident.state.status, incident.own, incident.words)
    entries =
      incident.reports.isEmpty
      ? own : (own + incident.reports).sorted(by: Moment.inTimelineOrder)
    let report = entries.first { $0.kind == .noticed || $0.kind == .complaint }
    firstReport = report ?? own.first { $0.kind == .opened }
    isReportFallback = report == nil && firstReport != nil
    lastReopened = own.last { $0.kind == .reopened }
    impactStart = entries.first { $0.kind == .impact && $0.detail.change == .started }
  }

  /// When it was reported first: what `firstReport` of all milestones says, for less.
  static func firstReport(of incident: IncidentOutline) -> Instant? {
    var (report, opened): (Instant?, Instant?)
    for entries in [incident.own, incident.reports] {
      for place in entries.indices {
        switch entries[place].kind {
        case .noticed, .complaint: report = min(report ?? entries[place].at, entries[place].at)
        case .opened: opened = min(opened ?? entries[place].at, entries[place].at)
        default: break
        }
      }
    }
    return report ?? opened
  }

  /// Somebody is still expected to do something: a clock without an end runs on. A merged incident lives on in
  /// another one; its own clocks have stopped.
  var isOpen: Bool { status.isOpen }

  /// The people who use it are still without it.
  var isBroken: Bool { status == .open }

  func first(_ kind: Kind, or other: Kind? = nil) -> Moment? {
    own.first { $0.kind == kind || $0.kind == other }
  }

  func all(_ kind: Kind) -> [Moment] { own.filter { $0.kind == kind } }

  var confirmedDiagnosis: Moment? { own.last { $0.kind == .diagnosis && $0.detail.isConfirmed } }

  /// The last entry of a kind behind the last `reopened`: what stands before it was thought to be the end and was not.
  func lastValid(_ kind: Kind) -> Moment? {
    own.last { $0.kind == kind && !isVoid($0) }
  }

  func hasVoid(_ kind: Kind, _ other: Kind) -> Bool {
    lastReopened != nil && own.contains { ($0.kind == kind || $0.kind == other) && isVoid($0) }
  }

  func isVoid(_ moment: Moment) -> Bool {
    lastReopened.map { Moment.inTimelineOrder(moment, $0) } ?? false
  }

  /// The last mitigation that held, was not taken back later and was not voided by a reopen.
  ///
  /// A later `mitigation` with the outcome `reverted` takes back the ones that it names in `ref` or `refs`; where
  /// it names none, all before it.
  var heldMitigation: Moment? {
    let mitigations = all(.mitigation)
    return mitigations.enumerated().last { place, mitigation in
      mitigation.detail.outcome == .held && !isVoid(mitigation)
        && !mitigations[(place + 1)...].contains { takesBack($0, mitigation.ref) }
    }?.element
  }

  private func takesBack(_ mitigation: Moment, _ ref: EntryRef) -> Bool {
    guard mitigation.detail.outcome == .reverted else { return false }
    let named =
      words.refs(at: Int(mitigation.place)) + (mitigation.target.map { [$0] } ?? [])
    return named.isEmpty || named.contains(ref)
  }
}
