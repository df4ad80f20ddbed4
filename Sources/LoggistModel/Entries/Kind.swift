/// What sort of thing an entry says happened.
///
/// A kind that this version does not know keeps its name (`unknown`), is shown as a note and survives every copy.
package enum Kind: Sendable, Hashable {
  case opened, noticed, impact, complaint, acknowledged, escalated, engaged, unanswered
  case observation, check, change, diagnosis, decision, mitigation, restored, resolved, reopened
  case closed, cancelled, note, comms, informed, evidence, set, role, paused, resumed
  case summary, rootCause, factor, resolution, measure, measureUpdate
  case attached, detached, merged, unmerged, linked
  case corrected, struck, unstruck, redacted, handover, accepted, signed, ioError
  case unknown(UnknownKind)
}

extension Kind {
  /// Every kind of this version, in the order of docs/format.md.
  package static let allKnown: [Kind] = [
    .opened, .noticed, .impact, .complaint, .acknowledged, .escalated, .engaged, .unanswered,
    .observation, .check, .change, .diagnosis, .decision, .mitigation, .restored, .resolved,
    .reopened, .closed, .cancelled, .note, .comms, .informed, .evidence, .set, .role, .paused,
    .resumed, .summary, .rootCause, .factor, .resolution, .measure, .measureUpdate, .attached,
    .detached, .merged, .unmerged, .linked, .corrected, .struck, .unstruck, .redacted, .handover,
    .accepted, .signed, .ioError,
  ]

  private static let byName = Dictionary(uniqueKeysWithValues: allKnown.map { ($0.name, $0) })

  package init(name: String) {
    self = Kind.byName[name] ?? .unknown(UnknownKind(name))
  }

  /// The name in the log and on the command line: `root_cause`.
  package var name: String {
    if case .unknown(let kind) = self { kind.name } else { Kind.names[self] ?? "\(self)" }
  }

  /// Worked out once: `"\(self)"` looks its case up by reflection, some microseconds each time.
  private static let names = Dictionary(
    uniqueKeysWithValues: allKnown.map { kind in
      switch kind {
      case .rootCause: (kind, "root_cause")
      case .measureUpdate: (kind, "measure_update")
      case .ioError: (kind, "io_error")
      default: (kind, "\(kind)")
      }
    })

  package var isKnown: Bool {
    if case .unknown = self { false } else { true }
  }

  /// Entries about other entries: they change what is effective and have no line of their own in a document.
  package var isControl: Bool {
    switch self {
    case .corrected, .struck, .unstruck, .redacted: true
    default: false
    }
  }
}
