/// The shifts' handovers and who accepted them, in the order of recording.
package struct Handovers: Sendable, Hashable {
  /// Struck ones are left out.
  package private(set) var all: [Handover] = []
  /// The handovers and acceptances that were ever recorded, whatever was said about them since.
  private var known: [EntryRef] = []

  package struct Handover: Sendable, Hashable {
    package let entry: EffectiveEntry
    package let accepted: EffectiveEntry?

    package var ref: EntryRef { entry.ref }
    /// Who gave it.
    package var from: String { entry.entry.string(.from) ?? entry.author }
    package var to: String? { entry.entry.string(.to) }

    /// The incidents that were open, as it names them.
    package var open: [IncidentID] {
      (entry.entry[.open]?.array ?? []).compactMap { $0.string.flatMap { IncidentID($0) } }
    }
  }

  /// Cost: linear in the journal's desk-wide entries.
  package init(_ journal: Journal) {
    known = journal.deskWide.filter { Handovers.isOne($0.kind) }.map(\.ref)
    renew(journal)
  }

  /// Takes in what has just been recorded. Cost: that of looking at the records, but where one is about a handover.
  package mutating func take(_ records: [Record], in journal: Journal) {
    let new = records.filter { Handovers.isOne($0.entry.kind) }.map(\.ref)
    let isTouched = records.contains { record in
      record.entry.kind.isControl && record.entry.ref.map { known.contains($0) } == true
    }
    if new.isEmpty, !isTouched { return }
    known += new.filter { !known.contains($0) }
    renew(journal)
  }

  private static func isOne(_ kind: Kind) -> Bool { kind == .handover || kind == .accepted }

  private mutating func renew(_ journal: Journal) {
    let entries = known.compactMap { journal.entry($0) }.filter { !$0.isStruck }
      .sorted { $0.record.order < $1.record.order }
    var accepted: [EntryRef: EffectiveEntry] = [:]
    for entry in entries where entry.kind == .accepted {
      if let ref = entry.entry.ref, accepted[ref] == nil { accepted[ref] = entry }
    }
    all = entries.filter { $0.kind == .handover }
      .map { Handover(entry: $0, accepted: accepted[$0.ref]) }
  }
}

extension Handovers {
  package init() {}

  package var last: Handover? { all.last }

  /// The last one, where nobody has accepted it. One that was followed by another is no longer waited for.
  package var waiting: Handover? { last.flatMap { $0.accepted == nil ? $0 : nil } }

  package subscript(ref: EntryRef) -> Handover? { all.first { $0.ref == ref } }

  /// When the shift began that goes on at a moment: when the last handover before it was given; where there is none
  /// within a day, half a day before. While a handover waits, the shift that it ended is still the one to be shown.
  package func shiftStart(at now: Instant) -> Instant {
    let earliest = now - .days(1)
    let over = waiting == nil ? all[...] : all.dropLast()
    let last = over.last { $0.entry.at <= now && $0.entry.at >= earliest }
    return last?.entry.at ?? now - .hours(12)
  }
}
