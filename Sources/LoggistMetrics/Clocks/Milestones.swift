import LoggistModel

/// The entries of one incident that clocks start and stop on, found in one walk.
///
/// Everything goes by `at`; `logged` breaks ties (`Moment.inTimelineOrder`), and so do the places in `own` and `entries`.
final class Milestones {
  let status: Incident.Status
  /// The incident's own entries, in timeline order.
  let own: [Moment]
  /// Its own entries and the reports merged into it, in timeline order.
  let entries: [Moment]
  let words: any EntryWords
  /// The earliest of `noticed` and `complaint`, else `opened`; a place in `entries`, else one in `own`.
  private var report, opened: Int?
  /// The earliest start of the impact, that of a merged incident included; a place in `entries`.
  private var impact: Int?
  private(set) var hasImpact = false
  private(set) var complaints = 0
  private var marks = Marks()

  /// Places in `own`.
  private struct Marks {
    var acknowledged, diagnosis, lastReopened: Int?
    var firstRestored, lastRestored, firstResolved, lastResolved, firstMitigation: Int?
    var escalated: [Int] = []
    var engaged: [Int] = []
    var mitigations: [Int] = []
    var reopenings = 0

    mutating func take(_ place: Int, of own: [Moment]) {
      switch own[place].kind {
      case .acknowledged: acknowledged = acknowledged ?? place
      case .engaged:
        acknowledged = acknowledged ?? place
        engaged.append(place)
      case .escalated: escalated.append(place)
      case .diagnosis: if own[place].detail.isConfirmed { diagnosis = place }
      case .mitigation:
        firstMitigation = firstMitigation ?? place
        mitigations.append(place)
      case .restored: (firstRestored, lastRestored) = (firstRestored ?? place, place)
      case .resolved: (firstResolved, lastResolved) = (firstResolved ?? place, place)
      case .reopened: (reopenings, lastReopened) = (reopenings + 1, place)
      default: break
      }
    }
  }

  init(_ incident: IncidentOutline) {
    (status, own, words) = (incident.state.status, incident.own, incident.words)
    entries =
      incident.reports.isEmpty
      ? own : (own + incident.reports).sorted(by: Moment.inTimelineOrder)
    for place in entries.indices {
      switch entries[place].kind {
      case .noticed: report = report ?? place
      case .complaint:
        report = report ?? place
        complaints += 1
      case .impact:
        hasImpact = true
        if impact == nil, entries[place].detail.change == .started { impact = place }
      default: break
      }
    }
    for place in own.indices {
      if opened == nil, case .opened = own[place].kind { opened = place }
      marks.take(place, of: own)
    }
  }
}

// MARK: - What is asked of them

extension Milestones {
  /// When an incident was reported first: what `firstReport` of all milestones says, for less.
  static func firstReport(of incident: IncidentOutline) -> Instant? {
    var (report, opened): (Instant?, Instant?)
    func look(_ entries: [Moment]) {
      for place in entries.indices {
        switch entries[place].kind {
        case .noticed, .complaint: report = min(report ?? entries[place].at, entries[place].at)
        case .opened: opened = min(opened ?? entries[place].at, entries[place].at)
        default: break
        }
      }
    }
    look(incident.own)
    look(incident.reports)
    return report ?? opened
  }

  /// Somebody is still expected to do something: a clock without an end runs on. A merged incident lives on in
  /// another one; its own clocks have stopped.
  var isOpen: Bool { status.isOpen }

  /// The people who use it are still without it.
  var isBroken: Bool { status == .open }

  /// The earliest of `noticed` and `complaint`, else `opened`.
  var firstReport: Clock.Mark? {
    report.map { Clock.Mark(entries[$0]) } ?? opened.map { Clock.Mark(own[$0]) }
  }

  /// Nobody reported it: `opened` stands in.
  var isReportFallback: Bool { report == nil && opened != nil }

  /// The first report was imported.
  var isBackfill: Bool {
    report.map { entries[$0].isBackfill } ?? opened.map { own[$0].isBackfill } ?? false
  }

  /// The earliest start of the impact, that of a merged incident included.
  var impactStart: Clock.Mark? { impact.map { Clock.Mark(entries[$0]) } }

  private func mark(_ place: Int?) -> Clock.Mark? { place.map { Clock.Mark(own[$0]) } }

  /// The first that took it in hand: `acknowledged` or `engaged`.
  var acknowledged: Clock.Mark? { mark(marks.acknowledged) }

  /// Places in `own`.
  var escalations: [Int] { marks.escalated }
  var firstEscalated: Clock.Mark? { mark(marks.escalated.first) }

  /// What answered an escalation.
  func answer(to escalation: Int) -> Clock.Mark? {
    mark(marks.engaged.first { own[$0].target == own[escalation].ref })
  }

  var confirmedDiagnosis: Clock.Mark? { mark(marks.diagnosis) }

  var reopenings: Int { marks.reopenings }

  /// What stands before the last `reopened` was thought to be the end and was not.
  private func isVoid(_ place: Int) -> Bool { marks.lastReopened.map { place < $0 } ?? false }

  private func valid(_ place: Int?) -> Clock.Mark? {
    place.flatMap { isVoid($0) ? nil : Clock.Mark(own[$0]) }
  }

  /// The last of them behind the last `reopened`.
  var restored: Clock.Mark? { valid(marks.lastRestored) }
  var resolved: Clock.Mark? { valid(marks.lastResolved) }

  private func hasVoid(_ place: Int?) -> Bool { place.map { isVoid($0) } ?? false }
  var hasVoidMitigation: Bool { hasVoid(marks.firstMitigation) }
  var hasVoidRestored: Bool { hasVoid(marks.firstRestored) }
  var hasVoidResolved: Bool { hasVoid(marks.firstResolved) }

  /// The last mitigation that held, was not taken back later and was not voided by a reopen.
  ///
  /// A later `mitigation` with the outcome `reverted` takes back the ones that it names in `ref` or `refs`; where
  /// it names none, all before it.
  var heldMitigation: Clock.Mark? {
    let mitigations = marks.mitigations
    for (number, place) in mitigations.enumerated().reversed()
    where own[place].detail.outcome == .held && !isVoid(place) {
      let later = mitigations[(number + 1)...]
      if !later.contains(where: { takesBack(own[$0], own[place].ref) }) { return mark(place) }
    }
    return nil
  }

  private func takesBack(_ mitigation: Moment, _ ref: EntryRef) -> Bool {
    guard mitigation.detail.outcome == .reverted else { return false }
    let named =
      words.refs(at: Int(mitigation.place)) + (mitigation.target.map { [$0] } ?? [])
    return named.isEmpty || named.contains(ref)
  }
}
