/// What state and clocks ask of an entry, as numbers.
///
/// Nothing in it is counted or pointed at, so that a million of them can be made, sorted and looked through again and again.
/// Its words are asked for by its place (`EntryWords`).
package struct Moment: Sendable, Hashable {
  package let ref: EntryRef
  /// Where it counts; nil for desk-wide entries.
  package let incident: IncidentID?
  package let kind: Kind
  /// When it happened, as a clock on a wall showed it.
  package let timestamp: Timestamp
  package let logged: Instant
  /// The entry that it names in `ref`.
  package let target: EntryRef?
  package let isApproximate: Bool
  package let isBackfill: Bool
  /// Somebody corrected it.
  package let isCorrected: Bool
  /// Its words are gone.
  package let isRedacted: Bool
  package let detail: Detail
  /// What was said about it.
  package private(set) var standing = Standing()
  /// Where it stands among the entries whose words are known.
  package let place: Int32

  /// What some kinds say with one word out of a few.
  package struct Detail: Sendable, Hashable {
    /// Of an impact; nil where it says neither.
    package var change: Change?
    package var degree: Degree?
    /// Of a diagnosis.
    package var isConfirmed = false
    /// Of a mitigation; nil where it says neither.
    package var outcome: Outcome?
    /// Of a complaint: the caller asked to be called back.
    package var wantsCallBack = false

    package init() {}
  }

  package enum Change: String, Sendable, Hashable {
    case started, changed, ended
  }

  package enum Degree: String, Sendable, Hashable {
    case full, degraded, risk
  }

  package enum Outcome: String, Sendable, Hashable {
    case held, reverted
  }

  /// An entry of which nobody speaks.
  package init(
    ref: EntryRef, incident: IncidentID?, kind: Kind, at timestamp: Timestamp, logged: Instant,
    target: EntryRef?, isApproximate: Bool, isBackfill: Bool, detail: Detail, place: Int
  ) {
    (self.ref, self.incident, self.kind) = (ref, incident, kind)
    (self.timestamp, self.logged, self.target) = (timestamp, logged, target)
    (self.isApproximate, self.isBackfill, self.detail) = (isApproximate, isBackfill, detail)
    (isCorrected, isRedacted) = (false, false)
    self.place = Int32(place)
  }

  /// - Parameter place: where its words will be asked for.
  package init(_ effective: EffectiveEntry, place: Int) {
    (ref, incident) = (effective.ref, effective.incident)
    (kind, timestamp, target) = (effective.kind, effective.timestamp, effective.target)
    logged = effective.order.logged
    (isApproximate, isBackfill) = (effective.isApproximate, effective.isBackfill)
    (isCorrected, isRedacted) = (effective.isCorrected, effective.isRedacted)
    standing = effective.standing
    detail = effective.detail
    self.place = Int32(place)
  }
}

extension Moment {
  @inlinable package var at: Instant { timestamp.instant }
  package var isStruck: Bool { standing.isStruck }
  /// The entry that says that this complaint's caller was called back.
  package var informed: CallBack? { standing.informed }

  /// From when it happened to when it was recorded.
  @inlinable package var lateness: TimeSpan { logged - at }

  /// By which state is decided.
  package var order: RecordOrder { RecordOrder(logged: logged, ref: ref) }

  /// The entry that it says something about that has to be known before it is known what counts.
  var subject: EntryRef? { kind.isAboutAnEntry ? target : nil }

  /// An entry about it, recorded later than those taken in before.
  mutating func take(_ remark: Moment) { standing.take(remark) }

  package typealias CallBack = EffectiveEntry.CallBack

  /// The order of recording.
  static func inRecordOrder(_ left: Moment, _ right: Moment) -> Bool {
    left.logged != right.logged ? left.logged < right.logged : left.ref < right.ref
  }

  /// The order of a timeline: when it happened, then when it was recorded.
  package static func inTimelineOrder(_ left: Moment, _ right: Moment) -> Bool {
    left.at != right.at ? left.at < right.at : inRecordOrder(left, right)
  }
}

extension EffectiveEntry {
  fileprivate var detail: Moment.Detail {
    var detail = Moment.Detail()
    switch kind {
    case .impact:
      detail.change = string(.change).flatMap { Moment.Change(rawValue: $0) }
      detail.degree = string(.degree).flatMap { Moment.Degree(rawValue: $0) }
    case .diagnosis: detail.isConfirmed = string(.verdict) == "confirmed"
    case .mitigation: detail.outcome = string(.outcome).flatMap { Moment.Outcome(rawValue: $0) }
    case .complaint: detail.wantsCallBack = flag(.callback)
    default: break
    }
    return detail
  }
}
