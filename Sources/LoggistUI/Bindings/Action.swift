package import LoggistModel

/// Everything that a key can do, by the name that a keymap uses.
package enum Action: String, Sendable, Hashable, CaseIterable {
  case newCall = "board.new"
  case filter = "board.filter"
  case open = "move.open"
  case back = "move.back"
  case up = "move.up"
  case down = "move.down"
  case pageUp = "move.page_up"
  case pageDown = "move.page_down"
  case first = "move.first"
  case last = "move.last"
  case note = "log.note"
  case complaint = "log.complaint"
  case observation = "log.observation"
  case check = "log.check"
  case change = "log.change"
  case diagnosis = "log.diagnosis"
  case escalated = "log.escalated"
  case engaged = "log.engaged"
  case acknowledged = "log.acknowledged"
  case mitigation = "log.mitigation"
  case restored = "log.restored"
  case resolved = "log.resolved"
  case informed = "log.informed"
  case priority = "log.priority"
  case set = "log.set"
  case noticed = "log.noticed"
  case impact = "log.impact"
  case comms = "log.comms"
  case reopened = "log.reopened"
  case summary = "log.summary"
  case rootCause = "log.root_cause"
  case factor = "log.factor"
  case resolution = "log.resolution"
  case measure = "log.measure"
  case correct = "entry.correct"
  case strike = "entry.strike"
  case redact = "entry.redact"
  case undo = "entry.undo"
  case showStruck = "view.struck"
  case past = "view.as_of"
  case earlier = "past.earlier"
  case later = "past.later"
  case details = "view.details"
  case review = "view.review"
  case preview = "view.preview"
  case refresh = "view.refresh"
  case sign = "log.signed"
  case give = "handover.give"
  case accept = "handover.accept"
  case metrics = "view.metrics"
  case measures = "view.measures"
  case handover = "view.handover"
  case callbacks = "view.callbacks"
  case previousPeriod = "metrics.previous"
  case nextPeriod = "metrics.next"
  case period = "metrics.period"
  case grouping = "metrics.by"
  case plot = "metrics.plot"
  case measuresOrder = "measures.by"
  case measureDoing = "measures.doing"
  case measureDone = "measures.done"
  case measureDropped = "measures.dropped"
  case goToReminder = "remind.go"
  case putOffReminder = "remind.later"
  case attach = "entry.attach"
  case detach = "entry.detach"
  case left = "move.left"
  case right = "move.right"
  case otherTarget = "pasted.target"
  case editor = "write.editor"
  case postMortem = "write.postmortem"
  case search = "app.search"
  case command = "app.command"
  case help = "app.help"
  case complete = "first_run.complete"
  case suspend = "app.suspend"
  case repaint = "app.repaint"
  case quit = "app.quit"
}

extension Action {
  /// The kind of entry that it logs, where it opens the composer for one.
  package var kind: Kind? {
    switch self {
    case .note: .note
    case .complaint: .complaint
    case .observation: .observation
    case .check: .check
    case .change: .change
    case .diagnosis: .diagnosis
    case .escalated: .escalated
    case .engaged: .engaged
    case .acknowledged: .acknowledged
    case .mitigation: .mitigation
    case .restored: .restored
    case .resolved: .resolved
    case .informed: .informed
    case .priority, .set: .set
    case .noticed: .noticed
    case .impact: .impact
    case .comms: .comms
    case .reopened: .reopened
    case .summary: .summary
    case .rootCause: .rootCause
    case .factor: .factor
    case .resolution: .resolution
    case .measure: .measure
    case .sign: .signed
    case .give: .handover
    case .accept: .accepted
    default: nil
    }
  }
}
