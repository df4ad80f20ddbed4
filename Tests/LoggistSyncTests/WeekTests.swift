import Glibc
import LoggistModel
import LoggistStore
import Testing

@testable import LoggistSync

/// `LOGGIST_WEEKS` of them, from seed `LOGGIST_SYNC_SEED` on.
@Suite struct WeekTests {
  @Test(arguments: Seeds.weeks)
  func `after a week of troubles twenty desks have one record`(seed: UInt64) throws {
    let week = try Week(seed: seed)
    try week.pass()
    #expect(
      try week.end(within: 60_000), "seed \(seed): not everything is everywhere after a minute")
    try expectOneRecord(week, seed)
    try expectWhatWasAcknowledged(week, seed)
    try expectOneState(week, seed)
    try expectEvidence(week, seed)
    print("seed \(seed): \(week.ledger.count) entries, \(week.evidence.count) files, \(week.tally)")
  }

  /// The same bytes and heads on every desk, and chains that hold.
  private func expectOneRecord(_ week: Week, _ seed: UInt64) throws {
    let first = week.desks[0].site
    let files = try first.files()
    for desk in week.desks {
      let (site, theirs) = (desk.site, try desk.site.files())
      for path in Set(files.keys).union(theirs.keys).sorted() where files[path] != theirs[path] {
        let difference = firstDifference(files[path] ?? [], theirs[path] ?? [])
        Issue.record("seed \(seed), \(path) at \(first.node) and \(site.node): \(difference)")
      }
      #expect(site.replicator.positions == first.replicator.positions)
      #expect(site.replicator.problems.isEmpty, "seed \(seed), \(site.node)")
    }
    let result = try Verification.run(first.store)
    #expect(result.isClean, "seed \(seed): \(result.findings)")
    #expect(result.heads.count == week.desks.count)
  }

  /// Each entry stands there once, as it was acknowledged or blank; and nothing else does.
  private func expectWhatWasAcknowledged(_ week: Week, _ seed: UInt64) throws {
    let records = try contents(of: week.desks[0].site)
    let redacted = Set(week.ledger.filter { $0.entry.kind == .redacted }.compactMap(\.entry.ref))
    let byRef = Dictionary(grouping: records, by: \.ref)
    #expect(records.count == week.ledger.count, "seed \(seed)")
    for acknowledged in week.ledger {
      let found = byRef[acknowledged.ref] ?? []
      #expect(found.count == 1, "seed \(seed): \(acknowledged.ref) is there \(found.count) times")
      guard let record = found.first else { continue }
      if redacted.contains(record.ref) {
        #expect(record.entry.isRedacted && record.entry.text == nil, "seed \(seed): \(record.ref)")
      } else {
        #expect(record == acknowledged, "seed \(seed)")
      }
    }
  }

  /// Every desk sees each incident in the state that the order of recording gives it.
  private func expectOneState(_ week: Week, _ seed: UInt64) throws {
    var expected: [IncidentID: (status: Incident.Status, priority: String?)] = [:]
    for record in week.ledger.sorted(by: { $0.order < $1.order }) {
      guard let id = record.entry.incident else { continue }
      var state = expected[id] ?? (.open, nil)
      switch record.entry.kind {
      case .set: state.priority = record.entry.string(.priority) ?? state.priority
      case .restored: if state.status == .open { state.status = .restored }
      case .resolved: if state.status != .closed { state.status = .resolved }
      case .reopened: state.status = .open
      case .closed: state.status = .closed
      default: break
      }
      expected[id] = state
    }
    // A desk of each site, and the one that was away.
    for place in [0, 5, 7, 10, 15] {
      let site = week.desks[place].site
      let journal = Journal(try contents(of: site))
      #expect(journal.incidents.count == week.incidents.count, "seed \(seed), \(site.node)")
      for (id, state) in expected {
        let incident = journal.incidents[id]
        #expect(incident?.status == state.status, "seed \(seed), \(site.node): \(id)")
        #expect(
          incident?.priority?.description == state.priority, "seed \(seed), \(site.node): \(id)")
      }
    }
  }

  /// What was handed in at one desk lies at every one.
  private func expectEvidence(_ week: Week, _ seed: UInt64) throws {
    #expect(!week.evidence.isEmpty, "seed \(seed)")
    for desk in week.desks {
      let folder = try EvidenceFolder(desk.site.store)
      for name in week.evidence {
        #expect(try folder.check(name) == .whole, "seed \(seed), \(desk.site.node): \(name)")
      }
    }
  }

  private func firstDifference(_ one: [UInt8], _ other: [UInt8]) -> String {
    let lines = { (bytes: [UInt8]) in
      bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    }
    let (ours, theirs) = (lines(one), lines(other))
    let place = zip(ours, theirs).prefix { $0 == $1 }.count
    let line = { (lines: [String]) in place < lines.count ? lines[place] : "nothing" }
    return "line \(place + 1) is \(line(ours)) and \(line(theirs))"
  }

  private func contents(of site: Site) throws -> [Record] {
    try LogReader.contents(of: site.store, detail: .everything) { _ in }.pieces.flatMap { $0 }
  }
}
