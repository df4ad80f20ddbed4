/// An entry as it counts now: as recorded, with its corrections applied, and whether somebody struck it.
///
/// Copies share one immutable body: an incident holds its entries more than once, and sorting moves pointers.
package struct EffectiveEntry: Sendable {
  private let body: Body

  /// As recorded: nearly all entries are never spoken of again.
  package init(_ record: consuming Record) {
    body = Body(record: record, remarks: .none)
  }

  /// - Parameter about: the entries about this one, in order of recording.
  init(_ record: Record, about: [EffectiveEntry]) {
    var record = record
    if let redaction = about.first(where: { $0.kind == .redacted }) {
      record.entry = record.entry.redacted(by: redaction.ref)
    }
    body = Body(
      record: record,
      remarks: about.isEmpty ? .none : .some(Remarks(on: record.entry, from: about)))
  }

  /// The line as it stands in the log; of a redacted one, what the redaction left of it.
  package var record: Record { body.record }

  /// What it says after the corrections.
  package var entry: Entry { remarks?.entry ?? body.record.entry }

  /// Oldest first; the last one to name a field wins.
  package var corrections: [Correction] { remarks?.corrections ?? [] }

  /// Set where the entry does not count: out of metrics, documents and search.
  package var strike: Strike? { remarks?.strike }

  /// Whether it counts, and whether its caller was called back.
  var standing: Standing {
    switch body.remarks {
    case .none: Standing()
    case .some(let remarks): remarks.standing
    }
  }

  /// The entry that took the text out, where one did.
  package var redaction: EntryRef? { remarks?.redaction }

  /// The entry that says that this complaint's caller was called back; the first to happen, where there are several.
  package var informed: CallBack? { remarks?.standing.informed }

  /// The entry that takes this merge back.
  var unmerged: EntryRef? { remarks?.unmerged }

  /// The incident where it counts: after corrections, attaching and detaching; nil for desk-wide entries.
  package var incident: IncidentID? {
    if let remarks { remarks.incident } else { body.record.entry.incident }
  }

  package struct CallBack: Sendable, Hashable {
    package let ref: EntryRef
    package let at: Timestamp
    package let isApproximate: Bool
  }

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

// MARK: - Its body

extension EffectiveEntry: Hashable {
  /// Remarks stand in a box of their own, so that an entry without any takes no room for them.
  private indirect enum Said: Sendable, Hashable {
    case none
    case some(Remarks)
  }

  private final class Body: Sendable {
    let record: Record
    let remarks: Said

    init(record: Record, remarks: Said) {
      (self.record, self.remarks) = (record, remarks)
    }
  }

  private var remarks: Remarks? {
    if case .some(let remarks) = body.remarks { remarks } else { nil }
  }

  package static func == (left: EffectiveEntry, right: EffectiveEntry) -> Bool {
    left.body === right.body
      || (left.body.record == right.body.record && left.body.remarks == right.body.remarks)
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(body.record.ref) }
}

// MARK: - What is asked of it

extension EffectiveEntry {
  package var ref: EntryRef { body.record.ref }

  /// By which state is decided, without a copy of the record.
  var order: RecordOrder { body.record.order }

  /// The entry that it was recorded about.
  var recordedSubject: EntryRef? { body.record.entry.subject }

  package var kind: Kind {
    switch body.remarks {
    case .none: body.record.entry.kind
    case .some(let remarks): remarks.entry.kind
    }
  }

  package var at: Instant {
    switch body.remarks {
    case .none: body.record.entry.at.instant
    case .some(let remarks): remarks.entry.at.instant
    }
  }

  /// When it happened, as a clock on a wall showed it.
  package var timestamp: Timestamp { reading { $0.at } }
  package var until: Timestamp? { reading { $0.until } }
  package var isApproximate: Bool { reading { $0.precision == .approximate } }
  /// The entry that it names in `ref`.
  package var target: EntryRef? { reading { $0.ref } }
  package func string(_ field: Field) -> String? { reading { $0.string(field) } }
  package func flag(_ field: Field) -> Bool { reading { $0.flag(field) } }

  /// Asks the entry where it stands: `entry` hands out a copy with all that it counts.
  private func reading<Value>(_ read: (borrowing Entry) -> Value) -> Value {
    switch body.remarks {
    case .none: read(body.record.entry)
    case .some(let remarks): read(remarks.entry)
    }
  }

  package var isStruck: Bool {
    switch body.remarks {
    case .none: false
    case .some(let remarks): remarks.standing.isStruck
    }
  }

  /// Somebody corrected it.
  var isCorrected: Bool {
    switch body.remarks {
    case .none: false
    case .some(let remarks): !remarks.corrections.isEmpty
    }
  }

  /// Its words are gone.
  var isRedacted: Bool { redaction != nil || reading { $0.isRedacted } }

  package var author: String { entry.author ?? body.record.by }
  package var isBackfill: Bool { body.record.via == .import }

  /// From when it happened to when it was recorded.
  package var lateness: TimeSpan { body.record.logged - at }

  /// Recorded more than five minutes after it happened. Imports are backfill, not lateness.
  package var isLate: Bool { !isBackfill && lateness > EffectiveEntry.lateAfter }

  package static let lateAfter = TimeSpan.minutes(5)

  /// The order of recording, by which state is decided.
  static func inRecordOrder(_ left: EffectiveEntry, _ right: EffectiveEntry) -> Bool {
    let (left, right) = (left.body.record, right.body.record)
    return left.logged != right.logged ? left.logged < right.logged : left.ref < right.ref
  }

  /// The order of a timeline: when it happened, then when it was recorded.
  package static func inTimelineOrder(_ left: EffectiveEntry, _ right: EffectiveEntry) -> Bool {
    let (leftTime, rightTime) = (left.at, right.at)
    return leftTime != rightTime ? leftTime < rightTime : inRecordOrder(left, right)
  }
}
