/// The versioned name of a clock's definition: a changed definition gets a new id, and an export names the ids that
/// it used. The definitions are those of docs/metrics.md.
package enum ClockID: String, Sendable, Hashable, CaseIterable {
  case ttd = "ttd.1"
  case tta = "tta.1"
  case tte = "tte.1"
  case tto = "tto.1"
  case ttx = "ttx.1"
  case ttm = "ttm.1"
  case ttr = "ttr.1"
  case tts = "tts.1"
  case active = "active.1"
  case downtime = "downtime.1"
  case inform = "inform.1"
  case gap = "gap.1"
  case late = "late.1"
}

extension ClockID {
  /// What people call it: `time to mitigate`.
  package var name: String {
    switch self {
    case .ttd: "time to detect"
    case .tta: "time to acknowledge"
    case .tte: "time to escalate"
    case .tto: "time to engage"
    case .ttx: "time to diagnose"
    case .ttm: "time to mitigate"
    case .ttr: "time to restore"
    case .tts: "time to resolve"
    case .active: "active time"
    case .downtime: "downtime"
    case .inform: "caller's wait"
    case .gap: "longest silence"
    case .late: "lateness of entries"
    }
  }

  /// Times that an import cannot know: nobody was acknowledging or writing while it happened.
  package var leavesOutBackfill: Bool {
    switch self {
    case .tta, .tte, .late: true
    default: false
    }
  }
}
