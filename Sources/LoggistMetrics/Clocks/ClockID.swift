package import LoggistModel

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
  case slaAck = "sla.ack.1"
  case slaFix = "sla.fix.1"
  case mtbf = "mtbf.1"
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
    case .slaAck: "SLA to acknowledge"
    case .slaFix: "SLA to restore"
    case .mtbf: "time between incidents of a service"
    }
  }

  /// Times that an import cannot know: nobody was acknowledging or writing while it happened.
  package var leavesOutBackfill: Bool {
    switch self {
    case .tta, .tte, .late, .slaAck: true
    default: false
    }
  }
}

extension ClockID {
  /// Its place among all of them.
  var place: Int {
    switch self {
    case .ttd: 0
    case .tta: 1
    case .tte: 2
    case .tto: 3
    case .ttx: 4
    case .ttm: 5
    case .ttr: 6
    case .tts: 7
    case .active: 8
    case .downtime: 9
    case .inform: 10
    case .gap: 11
    case .late: 12
    case .slaAck: 13
    case .slaFix: 14
    case .mtbf: 15
    }
  }

  /// Counts nothing but service hours without pauses, and is there only where there are targets to hold it against.
  package var isServiceLevel: Bool { self == .slaAck || self == .slaFix }

  /// What an incident has; `mtbf.1` lies between incidents.
  package static let ofIncidents = allCases.filter { $0 != .mtbf }

  /// The deadline that this clock is held against, where there is one.
  package var deadline: Deadline.Clock? {
    switch self {
    case .tta, .slaAck: .acknowledge
    case .ttr, .tts, .slaFix: .fix
    default: nil
    }
  }
}
