/// Something that looks odd or is missing. A person can ignore it: hints never block an entry, because in real
/// logs one hand-typed milestone in five stands out of order for good reasons.
package struct Hint: Sendable, Hashable {
  package let reason: Reason
  /// The entries concerned.
  package let refs: [EntryRef]

  package enum Reason: Sendable, Hashable {
    case beforeFirstReport(Kind)
    case resolvedBeforeRestored
    case endsBeforeItBegins
    case inTheFuture
    case clocksDisagree(TimeSpan)
    case escalationUnanswered(to: String)
    case mitigationPending
    case callerNotInformed(caller: String?)
    case resolvedWithoutRestored
    case noImpactStart, noAcknowledgement, noDiagnosis, noRootCause, noResolution, noMeasures
    case measureWithoutOwner, measureWithoutDue
  }

  package init(_ reason: Reason, _ refs: [EntryRef] = []) {
    (self.reason, self.refs) = (reason, refs)
  }
}

extension Hint: CustomStringConvertible {
  /// One sentence, the same on screen, on the command line and in documents.
  package var description: String {
    switch reason {
    case .beforeFirstReport(let kind): "\(kind.name) stands before the first report"
    case .resolvedBeforeRestored: "resolved stands before restored"
    case .endsBeforeItBegins: "ends before it begins"
    case .inTheFuture: "happens more than two minutes after it was logged"
    case .clocksDisagree(let span): "two machines' clocks differ by \(span.spoken) or more"
    case .escalationUnanswered(let to): "no answer recorded from \(to)"
    case .mitigationPending: "a mitigation's outcome is still pending"
    case .callerNotInformed(let caller): "\(caller ?? "a caller") waits to be called back"
    case .resolvedWithoutRestored: "resolved without restored: time to restore falls back to it"
    case .noImpactStart: "no start of the impact recorded: time to detect is unknown"
    case .noAcknowledgement: "no acknowledgement recorded"
    case .noDiagnosis: "no confirmed diagnosis recorded"
    case .noRootCause: "no root cause recorded"
    case .noResolution: "no resolution recorded"
    case .noMeasures: "no corrective or preventive measure recorded"
    case .measureWithoutOwner: "a measure has no owner"
    case .measureWithoutDue: "a measure has no due date"
    }
  }
}

extension Incident {
  /// Everything odd or missing, oddities first. Cost: linear in its entries.
  package var hints: [Hint] { oddities + loose + missing }

  private var oddities: [Hint] {
    var hints: [Hint] = []
    if let first = firstReport {
      for entry in entries where entry.at < first.at && Incident.answersAReport(entry.kind) {
        hints.append(Hint(.beforeFirstReport(entry.kind), [entry.ref, first.ref]))
      }
    }
    // What was said before it was reopened belongs to another round.
    let begin = entries(of: .reopened).last?.at ?? Instant(milliseconds: .min)
    if let restored = entries(of: .restored).last, let resolved = entries(of: .resolved).last,
      resolved.at < restored.at, resolved.at >= begin
    {
      hints.append(Hint(.resolvedBeforeRestored, [resolved.ref, restored.ref]))
    }
    let recorded = Dictionary(
      entries.map { ($0.ref, $0.record.logged) }, uniquingKeysWith: { first, _ in first })
    for entry in entries {
      if let until = entry.entry.until, until.instant < entry.at {
        hints.append(Hint(.endsBeforeItBegins, [entry.ref]))
      }
      if entry.at - entry.record.logged > .minutes(2) {
        hints.append(Hint(.inTheFuture, [entry.ref]))
      }
      if let ref = entry.entry.ref, let target = recorded[ref],
        target - entry.record.logged > .minutes(2)
      {
        hints.append(Hint(.clocksDisagree(target - entry.record.logged), [entry.ref, ref]))
      }
    }
    return hints
  }

  /// What somebody still has to do or to say.
  private var loose: [Hint] {
    var hints = openEscalations.filter { escalation in
      !entries.contains { $0.kind == .unanswered && $0.entry.ref == escalation.ref }
    }.map { Hint(.escalationUnanswered(to: $0.entry.string(.to) ?? "them"), [$0.ref]) }
    if let mitigation = entries(of: .mitigation).last,
      mitigation.entry.string(.outcome) == "pending"
    {
      hints.append(Hint(.mitigationPending, [mitigation.ref]))
    }
    if !status.isOpen {
      hints += callbacks.map {
        Hint(.callerNotInformed(caller: $0.entry.string(.caller)), [$0.ref])
      }
    }
    return hints
  }

  /// What the post-mortem would print as not recorded.
  private var missing: [Hint] {
    var hints: [Hint] = []
    func expect(_ present: Bool, _ reason: Hint.Reason) {
      if !present { hints.append(Hint(reason)) }
    }
    expect(
      (entries + mergedReports).contains {
        $0.kind == .impact && $0.entry.string(.change) == "started"
      }, .noImpactStart)
    expect(isAcknowledged, .noAcknowledgement)
    expect(
      entries(of: .diagnosis).contains { $0.entry.string(.verdict) == "confirmed" }, .noDiagnosis)
    if entries.contains(where: { $0.kind == .resolved }) {
      expect(entries.contains { $0.kind == .restored }, .resolvedWithoutRestored)
    }
    expect(latest(.rootCause) != nil, .noRootCause)
    expect(latest(.resolution) != nil, .noResolution)
    expect(!measures.isEmpty, .noMeasures)
    for measure in measures where measure.state == "open" || measure.state == "doing" {
      if measure.owner == nil { hints.append(Hint(.measureWithoutOwner, [measure.ref])) }
      if measure.due == nil { hints.append(Hint(.measureWithoutDue, [measure.ref])) }
    }
    return hints
  }

  /// The earliest of `noticed` and `complaint`; nil where neither was recorded.
  package var firstReport: EffectiveEntry? {
    (entries + mergedReports).filter { $0.kind == .noticed || $0.kind == .complaint }
      .min(by: EffectiveEntry.inTimelineOrder)
  }

  private static func answersAReport(_ kind: Kind) -> Bool {
    switch kind {
    case .acknowledged, .escalated, .engaged, .diagnosis, .mitigation, .restored, .resolved: true
    default: false
    }
  }
}
