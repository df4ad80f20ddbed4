/// An entry as it counts now: as recorded, with its corrections applied, and whether somebody struck it.
package struct EffectiveEntry: Sendable, Hashable {
  /// The line as it was recorded, for ever.
  package let record: Record
  /// What it says after the corrections.
  package let entry: Entry
  /// Oldest first; the last one to name a field wins.
  package let corrections: [Correction]
  /// Set where the entry does not count: out of metrics, documents and search.
  package let strike: Strike?
  /// The entry that took the text out, where one did.
  package let redaction: EntryRef?
  /// The incident where it counts: after corrections, attaching and detaching; nil for desk-wide entries.
  package let incident: IncidentID?

  package struct Correction: Sendable, Hashable {
    package let ref: EntryRef
    package let author: String
    package let logged: Instant
    package let reason: String
    package let changes: [JSONMember]
  }

  package struct Strike: Sendable, Hashable {
    package let ref: EntryRef
    package let author: String
    package let logged: Instant
    package let reason: String
  }
}

extension EffectiveEntry {
  package var ref: EntryRef { record.ref }
  package var kind: Kind { entry.kind }
  package var at: Instant { entry.at.instant }
  package var author: String { entry.author ?? record.by }
  package var isStruck: Bool { strike != nil }
  package var isBackfill: Bool { record.via == .import }

  /// From when it happened to when it was recorded.
  package var lateness: TimeSpan { record.logged - at }

  /// Recorded more than five minutes after it happened. Imports are backfill, not lateness.
  package var isLate: Bool { !isBackfill && lateness > EffectiveEntry.lateAfter }

  package static let lateAfter = TimeSpan.minutes(5)

  /// The order of a timeline: when it happened, then when it was recorded.
  package static func inTimelineOrder(_ left: EffectiveEntry, _ right: EffectiveEntry) -> Bool {
    left.at != right.at ? left.at < right.at : left.record.order < right.record.order
  }
}
