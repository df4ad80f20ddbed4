import LoggistModel

/// The entries of one incident that clocks start and stop on, found once.
///
/// Everything goes by `at`; `logged` breaks ties (`EffectiveEntry.inTimelineOrder`).
struct Milestones {
  let incident: Incident
  /// Its own entries and the reports merged into it, in timeline order.
  let entries: [EffectiveEntry]
  /// The earliest of `noticed` and `complaint`, else `opened`.
  let firstReport: EffectiveEntry?
  /// Nobody reported it: `opened` stands in.
  let isReportFallback: Bool
  let lastReopened: EffectiveEntry?

  init(_ incident: Incident) {
    self.incident = incident
    entries = (incident.entries + incident.mergedReports).sorted(by: EffectiveEntry.inTimelineOrder)
    let report = incident.firstReport
    firstReport = report ?? incident.entries.first { $0.kind == .opened }
    isReportFallback = report == nil && firstReport != nil
    lastReopened = incident.entries.last { $0.kind == .reopened }
  }

  /// Somebody is still expected to do something: a clock without an end runs on. A merged incident lives on in
  /// another one; its own clocks have stopped.
  var isOpen: Bool { incident.status.isOpen }

  /// The people who use it are still without it.
  var isBroken: Bool { incident.status == .open }

  func first(_ kinds: Kind...) -> EffectiveEntry? {
    incident.entries.first { kinds.contains($0.kind) }
  }

  /// The earliest start of the impact, that of a merged incident included.
  var impactStart: EffectiveEntry? {
    entries.first { $0.kind == .impact && $0.entry.string(.change) == "started" }
  }

  var confirmedDiagnosis: EffectiveEntry? {
    incident.entries.last {
      $0.kind == .diagnosis && $0.entry.string(.verdict) == "confirmed"
    }
  }

  /// The last entry of a kind behind the last `reopened`: what stands before it was thought to be the end and was not.
  func lastValid(_ kind: Kind) -> EffectiveEntry? {
    incident.entries.last { $0.kind == kind && !isVoid($0) }
  }

  func hasVoid(_ kinds: Kind...) -> Bool {
    incident.entries.contains { kinds.contains($0.kind) && isVoid($0) }
  }

  func isVoid(_ entry: EffectiveEntry) -> Bool {
    lastReopened.map { EffectiveEntry.inTimelineOrder(entry, $0) } ?? false
  }

  /// The last mitigation that held, was not taken back later and was not voided by a reopen.
  ///
  /// A later `mitigation` with the outcome `reverted` takes back the ones that it names in `ref` or `refs`; where
  /// it names none, all before it.
  var heldMitigation: EffectiveEntry? {
    let mitigations = incident.entries.filter { $0.kind == .mitigation }
    return mitigations.enumerated().last { place, mitigation in
      mitigation.entry.string(.outcome) == "held" && !isVoid(mitigation)
        && !mitigations[(place + 1)...].contains { $0.takesBack(mitigation.ref) }
    }?.element
  }
}

extension EffectiveEntry {
  fileprivate func takesBack(_ ref: EntryRef) -> Bool {
    guard entry.string(.outcome) == "reverted" else { return false }
    let named = entry.refs + (entry.ref.map { [$0] } ?? [])
    return named.isEmpty || named.contains(ref)
  }
}
