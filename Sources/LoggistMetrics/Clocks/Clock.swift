package import LoggistModel

/// An interval between two milestones of one incident, with the entries that it was computed from.
package struct Clock: Sendable, Hashable {
  package let id: ClockID
  /// What it is about, where an incident has several of its kind: whom somebody called, which caller waits, the
  /// degree of an impact.
  package let subject: String?
  /// From the one milestone to the other; so far, at the moment of asking, where it is open; nil where it was not
  /// recorded. Never zero for want of an entry.
  package let span: TimeSpan?
  /// Still running: `span` is what has passed so far (censored).
  package let isOpen: Bool
  package let from: Mark?
  /// Nil where the clock is open.
  package let to: Mark?
  /// What has to be said about it where it has a figure.
  let marks: Marks
  /// Why there is no figure; nil where there is one.
  package let absence: Absence?
  /// How long it may take, where the incident's priority has a target for it.
  package var target: TimeSpan? = nil

  /// An entry as a milestone: its name and when it happened.
  package struct Mark: Sendable, Hashable {
    package let ref: EntryRef
    package let kind: Kind
    package let at: Timestamp
    package let isApproximate: Bool

    package init(_ entry: EffectiveEntry) {
      (ref, at, kind) = (entry.ref, entry.timestamp, entry.kind)
      isApproximate = entry.isApproximate
    }

    init(_ moment: Moment) {
      (ref, at, kind) = (moment.ref, moment.timestamp, moment.kind)
      isApproximate = moment.isApproximate
    }

    /// A mark at the entry's `until`.
    init(endOf moment: Moment, at: Timestamp) {
      (ref, self.at, kind) = (moment.ref, at, moment.kind)
      isApproximate = moment.isApproximate
    }

    init(_ call: Moment.CallBack) {
      (ref, at, kind) = (call.ref, call.at, .informed)
      isApproximate = call.isApproximate
    }
  }

  /// The flags but `notRecorded`, as bits: a period holds some for every clock of every incident.
  struct Marks: OptionSet, Sendable, Hashable {
    let rawValue: UInt8

    static let fallback = Marks(rawValue: 1)
    static let voidedByReopen = Marks(rawValue: 2)
    static let approximate = Marks(rawValue: 4)
    static let negative = Marks(rawValue: 8)
    static let paused = Marks(rawValue: 16)

    /// In the order in which they are told.
    fileprivate static let all: [(Marks, Flag)] = [
      (.fallback, .fallback), (.voidedByReopen, .voidedByReopen), (.approximate, .approximate),
      (.negative, .negative), (.paused, .paused),
    ]
  }

  /// What has to be said about the figure wherever it stands.
  package enum Flag: Sendable, Hashable {
    /// A milestone was missing and another stood in for it.
    case fallback
    /// One of the two times is approximate.
    case approximate
    /// A mark did not count because the incident was reopened after it.
    case voidedByReopen
    /// The end stands before the start: kept, and out of every aggregate.
    case negative
    /// It stands still, and somebody said so.
    case paused
    case notRecorded(Absence)
  }

  /// Why there is no figure.
  package enum Absence: Sendable, Hashable {
    case noReport, noImpact, noImpactEnd, noAcknowledgement, neverEscalated, noAnswer
    case noDiagnosis, noMitigation, noRestoration, noResolution, noCallBack, noEntries, neverOpen
    case noTarget
  }
}

extension Clock {
  /// Whole seconds, the unit of every metric.
  // Inlined by force, so that to ask a clock among others does not copy it.
  @inline(__always) package var seconds: Int? { span?.seconds }

  package var isFallback: Bool { marks.contains(.fallback) }
  package var isApproximate: Bool { marks.contains(.approximate) }
  @inline(__always) package var isNegative: Bool { marks.contains(.negative) }

  package var flags: [Flag] {
    Marks.all.filter { marks.contains($0.0) }.map(\.1)
      + (absence.map { [.notRecorded($0)] } ?? [])
  }

  /// An escalation that nobody has answered yet, or ever.
  @inline(__always) package var isUnanswered: Bool { id == .tto && from != nil && to == nil }

  /// Whether it kept to its target; nil where there is none, or where it can still keep to it.
  @inline(__always) package var isWithinTarget: Bool? {
    guard let target, let span, !isNegative else { return nil }
    if span > target { return false }
    return isOpen ? nil : true
  }
}

extension Clock.Flag: CustomStringConvertible {
  /// The word in JSON and behind a figure: `f`, `~`, `void`, `negative`, `not recorded: no acknowledgement`.
  package var description: String {
    switch self {
    case .fallback: "f"
    case .approximate: "~"
    case .voidedByReopen: "void"
    case .negative: "negative"
    case .paused: "paused"
    case .notRecorded(let absence): "not recorded: \(absence)"
    }
  }
}

extension Clock.Absence: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noReport: "no first report"
    case .noImpact: "no start of the impact"
    case .noImpactEnd: "no end of the impact"
    case .noAcknowledgement: "no acknowledgement"
    case .neverEscalated: "never escalated"
    case .noAnswer: "no answer to the escalation"
    case .noDiagnosis: "no confirmed diagnosis"
    case .noMitigation: "no mitigation that held"
    case .noRestoration: "not restored"
    case .noResolution: "not resolved"
    case .noCallBack: "no call back"
    case .noEntries: "no entries but imported ones"
    case .neverOpen: "it ended before it began"
    case .noTarget: "no target"
    }
  }
}
