import TestSupport
import Testing

@testable import LoggistModel

/// What a journal says, as far as it must not depend on how the records came.
private struct Outcome: Equatable {
  var incidents: [IncidentID: Incident]
  var deskWide: [EffectiveEntry]
  var entries: [EntryRef: EffectiveEntry]

  init(_ journal: Journal) {
    incidents = journal.incidents
    deskWide = journal.deskWide
    entries = Dictionary(
      uniqueKeysWithValues: journal.records.compactMap { record in
        journal.entry(record.ref).map { (record.ref, $0) }
      })
  }

  /// Where two outcomes part, in a few words.
  func difference(from other: Outcome) -> String {
    for (ref, entry) in entries where other.entries[ref] != entry { return "entry \(ref)" }
    for (id, incident) in incidents where other.incidents[id] != incident {
      return "incident \(id): into \(incident.mergedInto.map(\.description) ?? "none"), other "
        + "into \(other.incidents[id]?.mergedInto.map(\.description) ?? "none")"
    }
    return deskWide == other.deskWide ? "incidents" : "desk-wide"
  }
}

@Suite("The order in which records arrive")
struct JournalOrderTests {
  @Test("changes nothing, in batches of any size", arguments: Array(1...60) as [UInt64])
  func order(seed: UInt64) {
    var random = SeededGenerator(seed: seed &* 77)
    let records = RandomLog(seed: seed, count: seed % 5 == 0 ? 160 : 8 + Int(seed % 24)).records
    let expected = Outcome(Journal(records))
    for _ in 0..<4 {
      var rest = records.shuffled(using: &random)[...]
      var journal = Journal()
      while !rest.isEmpty {
        let batch = rest.prefix(1 + random.below(12))
        let before = journal.incidents
        let touched = journal.apply(batch)
        rest = rest.dropFirst(batch.count)
        let changed = Set(before.keys).union(journal.incidents.keys)
          .filter { before[$0] != journal.incidents[$0] }
        #expect(changed.isSubset(of: touched))
      }
      let outcome = Outcome(journal)
      #expect(outcome == expected, "seed \(seed): \(outcome.difference(from: expected))")
    }
  }

  @Test("one by one is the same as all at once", arguments: [101, 102] as [UInt64])
  func oneByOne(seed: UInt64) {
    let records = RandomLog(seed: seed, count: 250).records
    var journal = Journal()
    for (index, record) in records.enumerated() {
      journal.apply([record])
      if index % 25 == 0 {
        #expect(Outcome(journal) == Outcome(Journal(records[...index])))
      }
    }
    #expect(Outcome(journal) == Outcome(Journal(records)))
  }

  @Test("a record that arrives again changes nothing", arguments: [201, 202, 203] as [UInt64])
  func idempotence(seed: UInt64) {
    let records = RandomLog(seed: seed, count: 200).records
    var journal = Journal(records)
    let before = Outcome(journal)
    let touched = journal.apply(records.reversed())
    #expect(touched.isEmpty)
    #expect(journal.records.count == records.count)
    #expect(Outcome(journal) == before)
  }

  @Test("as of a moment is what a reader of that moment saw", arguments: [301, 302] as [UInt64])
  func asOf(seed: UInt64) {
    // Without redactions: a text that was taken out is gone from the past as well.
    let records = RandomLog(seed: seed, count: 150).records.filter { $0.entry.kind != .redacted }
    let journal = Journal(records)
    for record in records.prefix(100).filter({ $0.ref.sequence % 5 == 0 }) {
      let then = journal.asOf(record.logged)
      #expect(
        Outcome(then) == Outcome(Journal(records.filter { $0.logged <= record.logged })))
    }
    #expect(journal.asOf(Instant(milliseconds: .min)).isEmpty)
  }
}

@Suite struct AccountTests {
  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func `The account of an incident tells of every moment what the whole log tells`(_ seed: UInt64) {
    let records = RandomLog(seed: seed, count: 90).records
    let journal = Journal(records)
    for id in journal.incidents.keys.sorted() {
      let account = journal.account(of: id)
      for count in account.steps {
        let moment = account.records[count - 1].logged
        let short = account.journal(knowing: count)
        #expect(
          short.incidents[id] == journal.asOf(moment).incidents[id],
          "\(id) at \(account.records[count - 1].ref)")
      }
    }
  }

  @Test func `An account holds no more than the incident's own records`() {
    let records = RandomLog(seed: 9, count: 90).records.filter { $0.entry.kind != .merged }
    let journal = Journal(records)
    for id in journal.incidents.keys {
      let account = journal.account(of: id)
      #expect(account.records.count < records.count)
      #expect(account.steps == Array(1...account.records.count))
    }
  }
}
