import LoggistModel

/// How well something was recorded: counts of entries, of calls back that were promised and of escalations.
package struct RecordQuality: Sendable, Hashable {
  package var entries = 0
  package var corrected = 0
  package var struck = 0
  package var redacted = 0
  package var callBacksAsked = 0
  package var callBacksMade = 0
  package var escalations = 0
  package var answered = 0

  package init() {}

  init(_ incident: IncidentOutline, _ metrics: IncidentMetrics) {
    let counts = incident.counts
    (entries, corrected) = (counts.entries, counts.corrected)
    (struck, redacted) = (counts.struck, counts.redacted)
    count(incident.own)
    count(incident.reports)
    for place in metrics.clocks.indices
    where metrics.clocks[place].id == .tto && metrics.clocks[place].from != nil {
      escalations += 1
      if metrics.clocks[place].to != nil { answered += 1 }
    }
  }

  private mutating func count(_ moments: [Moment]) {
    for place in moments.indices where moments[place].detail.wantsCallBack {
      callBacksAsked += 1
      if moments[place].informed != nil { callBacksMade += 1 }
    }
  }

  package static func += (sum: inout RecordQuality, more: RecordQuality) {
    sum.entries += more.entries
    sum.corrected += more.corrected
    sum.struck += more.struck
    sum.redacted += more.redacted
    sum.callBacksAsked += more.callBacksAsked
    sum.callBacksMade += more.callBacksMade
    sum.escalations += more.escalations
    sum.answered += more.answered
  }
}
