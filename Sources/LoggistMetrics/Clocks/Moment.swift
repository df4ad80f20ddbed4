import LoggistModel

/// An entry that counts, for looking through again and again.
///
/// A reference: an `EffectiveEntry` has some thirty counted fields, and to copy them for every question that a clock
/// asks made the figures of 10,000 incidents take three seconds instead of a fraction of one.
final class Moment: Sendable {
  let effective: EffectiveEntry
  let kind: Kind
  let at: Instant
  let ref: EntryRef

  init(_ effective: EffectiveEntry) {
    self.effective = effective
    (kind, at, ref) = (effective.kind, effective.at, effective.ref)
  }

  var incident: IncidentID? { effective.incident }
  var isBackfill: Bool { effective.isBackfill }
  var timestamp: Timestamp { effective.timestamp }
  var until: Timestamp? { effective.until }
  var isApproximate: Bool { effective.isApproximate }
  /// The entry that this one is about.
  var target: EntryRef? { effective.target }

  func string(_ field: Field) -> String? { effective.string(field) }
  func flag(_ field: Field) -> Bool { effective.flag(field) }

  /// When it happened, then when it was recorded.
  static func inTimelineOrder(_ left: Moment, _ right: Moment) -> Bool {
    left.at != right.at
      ? left.at < right.at : left.effective.record.order < right.effective.record.order
  }
}
