import LoggistModel

/// An entry that counts, for looking through again and again.
///
/// A reference: an `EffectiveEntry` has some thirty counted fields, and to copy them for every question that a clock
/// asks made the figures of 10,000 incidents take three seconds instead of a fraction of one.
final class Moment: Sendable {
  let effective: EffectiveEntry
  let kind: Kind
  let at: Instant

  init(_ effective: EffectiveEntry) {
    self.effective = effective
    (kind, at) = (effective.entry.kind, effective.entry.at.instant)
  }

  var ref: EntryRef { effective.record.ref }
  var incident: IncidentID? { effective.incident }
  var isBackfill: Bool { effective.isBackfill }
  var timestamp: Timestamp { effective.entry.at }
  var until: Timestamp? { effective.entry.until }
  var isApproximate: Bool { effective.entry.precision == .approximate }
  /// The entry that this one is about.
  var target: EntryRef? { effective.entry.ref }

  func string(_ field: Field) -> String? { effective.entry.string(field) }
  func flag(_ field: Field) -> Bool { effective.entry.flag(field) }

  /// When it happened, then when it was recorded.
  static func inTimelineOrder(_ left: Moment, _ right: Moment) -> Bool {
    left.at != right.at
      ? left.at < right.at : left.effective.record.order < right.effective.record.order
  }
}
